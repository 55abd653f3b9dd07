// What a question turns on: the series to watch, the issue behind the answer and the words for both.
import type { Issue, TypedQuestion } from '#scenarios/contract';
import type { Forecast } from '../contract.ts';
import { supportNames, winnerOf } from '../forecast/votes.ts';
import type { Source } from '../numbers/source.ts';
import { endOf } from '../numbers/table.ts';
import { insideSentence } from './statement.ts';

export interface Lead {
  readonly question: TypedQuestion;
  readonly forecast: Forecast;
  /** Position of the answer among the options (the main run's where the members split). */
  readonly option: number;
  /** The issue behind the answer. */
  readonly issue: Issue;
  /** +1 where the answer agrees with the issue's proposition, −1 where it rejects it. */
  readonly side: 1 | -1;
  /** The series that tells the story: `support:i` or `leading:i`. */
  readonly series: string;
  /** "support for the bridge toll", as a subject. */
  readonly subject: string;
}

export function leadsOf(source: Source, forecasts: readonly Forecast[]): readonly Lead[] {
  return forecasts.flatMap((forecast) => {
    const { framing } = source.record;
    const question = framing.questions[forecast.question];
    if (question === undefined) return [];
    const answered = forecast.answer === undefined ? -1 : question.options.indexOf(forecast.answer);
    const option = answered >= 0 ? answered : winnerOf(question, endOf(source));
    const binary = question.kind === 'binary';
    const issue = framing.issues[question.issues[binary ? 0 : option] ?? 0];
    if (issue === undefined) return [];
    return [
      {
        question,
        forecast,
        option,
        issue,
        side: binary && option === 1 ? -1 : 1,
        series: supportNames(question)[binary ? 0 : option] ?? '',
        subject: binary
          ? framing.questions.length > 1
            ? `support for “${issue.label}”`
            : 'support'
          : `the share that puts ${inText(source, issue)} first`,
      },
    ];
  });
}

/** An option inside a sentence, in lower case unless it is a name; a statement's label is quoted. */
export function inText(source: Source, issue: Issue): string {
  const question = source.record.framing.questions[issue.question];
  if (question?.kind !== 'categorical') return `“${issue.label}”`;
  const option = question.options[question.issues.indexOf(issue.index)] ?? issue.label;
  const lower = option.charAt(0).toLowerCase() + option.slice(1);
  return issue.proposition.includes(lower) ? lower : insideSentence(source, option);
}

/** How an option is named in a sentence. */
export function optionText(source: Source, question: TypedQuestion, option: number): string {
  if (question.kind === 'binary') return question.options[option] ?? '';
  const issue = source.record.framing.issues[question.issues[option] ?? -1];
  return issue === undefined ? (question.options[option] ?? '') : inText(source, issue);
}
