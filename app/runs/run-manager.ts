// The life cycle of runs: create, go, pause, step, stop, remove, and who is told. One process lives a run at a time
// (see ownership.ts); a finished run is only ever read.
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ForkRequest, RunEvent, RunView } from '#api/contract';
import type { LookBack, RunFile, RunRecord } from '#engine/contract';
import { MINUTE_MS, ShoalError } from '#foundation';
import type { Gateway, WorkflowHandle } from '#gateway/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Intervention, LoadedScenario } from '#scenarios/contract';
import type { Home } from '../home.ts';
import type { News, RunCatalog, RunWish } from './catalog.ts';
import { createFork } from './fork-run.ts';
import { liveThrough } from './live-through.ts';
import { createLiveRun, type LiveRun, type RunWork } from './live-run.ts';
import { createRun } from './new-run.ts';
import { createOwnership } from './ownership.ts';
import { createNewsTaker, passNews } from './passed-news.ts';
import { createRunBudgets } from './run-budgets.ts';
import { createRunFiles } from './run-files.ts';
import { injectIntoResting, stepWorld } from './step-world.ts';
import { worldFactsOf } from './world-facts.ts';

/** How often a run looks for wishes of other processes, and others look whether it has come to rest. */
const LOOK_INTERVAL_MS = 250;
const OWNER_ANSWERS_MS = MINUTE_MS;
/** How often budgets are looked for that a process left open which died, or that another one still used. */
const SWEEP_BUDGETS_MS = MINUTE_MS;

export interface RunManagerOptions {
  readonly home: Home;
  readonly gateway: Gateway;
  readonly catalog: RunCatalog;
  readonly defaultThreads: number;
}

export interface RunManager {
  /** Stores the inputs under a new id; nothing runs yet. The same idempotency key gives the run that it made. */
  create(loaded: LoadedScenario, idempotencyKey?: string): RunView;
  /** Takes in a run whose file lies in its place already. */
  adopt(view: RunView): void;
  /** Runs all that is left to do and resolves when it rests; rejects with the fault that stopped it. */
  go(id: string, options?: { readonly threads?: number; readonly signal?: AbortSignal }): Promise<RunView>;
  view(id: string): RunView;
  list(): readonly RunView[];
  pause(id: string): Promise<RunView>;
  /** Lives some rounds of a resting run; default one. */
  step(id: string, rounds?: number): Promise<RunView>;
  /** Makes a run that begins with this one's rounds; nothing runs yet. */
  fork(id: string, request: ForkRequest): RunView;
  stop(id: string): Promise<RunView>;
  /** Returns the round at which it takes effect. */
  inject(id: string, intervention: Omit<Intervention, 'round'>): Promise<number>;
  remove(id: string): void;
  /** The run's file for reading; shared and kept open for a while, so do not close it. */
  record(id: string): RunRecord;
  /** A past round of the run as its agents met it. */
  past(id: string, round: number): LookBack;
  /** The run's knowledge graph, from the moment it is built. */
  graph(id: string): GraphSnapshot;
  /** Runs `work` with the file open for writing (chats, reports). */
  withFile<T>(id: string, work: (file: RunFile) => Promise<T> | T): Promise<T>;
  /** Runs `work` with the run's budget open, though the run itself may be over. */
  whileCharged<T>(id: string, work: () => Promise<T>): Promise<T>;
  events(id: string, lastSeen: number | undefined, signal: AbortSignal): AsyncGenerator<RunEvent>;
  close(): Promise<void>;
}

export function createRunManager(options: RunManagerOptions): RunManager {
  const { home, gateway, catalog } = options;
  const known = new Map<string, LiveRun>();
  const files = createRunFiles(home);
  const ownership = createOwnership(home, catalog, gateway);
  const budgets = createRunBudgets(gateway.ledger, catalog);
  ownership.sweep();
  budgets.sweep();
  const sweeping = setInterval(() => {
    try {
      budgets.sweep();
    } catch {
      // The catalogue is busy or its disk full; there is a next time.
    }
  }, SWEEP_BUDGETS_MS).unref();

  const forget = (id: string): void => {
    files.forget(id);
    known.delete(id);
  };

  const runOf = (id: string): LiveRun => {
    const run = known.get(id);
    if (run?.work !== undefined) return run;
    const view = catalog.get(id);
    if (view === undefined) {
      // Perhaps another process has deleted it.
      forget(id);
      throw new ShoalError('not_found', `There is no run ${id}.`, { hint: 'See `npx shoal runs`, or the list on the page.' });
    }
    if (run !== undefined) return run;
    const made = createLiveRun(view, catalog);
    known.set(id, made);
    return made;
  };

  /** True also of a run that another process lives, until that process dies. */
  const viewOf = (run: LiveRun): RunView => {
    const view = run.view();
    if (run.work !== undefined || view.status !== 'running') return view;
    ownership.sweep();
    return run.view();
  };

  const claim = (run: LiveRun, verb: string, hint: string): WorkflowHandle => {
    viewOf(run);
    const workflow = ownership.claim(run.id);
    if (workflow === undefined) throw notNow(run.view(), verb, hint);
    return workflow;
  };

  const go: RunManager['go'] = (id, settings = {}) => {
    const { threads, signal } = settings;
    const run = runOf(id);
    const before = run.view();
    // Who asks to go on while it is coming to rest wants it to live after that.
    if (run.work !== undefined) return run.work.wanted === undefined ? run.work.done : run.work.done.then(() => go(id, settings));
    if (before.status === 'finished') return Promise.resolve(before);
    const workflow = claim(run, 'be started again', 'Another process lives it; watch it on the page, or stop it first.');
    const looking = setInterval(() => {
      const wish = catalog.takeWish(id);
      // A fault of the run is told to whoever lives it, not to whoever wished.
      if (wish !== undefined) rest(id, wish).catch(() => undefined);
      if (work.world !== undefined) takeNews(id, work.world).catch(() => undefined);
    }, LOOK_INTERVAL_MS).unref();
    const abort = new AbortController();
    const { promise: done, resolve } = Promise.withResolvers<RunView>();
    const work: RunWork = {
      abort: (reason) => abort.abort(reason),
      signal: signal === undefined ? abort.signal : AbortSignal.any([abort.signal, signal]),
      startedAt: Date.now(),
      elapsedBefore: before.elapsedMs,
      done,
      file: undefined,
      world: undefined,
      wanted: undefined,
    };
    run.work = work;
    const path = home.runFile(id);
    const stretch = { run, work, workflow, gateway, budgets, path, threads: threads ?? options.defaultThreads };
    resolve(
      liveThrough(stretch).finally(() => {
        clearInterval(looking);
        files.changed(id);
        run.work = undefined;
        budgets.rest(id);
      }),
    );
    return done;
  };

  const takeNews = createNewsTaker(catalog);
  const tellOwner = async (run: LiveRun, news: News): Promise<number> => {
    const isLived = (): boolean => viewOf(run).status === 'running';
    const told = { id: run.id, news, isLived, intervalMs: LOOK_INTERVAL_MS, patienceMs: OWNER_ANSWERS_MS };
    const round = await passNews(catalog, told);
    if (round !== undefined) return round;
    throw notNow(run.view(), 'take an intervention', 'Its rounds are not under way; try again when they are.');
  };

  /** Asks the work to rest: after the round under way while rounds go by, else at once (that stage is done again later). */
  const rest = async (id: string, wanted: RunWish): Promise<RunView> => {
    const run = runOf(id);
    const view = viewOf(run);
    const verb = wanted === 'paused' ? 'pause' : 'stop';
    if (view.status === 'finished' || view.status === 'failed') throw notNow(view, verb);
    const { work } = run;
    if (work === undefined) {
      if (view.status === 'running') return askOwner(run, wanted, verb);
      if (view.status !== wanted) run.change({ status: wanted });
      budgets.rest(id);
      return run.view();
    }
    work.wanted = wanted;
    const { world } = work;
    if (world !== undefined) await (wanted === 'paused' ? world.pause() : world.stop());
    // Between the rounds and the report no state is worth keeping: the stage under way is begun anew.
    if (world === undefined || world.state === 'finished') work.abort(new ShoalError('cancelled', `The run was ${wanted}.`));
    return work.done;
  };
  const askOwner = async (run: LiveRun, wanted: RunWish, verb: string): Promise<RunView> => {
    catalog.ask(run.id, wanted);
    for (let waitedMs = 0; waitedMs < OWNER_ANSWERS_MS; waitedMs += LOOK_INTERVAL_MS) {
      await sleep(LOOK_INTERVAL_MS);
      const view = viewOf(run);
      if (view.status !== 'running') return view;
    }
    throw notNow(
      run.view(),
      verb,
      'The process that lives it did not answer within a minute; end that process, then resume the run.',
    );
  };

  /** Opens the world of a run that rests, for one move by hand; afterwards it rests as `change` says, else as before. */
  const moveByHand = async <T>(
    id: string,
    verb: string,
    move: (file: RunFile) => Promise<T>,
    after: Partial<RunView> = {},
  ): Promise<T> => {
    const run = runOf(id);
    const before = viewOf(run);
    if (before.status === 'finished') throw notNow(before, verb);
    const workflow = claim(run, verb, 'Pause it first.');
    let now = before;
    try {
      return await files.use(id, undefined, async (file) => {
        if (file.json('world') === undefined) throw notNow(before, verb, 'Resume it: its rounds have not begun.');
        const moved = await move(file);
        now = { ...before, ...after, ...worldFactsOf(file.path) };
        return moved;
      });
    } finally {
      files.changed(id);
      workflow.end('paused');
      run.change(now);
    }
  };

  return {
    create: (loaded, idempotencyKey) => createRun(home, catalog, loaded, idempotencyKey),
    adopt: (view) => catalog.put(view),
    go,
    view: (id) => viewOf(runOf(id)),
    list: () => {
      if (catalog.running().some((id) => known.get(id)?.work === undefined)) ownership.sweep();
      return catalog.list().map((view) => known.get(view.id)?.view() ?? view);
    },
    pause: (id) => rest(id, 'paused'),
    stop: (id) => rest(id, 'stopped'),
    step: async (id, rounds = 1) => {
      const run = runOf(id);
      await moveByHand(id, 'step', (file) => stepWorld(file, rounds, (summary) => run.tellRound(summary)), { status: 'paused' });
      return runOf(id).view();
    },
    fork: (id, request) => createFork(home, catalog, viewOf(runOf(id)), request),
    inject: async (id, intervention) => {
      const run = runOf(id);
      const { work } = run;
      if (work?.world !== undefined) return work.world.inject(intervention);
      if (work === undefined && viewOf(run).status === 'running') return tellOwner(run, intervention);
      return moveByHand(id, 'take an intervention', (file) => injectIntoResting(file, intervention));
    },
    remove: (id) => {
      const view = viewOf(runOf(id));
      if (view.status === 'running') throw notNow(view, 'be deleted', 'Stop it first.');
      forget(id);
      catalog.remove(id);
      budgets.rest(id);
      for (const suffix of ['', '-wal', '-shm', '.damaged']) rmSync(`${home.runFile(id)}${suffix}`, { force: true });
      rmSync(home.reportsOf(id), { recursive: true, force: true });
    },
    record: (id) => files.record(runOf(id).view()),
    past: (id, round) => files.past(runOf(id).id, round),
    graph: (id) => files.graph(runOf(id).view()),
    withFile: async (id, use) => files.use(id, runOf(id).work?.file, use),
    whileCharged: (id, work) => budgets.whileOpen(runOf(id).view(), work),
    events: async function* events(id, lastSeen, signal) {
      const run = runOf(id);
      let told = JSON.stringify(viewOf(run));
      // A run that another process lives is news only in the catalogue.
      const looking = setInterval(() => {
        if (run.work !== undefined || catalog.get(id) === undefined) return;
        const view = viewOf(run);
        const now = JSON.stringify(view);
        if (now !== told) run.hub.publish({ kind: 'run', run: view });
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
      for (const work of working) work.abort(new ShoalError('cancelled', 'Shoal is shutting down.'));
      await Promise.allSettled(working.map((work) => work.done));
      clearInterval(sweeping);
      files.close();
      catalog.close();
    },
  };
}

function notNow(view: RunView, verb: string, hint = 'See its state on the run page.'): ShoalError {
  return new ShoalError('conflict', `Run ${view.id} is ${view.status} and cannot ${verb} now.`, { hint });
}
