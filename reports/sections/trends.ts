// Trends: for each issue that matters to an answer, how support, indecision and polarisation moved from start to end.
import type { Issue } from '#scenarios/contract';
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { histogramFigure } from '../charts/histogram-figure.ts';
import { stackFigure } from '../charts/stack-figure.ts';
import { trendFigure } from '../charts/trend-figure.ts';
import { atRound, finding, paragraph, type Finding, type SectionPlan } from './finding.ts';
import { inText, type Lead } from './lead.ts';

const MOST_ISSUES = 4;

export function trendsSection(source: Source, leads: readonly Lead[]): SectionPlan {
  const issues = leads.flatMap((lead) => told(source, lead)).slice(0, 2 * MOST_ISSUES);
  return {
    id: 'trends',
    title: 'Trends',
    findings: issues.flatMap((issue) => paragraph(trend(source, issue))),
    figures: leads.flatMap((lead) => [
      trendFigure(source, lead),
      stackFigure(source, lead.issue),
      histogramFigure(source, lead.issue),
    ]),
  };
}

/** A binary question has one issue; of many options, those that ended highest, the answer first. */
function told(source: Source, { question, issue }: Lead): readonly Issue[] {
  const ranked = question.issues
    .flatMap((index) => source.record.framing.issues[index] ?? [])
    .toSorted((left, right) => end(source, right) - end(source, left) || left.index - right.index);
  return [issue, ...ranked.filter((other) => other !== issue)].slice(0, MOST_ISSUES);
}

const end = (source: Source, issue: Issue): number => source.measure(`leading:${issue.index}`, source.last) ?? 0;

function trend(source: Source, issue: Issue): readonly Finding[] {
  const { last } = source;
  const i = issue.index;
  const label = inText(source, issue);
  const measure = (name: string, round: number) => computed(source, 'measure', `${name}:${i}`, round);
  const both = (name: string, from = -1) => [...atRound(from, `${name}:${i}`), ...atRound(last, `${name}:${i}`)];
  const [from, to] = [measure('support', -1), measure('support', last)];
  const change = to.value - from.value;
  const flat = from.text === to.text;
  const [undecidedFrom, undecidedTo] = [measure('undecided', -1), measure('undecided', last)];
  const drift = undecidedTo.value - undecidedFrom.value;
  const still = undecidedFrom.text === undecidedTo.text;
  return [
    finding(
      'finding',
      flat ? 'trend-flat' : change > 0 ? 'trend-rise' : 'trend-fall',
      {
        label,
        from: flat ? undefined : from,
        to,
        change: flat ? undefined : computed(source, 'change', `support:${i}`, -1, last),
      },
      both('support'),
    ),
    finding(
      'finding',
      still ? 'undecided-flat' : drift > 0 ? 'undecided-rise' : 'undecided-fall',
      { from: still ? undefined : undecidedFrom, to: undecidedTo },
      both('undecided'),
    ),
    ...polarised(source, i),
    finding('finding', 'moved', { moved: measure('moved', last) }, atRound(last, `moved:${i}`)),
  ];
}

function polarised(source: Source, issue: number): readonly Finding[] {
  const { last } = source;
  const from = computed(source, 'measure', `polarisation:${issue}`, 0);
  const to = computed(source, 'measure', `polarisation:${issue}`, last);
  const same = to.text === from.text;
  const bimodality =
    source.measure(`bimodality:${issue}`, last) === undefined
      ? undefined
      : computed(source, 'measure', `bimodality:${issue}`, last);
  return [
    finding(
      'finding',
      same ? 'polarised-same' : to.value > from.value ? 'polarised-more' : 'polarised-less',
      { from: same ? undefined : from, to, bimodality },
      [...atRound(0, `polarisation:${issue}`), ...atRound(last, `polarisation:${issue}`, `bimodality:${issue}`)],
    ),
  ];
}
