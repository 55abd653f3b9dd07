// One run as this process knows it: the view, who is told of changes, and the work while it goes on.
import type { RunView } from '#api/contract';
import type { RoundSummary, RunControl, RunFile } from '#engine/contract';
import type { RunCatalog, RunWish } from './catalog.ts';
import { createEventHub, type EventHub } from './event-hub.ts';

/** How often the catalogue's row is written while rounds go by; every change of a stage is written at once. */
const ROW_INTERVAL_MS = 500;

/** What exists only while the run lives in this process. */
export interface RunWork {
  /** Ends the work at its next safe point. */
  abort(reason: Error): void;
  readonly signal: AbortSignal;
  readonly startedAt: number;
  readonly elapsedBefore: number;
  readonly done: Promise<RunView>;
  file: RunFile | undefined;
  world: RunControl | undefined;
  /** Why it was asked to end early. */
  wanted: RunWish | undefined;
}

export interface LiveRun {
  readonly id: string;
  readonly hub: EventHub;
  work: RunWork | undefined;
  /** Up to date even where another process lives the run. */
  view(): RunView;
  /** Changes the view and its row; `quiet` changes are written now and then only, and told to nobody. */
  change(change: Partial<RunView>, how?: 'quiet'): void;
  onRound(summary: RoundSummary): void;
  tellRound(summary: RoundSummary): void;
}

export function createLiveRun(initial: RunView, catalog: RunCatalog): LiveRun {
  const { id } = initial;
  const hub = createEventHub();
  let view = initial;
  let rowWrittenAt = 0;
  const run: LiveRun = {
    id,
    hub,
    work: undefined,
    view: () => {
      const { work } = run;
      if (work === undefined) view = catalog.get(id) ?? view;
      return work === undefined ? view : { ...view, elapsedMs: work.elapsedBefore + Date.now() - work.startedAt };
    },
    change: (change, how) => {
      view = { ...run.view(), ...change };
      if (how === undefined) hub.publish({ kind: 'run', run: view });
      if (how === 'quiet' && run.work !== undefined && Date.now() - rowWrittenAt < ROW_INTERVAL_MS) return;
      catalog.put(view);
      rowWrittenAt = Date.now();
    },
    onRound: (summary) => {
      const { round, events, digest } = summary;
      run.change({ roundsDone: round + 1, events: view.events + events, digest }, 'quiet');
      run.tellRound(summary);
    },
    tellRound: ({ round, time, active, events, measures }) => {
      hub.publish({ kind: 'round', round, time, active, events, measures: { ...measures } });
    },
  };
  return run;
}
