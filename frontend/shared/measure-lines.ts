// Prepares measures for drawing: which charts there are, which line is what. Pure; the chart only renders.
import type { MeasuresView, RunView } from '#api/contract';
import { SERIES_TOKENS } from './colour.ts';
import type { ChartSeries } from './line-chart.tsx';

type Issue = RunView['issues'][number];

export interface PreparedChart {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly unit: string;
  readonly series: readonly ChartSeries[];
}

const column = (view: MeasuresView, key: string): readonly (number | null)[] =>
  view.rounds.map((round) => round.measures[key] ?? null);

const specOf = (view: MeasuresView, name: string) => view.specs.find((spec) => spec.name === name);

/** One proposition: who is for, against, undecided. Several: who backs which answer. */
function opinionChart(view: MeasuresView, issues: readonly Issue[]): PreparedChart {
  const only = issues.length === 1 ? issues[0] : undefined;
  if (only !== undefined) {
    const line = (name: string, label: string, token: string): ChartSeries => ({
      label,
      token,
      values: column(view, `${name}:${only.index}`),
    });
    return {
      id: 'opinion',
      title: only.label,
      meaning: only.proposition,
      unit: 'share of agents',
      series: [
        line('support', 'Support', '--support'),
        line('oppose', 'Oppose', '--oppose'),
        { ...line('undecided', 'Undecided', '--undecided'), dash: [4, 3] },
      ],
    };
  }
  const name = specOf(view, 'leading') === undefined ? 'support' : 'leading';
  return {
    id: 'opinion',
    title: 'Backing by answer',
    meaning: specOf(view, name)?.meaning ?? '',
    unit: 'share of agents',
    series: issues.map((issue, index) => ({
      label: issue.label,
      token: SERIES_TOKENS[index % SERIES_TOKENS.length] ?? '--sea',
      values: column(view, `${name}:${issue.index}`),
    })),
  };
}

/** A measure of the table as a chart; per-issue measures get one line each. */
export function chartOf(view: MeasuresView, issues: readonly Issue[], name: string): PreparedChart | undefined {
  const spec = specOf(view, name);
  if (spec === undefined) return undefined;
  const series: readonly ChartSeries[] = spec.perIssue
    ? issues.map((issue, index) => ({
        label: issue.label,
        token: SERIES_TOKENS[index % SERIES_TOKENS.length] ?? '--sea',
        values: column(view, `${name}:${issue.index}`),
      }))
    : [{ label: name, token: '--sea', values: column(view, name) }];
  return { id: name, title: name, meaning: spec.meaning, unit: spec.unit, series };
}

function activityChart(view: MeasuresView): PreparedChart {
  const kinds: readonly (readonly [string, string])[] = [
    ['posts', '--support'],
    ['replies', '--oppose'],
    ['reposts', '--kind-institution'],
    ['likes', '--kind-law'],
  ];
  return {
    id: 'activity',
    title: 'What agents did',
    meaning: 'Events of each kind in the round',
    unit: 'events',
    series: kinds.flatMap(([name, token]) =>
      specOf(view, name) === undefined ? [] : [{ label: name, token, values: column(view, name) }],
    ),
  };
}

export const mainCharts = (view: MeasuresView, issues: readonly Issue[]): readonly PreparedChart[] =>
  [opinionChart(view, issues), activityChart(view)].filter((chart) => chart.series.length > 0);
