// The life cycle of runs: create, go, pause, step, stop, remove, and who is told. One process lives a run at a time
// (the workflow's generation fences the others); a finished run is only ever read.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent, RunView } from '#api/contract';
import { createRunFile, openRecord, openRunFile } from '#engine';
import type { RunFile, RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';
import type { Gateway } from '#gateway/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Intervention, LoadedScenario } from '#scenarios/contract';
import type { Home } from '../home.ts';
import type { RunCatalog, RunWish } from './catalog.ts';
import { liveThrough } from './live-through.ts';
import { createLiveRun, type LiveRun } from './live-run.ts';
import { waitingStages } from './progress-board.ts';
import { createGraphCache, createRecordCache } from './record-cache.ts';
import { storeInputs } from './run-inputs.ts';
import { injectIntoResting, stepWorld } from './step-world.ts';

/** How often a run looks for wishes of other processes, and others look whether it has come to rest. */
const LOOK_INTERVAL_MS = 250;

export interface RunManagerOptions {
  readonly home: Home;
  readonly gateway: Gateway;
  readonly catalog: RunCatalog;
  readonly defaultThreads: number;
}

export interface RunManager {
  /** Stores the inputs under a new id; nothing runs yet. The same idempotency key gives the same run. */
  create(loaded: LoadedScenario, idempotencyKey?: string): RunView;
  /** Takes in a run whose file lies in its place already. */
  adopt(view: RunView): void;
  /** Runs all that is left to do and resolves when it rests; rejects with the fault that stopped it. */
  go(id: string, options?: { readonly threads?: number; readonly signal?: AbortSignal }): Promise<RunView>;
  view(id: string): RunView;
  list(): readonly RunView[];
  pause(id: string): Promise<RunView>;
  step(id: string): Promise<RunView>;
  stop(id: string): Promise<RunView>;
  /** Returns the round at which it takes effect. */
  inject(id: string, intervention: Omit<Intervention, 'round'>): Promise<number>;
  remove(id: string): void;
  /** The run's file for reading; shared and kept open for a while, so do not close it. */
  record(id: string): RunRecord;
  /** The run's knowledge graph, from the moment it is built. */
  graph(id: string): GraphSnapshot;
  /** Runs `work` with the file open for writing (chats, reports). */
  withFile<T>(id: string, work: (file: RunFile) => Promise<T> | T): Promise<T>;
  events(id: string, lastSeen: number | undefined, signal: AbortSignal): AsyncGenerator<RunEvent>;
  close(): Promise<void>;
}

export function createRunManager(options: RunManagerOptions): RunManager {
  const { home, gateway, catalog } = options;
  const known = new Map<string, LiveRun>();
  const records = createRecordCache((id) => openRecord(home.runFile(id)));
  const graphs = createGraphCache((id) => home.runFile(id));

  for (const id of gateway.workflows.interruptOrphans()) {
    const view = catalog.get(id);
    if (view !== undefined) catalog.put({ ...view, status: 'interrupted' });
  }

  const runOf = (id: string): LiveRun => {
    const run = known.get(id);
    if (run !== undefined) return run;
    const view = catalog.get(id);
    if (view === undefined)
      throw new ShoalError('not_found', `There is no run ${id}.`, { hint: 'See `npx shoal runs`, or the list on the page.' });
    const made = createLiveRun(view, catalog);
    known.set(id, made);
    return made;
  };

  const go: RunManager['go'] = (id, { threads, signal } = {}) => {
    const run = runOf(id);
    const view = run.view();
    if (run.work !== undefined) return run.work.done;
    if (view.status === 'finished') return Promise.resolve(view);
    if (view.status === 'running')
      throw notNow(view, 'be started again', 'Another process lives it; watch it on the page, or stop it first.');
    const abort = new AbortController();
    const onAbort = (): void => abort.abort(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted === true) onAbort();
    const looking = setInterval(() => {
      const wish = catalog.takeWish(id);
      if (wish !== undefined) void rest(id, wish);
    }, LOOK_INTERVAL_MS).unref();
    // `done` is set in the same turn, before anyone can see the work.
    const work = {
      abort,
      startedAt: Date.now(),
      elapsedBefore: view.elapsedMs,
      file: undefined,
      world: undefined,
      wanted: undefined,
    };
    run.work = { ...work, done: Promise.resolve(view) };
    run.work.done = liveThrough({
      run,
      work: run.work,
      gateway,
      path: home.runFile(id),
      threads: threads ?? options.defaultThreads,
    }).finally(() => {
      clearInterval(looking);
      signal?.removeEventListener('abort', onAbort);
      records.forget(id);
      run.work = undefined;
    });
    return run.work.done;
  };

  /** Asks the work to rest: after the round under way while rounds go by, else at once (that stage is done again later). */
  const rest = async (id: string, wanted: RunWish): Promise<RunView> => {
    const run = runOf(id);
    const view = run.view();
    const verb = wanted === 'paused' ? 'pause' : 'stop';
    if (view.status === 'finished' || view.status === 'failed') throw notNow(view, verb);
    if (run.work !== undefined) {
      const { work } = run;
      work.wanted = wanted;
      if (work.world === undefined) work.abort.abort(new ShoalError('cancelled', `The run was ${wanted}.`));
      else await (wanted === 'paused' ? work.world.pause() : work.world.stop());
      return work.done;
    }
    if (view.status === 'running') return askOwner(run, wanted);
    if (view.status !== wanted) run.change({ status: wanted });
    return run.view();
  };
  const askOwner = async (run: LiveRun, wanted: RunWish): Promise<RunView> => {
    catalog.ask(run.id, wanted);
    for (let waitedMs = 0; waitedMs < 60_000; waitedMs += LOOK_INTERVAL_MS) {
      await sleep(LOOK_INTERVAL_MS);
      if (run.view().status !== 'running') return run.view();
    }
    throw notNow(
      run.view(),
      'be reached',
      'The process that lives it did not answer within a minute; end that process, then resume the run.',
    );
  };

  /** Opens the world of a run that rests, for one move by hand. */
  const withRestingWorld = async <T>(id: string, verb: string, move: (file: RunFile) => Promise<T>): Promise<T> => {
    const run = runOf(id);
    const view = run.view();
    if (view.status === 'finished') throw notNow(view, verb);
    if (view.status === 'running') throw notNow(view, verb, 'Pause it first.');
    const file = openRunFile(home.runFile(id));
    try {
      if (file.json('world') === undefined) throw notNow(view, verb, 'Resume it: its rounds have not begun.');
      return await move(file);
    } finally {
      file.close();
      records.forget(id);
    }
  };

  return {
    create: (loaded, idempotencyKey) => {
      const before = idempotencyKey === undefined ? undefined : catalog.byIdempotencyKey(idempotencyKey);
      if (before !== undefined) return before;
      const view = newView(loaded);
      const { id, createdAt, title } = view;
      const file = createRunFile(home.runFile(id), {
        runId: id,
        title,
        createdAt,
        scenario: loaded.scenario,
        scenarioHash: loaded.hash,
      });
      storeInputs(file, loaded);
      file.close();
      catalog.put(view, idempotencyKey);
      return view;
    },
    adopt: (view) => catalog.put(view),
    go,
    view: (id) => runOf(id).view(),
    list: () => catalog.list().map((view) => known.get(view.id)?.view() ?? view),
    pause: (id) => rest(id, 'paused'),
    stop: (id) => rest(id, 'stopped'),
    step: async (id) => {
      const run = runOf(id);
      const summary = await withRestingWorld(id, 'step', stepWorld);
      if (summary !== undefined) run.onRound(summary);
      run.change({ status: 'paused' });
      return run.view();
    },
    inject: async (id, intervention) => {
      const { work } = runOf(id);
      if (work?.world !== undefined) return work.world.inject(intervention);
      return withRestingWorld(id, 'take an intervention', (file) => injectIntoResting(file, intervention));
    },
    remove: (id) => {
      const view = runOf(id).view();
      if (view.status === 'running') throw notNow(view, 'be deleted', 'Stop it first.');
      records.forget(id);
      graphs.forget(id);
      known.delete(id);
      catalog.remove(id);
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${home.runFile(id)}${suffix}`, { force: true });
    },
    record: (id) => {
      const { roundsDone } = runOf(id).view();
      if (roundsDone > 0) return records.open(id, roundsDone);
      throw new ShoalError('conflict', `Run ${id} has no world yet.`, { hint: 'Wait until its first round is done.' });
    },
    graph: (id) => {
      if (runOf(id).view().hasGraph) return graphs.get(id);
      throw new ShoalError('conflict', `Run ${id} has no graph yet.`, { hint: 'Wait until its documents are read.' });
    },
    withFile: async (id, use) => {
      const open = runOf(id).work?.file;
      if (open !== undefined) return use(open);
      const file = openRunFile(home.runFile(id));
      try {
        return await use(file);
      } finally {
        file.close();
      }
    },
    events: async function* events(id, lastSeen, signal) {
      const run = runOf(id);
      let told = JSON.stringify(run.view());
      // A run that another process lives is news only in the catalogue.
      const looking = setInterval(() => {
        if (run.work !== undefined) return;
        const now = JSON.stringify(run.view());
        if (now !== told) run.hub.publish({ kind: 'run', run: run.view() });
        told = now;
      }, LOOK_INTERVAL_MS * 4).unref();
      try {
        yield* run.hub.read(lastSeen, () => run.view(), signal);
      } finally {
        clearInterval(looking);
      }
    },
    close: async () => {
      const working = [...known.values()].flatMap(({ work }) => work ?? []);
      for (const work of working) work.abort.abort(new ShoalError('cancelled', 'Shoal is shutting down.'));
      await Promise.allSettled(working.map((work) => work.done));
      records.close();
      catalog.close();
    },
  };
}

function newView({ scenario }: LoadedScenario): RunView {
  return {
    id: `${scenario.name.slice(0, 40).replace(/-+$/, '')}-${randomBytes(4).toString('hex')}`,
    title: scenario.title,
    question: scenario.questions.map((question) => question.text).join(' '),
    status: 'queued',
    stages: waitingStages(),
    createdAt: new Date().toISOString(),
    agents: scenario.population.size,
    rounds: scenario.clock.rounds,
    roundsDone: 0,
    platforms: scenario.platforms.map((platform) => platform.kind),
    issues: [],
    seed: scenario.seed,
    model: scenario.models.model ?? 'embedded/rules-1',
    events: 0,
    elapsedMs: 0,
    costUsd: 0,
    budgetUsd: scenario.budget.usd,
    hasGraph: false,
    hasPopulation: false,
    hasReport: false,
    rejected: [],
  };
}

function notNow(view: RunView, verb: string, hint = 'See its state on the run page.'): ShoalError {
  return new ShoalError('conflict', `Run ${view.id} is ${view.status} and cannot ${verb} now.`, { hint });
}
