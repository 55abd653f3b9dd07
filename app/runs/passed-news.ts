// News for a run that another process lives: left in the catalogue, put into the world by its owner, and answered with
// the round or the reason against it.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunControl } from '#engine/contract';
import { toShoalError } from '#foundation';
import { errorOf, problemOf } from '../problem.ts';
import type { News, RunCatalog } from './catalog.ts';

/** For the owner: puts in what others have left, one after the other. */
export function createNewsTaker(catalog: RunCatalog): (id: string, world: RunControl) => Promise<void> {
  let taking = false;
  return async (id, world) => {
    if (taking) return;
    taking = true;
    try {
      await catalog.answerNews(id, (news) =>
        world.inject(news).then(
          (round) => ({ round }),
          (error: unknown) => ({ problem: problemOf(toShoalError(error)) }),
        ),
      );
    } finally {
      taking = false;
    }
  };
}

export interface PassedNews {
  readonly id: string;
  readonly news: News;
  /** False once nobody lives the run any more. */
  readonly isLived: () => boolean;
  readonly intervalMs: number;
  readonly patienceMs: number;
}

/** For everybody else: the round at which it takes effect; undefined where nobody answers. Throws what the owner says. */
export async function passNews(
  catalog: RunCatalog,
  { id, news, isLived, intervalMs, patienceMs }: PassedNews,
): Promise<number | undefined> {
  const number = catalog.tell(id, news);
  try {
    for (let waitedMs = 0; waitedMs < patienceMs && isLived(); waitedMs += intervalMs) {
      await sleep(intervalMs);
      const answer = catalog.takeAnswer(number);
      if (answer === undefined) continue;
      if ('problem' in answer) throw errorOf(answer.problem);
      return answer.round;
    }
    return undefined;
  } finally {
    catalog.untell(number);
  }
}
