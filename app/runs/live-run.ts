// One run as this process knows it: the view, who is told of changes, and the work while it goes on.
import type { RunView } from '#api/contract';
import type { RoundSummary, RunControl, RunFile } from '#engine/contract';
import type { RunCatalog, RunWish } from './catalog.ts';
import { createEventHub, type EventHub } from './event-hub.ts';

/** How often the catalogue's row is written while rounds go by; every change of a stage is written at once. */
const ROW_INTERVAL_MS = 500;

/** What exists only while the run lives in this process. */
export interface RunWork {
  readonly abort: AbortController;
  readonly startedAt: number;
  readonly elapsedBefore: number;
  file: RunFile | undefined;
  world: RunControl | undefined;
  /** Why it was asked to end early. */
  wanted: RunWish | undefined;
  done: Promise<RunView>;
}

export interface LiveRun {
  readonly id: string;
  readonly hub: EventHub;
  work: RunWork | undefined;
  /** Up to date even where another process lives the run. */
  view(): RunView;
  /** Changes the view and its row; `quiet` changes are written now and then only, and told to nobody. */
  change(change: Partial<RunView>, how?: 'quiet'): void;
  /** Takes members out of the view (a fault that no longer stands). */
  clear(member: 'problem'): void;
  onRound(summary: RoundSummary): void;
}

export function createLiveRun(initial: RunView, catalog: RunCatalog): LiveRun {
  const { id } = initial;
  const hub = createEventHub();
  let view = initial;
  let rowWrittenAt = 0;
  const write = (): void => {
    catalog.put(view);
    rowWrittenAt = Date.now();
  };
  const run: LiveRun = {
    id,
    hub,
    work: undefined,
    view: () => {
      if (run.work === undefined) view = catalog.get(id) ?? view;
      return view;
    },
    change: (change, how) => {
      const elapsedMs = run.work === undefined ? view.elapsedMs : run.work.elapsedBefore + Date.now() - run.work.startedAt;
      view = { ...run.view(), elapsedMs, ...change };
      if (how === undefined) hub.publish({ kind: 'run', run: view });
      if (how === undefined || run.work === undefined || Date.now() - rowWrittenAt >= ROW_INTERVAL_MS) write();
    },
    clear: (member) => {
      const { [member]: _gone, ...rest } = run.view();
      view = rest;
      write();
    },
    onRound: ({ round, time, active, events, measures, digest }) => {
      run.change({ roundsDone: round + 1, events: view.events + events, digest }, 'quiet');
      hub.publish({ kind: 'round', round, time, active, events, measures: { ...measures } });
    },
  };
  return run;
}
