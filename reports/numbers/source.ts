// Everything that a number of a report may be computed from, opened once per report or check: the record, the
// ensemble's members, the graph and the bill. Lazy where a walk over all events is needed; never changes anything.
import type { MemberResult, RunRecord, StateView } from '#engine/contract';
import { UNDECIDED_BAND } from '#engine/contract';
import type { KnowledgeGraph, RejectedFile } from '#knowledge-graph/contract';
import type { ForkNote, MemberCell, StageCost } from '../contract.ts';
import { cascadeSizes } from './cascades.ts';

export interface SourceInput {
  readonly record: RunRecord;
  readonly members: readonly MemberResult[];
  /** The main run's people, each living alone; undefined where the ensemble is one seed. */
  readonly control: MemberResult | undefined;
  /** The draws that each member lived with. */
  readonly cells?: readonly MemberCell[];
  readonly graph: KnowledgeGraph;
  readonly costs: readonly StageCost[];
  readonly rejected: readonly RejectedFile[];
  /** Who puts the findings into words. */
  readonly writer: string;
  readonly fork?: ForkNote | undefined;
}

export interface Source extends SourceInput {
  /** Number of the last committed round; −1 where none is. */
  readonly last: number;
  /** Measures before the first round, from the population's own state. */
  readonly start: Readonly<Record<string, number>>;
  /** A measure at the end of a round; round −1 is the start. `undefined` where there is none. */
  measure(name: string, round: number): number | undefined;
  /** One value per round, from round 0. */
  series(name: string): readonly number[];
  final(): StateView;
  /** Posts in the cascade below and including each post, by event number. */
  cascades(): ReadonlyMap<number, number>;
}

export function openSource(input: SourceInput): Source {
  const summaries = input.record.summaries();
  const last = summaries.length - 1;
  const start = startMeasures(input.record);
  const final = once(() => input.record.stateAt(last));
  const cascades = once(() => cascadeSizes(input.record));
  return {
    ...input,
    last,
    start,
    measure: (name, round) => (round < 0 ? start[name] : summaries[round]?.measures[name]),
    series: (name) => summaries.map((summary) => summary.measures[name] ?? Number.NaN),
    final,
    cascades,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The opinion measures of the state before round 0, in the words of the engine's MEASURES. */
function startMeasures(record: RunRecord): Readonly<Record<string, number>> {
  const { opinion } = record.stateAt(-1);
  const issues = record.framing.issues.length;
  const size = record.population.size;
  const out: Record<string, number> = {};
  for (let issue = 0; issue < issues; issue++) {
    let support = 0;
    let oppose = 0;
    for (let agent = 0; agent < size; agent++) {
      const value = opinion[agent * issues + issue] ?? 0;
      if (value > UNDECIDED_BAND) support++;
      else if (value < -UNDECIDED_BAND) oppose++;
    }
    out[`support:${issue}`] = support / size;
    out[`oppose:${issue}`] = oppose / size;
    out[`undecided:${issue}`] = (size - support - oppose) / size;
    out[`leading:${issue}`] = 0;
  }
  for (const question of record.framing.questions) {
    const counts = leadingCounts(opinion, size, issues, question.issues);
    for (const [position, issue] of question.issues.entries()) out[`leading:${issue}`] = (counts[position] ?? 0) / size;
  }
  return out;
}

function leadingCounts(opinion: Float32Array, size: number, issues: number, among: readonly number[]): readonly number[] {
  const counts = among.map(() => 0);
  for (let agent = 0; agent < size; agent++) {
    let best = 0;
    for (let position = 1; position < among.length; position++) {
      const value = opinion[agent * issues + (among[position] ?? 0)] ?? 0;
      if (value > (opinion[agent * issues + (among[best] ?? 0)] ?? 0)) best = position;
    }
    counts[best] = (counts[best] ?? 0) + 1;
  }
  return counts;
}
