// The builds under way: how far each is, and a way to end it. A build is on the board from its request to its end.
import { ShoalError } from '#foundation';
import type { Progress } from '#foundation';
import type { GraphBuildView } from '#api/contract';
import { BUILD_STEPS } from '#knowledge-graph/contract';
import type { BuildStep } from '#knowledge-graph/contract';
import type { Work } from './graph-shelf.ts';

export interface BuildBoard {
  /** In the order of their requests. */
  list(): readonly GraphBuildView[];
  /** Does the work as a build of that name, which others may watch and cancel meanwhile. */
  run<T>(name: string, work: (watched: Required<Pick<Work, 'signal' | 'onProgress' | 'onStep'>>) => Promise<T>): Promise<T>;
  /** Throws `not_found` where no build of that name is under way. */
  cancel(name: string): void;
}

interface Build {
  readonly name: string;
  readonly controller: AbortController;
  step: BuildStep;
  progress: Progress;
}

/** Percent of a build's time at which each step begins, measured on large graphs. */
const BEGINS: Readonly<Record<BuildStep, number>> = {
  reading: 0,
  embedding: 4,
  extracting: 8,
  joining: 70,
  structuring: 84,
  describing: 90,
  storing: 96,
};

export function createBuildBoard(): BuildBoard {
  const builds = new Set<Build>();
  return {
    list: () => [...builds].map(viewOf),
    run: async (name, work) => {
      const build: Build = {
        name,
        controller: new AbortController(),
        step: 'reading',
        progress: { done: 0, total: 0, message: 'Waiting for its turn' },
      };
      builds.add(build);
      try {
        return await work({
          signal: build.controller.signal,
          onProgress: (progress) => {
            build.progress = progress;
          },
          onStep: (step) => {
            build.step = step;
            build.progress = { done: 0, total: 0, message: '' };
          },
        });
      } finally {
        builds.delete(build);
      }
    },
    cancel: (name) => {
      const named = [...builds].filter((build) => build.name === name);
      if (named.length === 0) throw notUnderWay(name);
      for (const { controller } of named)
        controller.abort(new ShoalError('cancelled', `The building of “${name}” was cancelled.`));
    },
  };
}

function viewOf({ name, step, progress: { done, total, message } }: Build): GraphBuildView {
  const [from, to] = [BEGINS[step], BEGINS[BUILD_STEPS[BUILD_STEPS.indexOf(step) + 1] ?? step]];
  const share = total === 0 ? 0 : Math.min(1, done / total);
  return { name, step, percent: Math.floor(from + (to - from) * share), message };
}

const notUnderWay = (name: string): ShoalError =>
  new ShoalError('not_found', `No graph called “${name}” is being built.`, {
    hint: 'List what is: GET /api/v1/graph-builds. A graph that is built stays.',
  });
