// Answer first: the question, the rule that resolves it, what the members say, how far they differ, and what no
// change at all would have answered.
import type { TypedQuestion } from '#scenarios/contract';
import type { Citation } from '../contract.ts';
import { winnerOf } from '../forecast/votes.ts';
import type { Source } from '../numbers/source.ts';
import { endOf } from '../numbers/table.ts';
import { computed } from '../numbers/compute.ts';
import { statementOf } from './statement.ts';
import { forecastFigure } from '../charts/forecast-figure.ts';
import { atRound, finding, paragraph, quoted, sentence, type Finding, type SectionPlan } from './finding.ts';
import { optionText, type Lead } from './lead.ts';

export function answerSection(source: Source, leads: readonly Lead[]): SectionPlan {
  return {
    id: 'answer',
    title: 'Answer',
    findings: leads.flatMap((lead) => [
      ...paragraph(asked(lead)),
      ...paragraph(lead.question.kind === 'binary' ? binary(source, lead) : choice(source, lead)),
    ]),
    figures: leads.map((lead) => forecastFigure(source, lead)),
  };
}

function asked({ question }: Lead): readonly Finding[] {
  return [
    finding('method', 'question', { text: quoted(question.text) }),
    finding('method', 'resolution', {
      simulated: sentence(question.simulatedResolution),
      real: sentence(question.realWorldResolution),
    }),
  ];
}

function binary(source: Source, lead: Lead): readonly Finding[] {
  const { question, issue, option } = lead;
  const { index } = question;
  const ends = atRound(source.last, `support:${issue.index}`, `oppose:${issue.index}`);
  const other = question.options[1 - option] ?? '';
  return [
    ...verdict(source, lead, statementOf(source, issue.proposition, option === 0)),
    finding(
      'finding',
      'decided-end',
      {
        support: computed(source, 'measure', `support:${issue.index}`, source.last),
        oppose: computed(source, 'measure', `oppose:${issue.index}`, source.last),
        undecided: computed(source, 'measure', `undecided:${issue.index}`, source.last),
        decided: computed(source, 'decided', issue.index, source.last),
      },
      [...ends, ...atRound(source.last, `undecided:${issue.index}`)],
    ),
    ...(source.members.length < 2
      ? []
      : [
          finding(
            'finding',
            'decided-range',
            { ...spread(source, 'decided-spread', issue.index), coverage: computed(source, 'coverage') },
            ends,
          ),
        ]),
    persistenceOf(source, index, issue.index, option, other),
  ];
}

function persistenceOf(source: Source, index: number, issue: number, option: number, other: string): Finding {
  const decided = computed(source, 'decided', issue, -1);
  const stays = decided.value >= computed(source, 'threshold', index).value === (option === 0);
  return finding(
    'finding',
    stays ? 'persistence-same' : 'persistence-other',
    { decided, other: stays ? undefined : other },
    atRound(-1, `support:${issue}`, `oppose:${issue}`),
  );
}

function verdict(source: Source, { question, option, forecast, issue }: Lead, statement: string): readonly Finding[] {
  const name = question.kind === 'binary' ? `support:${issue.index}` : `leading:${issue.index}`;
  const numbers = {
    count: computed(source, 'members-for', question.index, option),
    members: computed(source, 'members'),
    probability: computed(source, 'probability', question.index, option),
  };
  const citations = atRound(source.last, name);
  if (forecast.answer === undefined) {
    const { count, members } = numbers;
    return [finding('finding', 'answer-split', { count, members, option: optionText(source, question, option) }, citations)];
  }
  const single = source.members.length === 1;
  const { probability } = numbers;
  if (question.kind === 'categorical') {
    const words = { option: optionText(source, question, option) };
    const said = single
      ? finding('finding', 'answer-choice-single', { ...words, probability }, citations)
      : finding('finding', 'answer-choice', { ...words, ...numbers }, citations);
    return [said, ...mainDiffers(source, question, option, citations)];
  }
  const words = { answer: forecast.answer, statement };
  const said = single
    ? finding('finding', 'answer-single', { ...words, probability }, citations)
    : finding('finding', 'answer-binary', { ...words, ...numbers }, citations);
  return [said, ...mainDiffers(source, question, option, citations)];
}

/** The run on show is one member of several and may be in the minority. */
function mainDiffers(
  source: Source,
  question: TypedQuestion,
  option: number,
  citations: readonly Citation[],
): readonly Finding[] {
  const shown = winnerOf(question, endOf(source));
  return shown === option ? [] : [finding('finding', 'main-differs', { other: optionText(source, question, shown) }, citations)];
}

const spread = (source: Source, name: string, ...args: readonly number[]) => ({
  low: computed(source, name, ...args, 'low'),
  high: computed(source, name, ...args, 'high'),
  median: computed(source, name, ...args, 'median'),
});

function choice(source: Source, lead: Lead): readonly Finding[] {
  const { question, option } = lead;
  const measureOf = (position: number): string => `leading:${question.issues[position] ?? 0}`;
  const share = (position: number, round: number): number => source.measure(measureOf(position), round) ?? 0;
  const ranked = (round: number): readonly number[] =>
    question.issues
      .map((_, position) => position)
      .toSorted((left, right) => share(right, round) - share(left, round) || left - right);
  const words = (position: number): string => optionText(source, question, position);
  const [first = 0, second = 0, third] = ranked(source.last);
  const [before = 0] = ranked(-1);
  const rival = question.options
    .map((_, position) => position)
    .filter((position) => position !== option)
    .toSorted(
      (left, right) =>
        (lead.forecast.options[right]?.probability ?? 0) - (lead.forecast.options[left]?.probability ?? 0) ||
        share(right, source.last) - share(left, source.last),
    )[0];
  const leading = (position: number, round: number) => computed(source, 'measure', measureOf(position), round);
  const cited = [first, second, ...(third === undefined ? [] : [third])];
  return [
    ...verdict(source, lead, ''),
    finding(
      'finding',
      'choice-shares',
      {
        option: words(first),
        share: leading(first, source.last),
        second: words(second),
        secondShare: leading(second, source.last),
        third: third === undefined ? undefined : words(third),
        thirdShare: third === undefined ? undefined : leading(third, source.last),
      },
      atRound(source.last, ...cited.map(measureOf)),
    ),
    ...(source.members.length < 2
      ? []
      : [
          finding(
            'finding',
            'choice-range',
            {
              option: words(option),
              ...spread(source, 'spread', question.index, option),
              coverage: computed(source, 'coverage'),
            },
            atRound(source.last, measureOf(option)),
          ),
        ]),
    ...(rival === undefined || source.members.length < 2
      ? []
      : [
          finding(
            'finding',
            'choice-second',
            { option: words(rival), probability: computed(source, 'probability', question.index, rival) },
            atRound(source.last, measureOf(rival)),
          ),
        ]),
    before === option
      ? finding(
          'finding',
          'persistence-choice-same',
          { option: words(before), share: leading(before, -1) },
          atRound(-1, measureOf(before)),
        )
      : finding(
          'finding',
          'persistence-choice-other',
          { other: words(before), share: leading(before, -1) },
          atRound(-1, measureOf(before)),
        ),
  ];
}
