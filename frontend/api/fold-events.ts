// Folds stream events into the server data that the page holds. Pure; folding an event twice changes nothing.
import type { MeasuresView, RunEvent, RunView } from '#api/contract';

export interface LiveData {
  readonly run: RunView | undefined;
  readonly measures: MeasuresView | undefined;
  /** A round is missing between what was fetched and what was streamed: fetch the measures again. */
  readonly gap: boolean;
}

type RoundEvent = Extract<RunEvent, { kind: 'round' }>;

function foldRound(live: LiveData, event: RoundEvent): LiveData {
  const run = live.run && { ...live.run, roundsDone: Math.max(live.run.roundsDone, event.round + 1) };
  if (live.measures === undefined) return { ...live, run };
  const rounds = live.measures.rounds;
  const last = rounds.at(-1)?.round ?? -1;
  if (event.round <= last) return { ...live, run };
  const { round, time, active, events, measures } = event;
  const next = { ...live.measures, rounds: [...rounds, { round, time, active, events, measures }] };
  return { run, measures: next, gap: live.gap || event.round > last + 1 };
}

function foldOne(live: LiveData, event: RunEvent): LiveData {
  if (event.kind === 'run') return { ...live, run: event.run };
  if (event.kind === 'round') return foldRound(live, event);
  if (live.run === undefined) return live;
  const stages = live.run.stages.map((stage) => (stage.stage === event.stage.stage ? event.stage : stage));
  return { ...live, run: { ...live.run, stages } };
}

export const foldEvents = (live: LiveData, events: readonly RunEvent[]): LiveData => {
  let folded = live;
  for (const event of events) folded = foldOne(folded, event);
  return folded;
};
