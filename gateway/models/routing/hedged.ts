// A second attempt at another target when the first has produced nothing for a while. Whichever produces first is the
// call's; the other is aborted, its pieces go nowhere, and it settles its own charge. The call ends when both have, so
// that its tally holds what both cost: an attempt whose signal has fired ends at once.
import type { AttemptCause, AttemptMade } from '../../chain.ts';
import { linkSignals } from '../../linked-signal.ts';
import type { LinkedSignal } from '../../linked-signal.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import { attemptAt } from './attempt.ts';
import type { End, Heat } from './attempt.ts';
import { choose } from './choose.ts';
import type { Choice } from './choose.ts';
import type { Eligible } from './eligible.ts';
import { paceFor } from './health.ts';
import type { Lane } from './health.ts';
import type { Route } from './route.ts';
import type { Router } from './router.ts';

interface Runner extends Heat {
  readonly link: LinkedSignal;
}

/** After how long this choice would be hedged; undefined = not at all. */
export function hedgeAfterMs(call: ModelCall, route: Route, { members }: Eligible, { lane }: Choice): number | undefined {
  if (route.hedge === undefined || members.length < 2) return undefined;
  return route.hedge.after === 'p95' ? paceFor(lane, call).p95() : route.hedge.after;
}

/** `tried` is added to when the second attempt begins. */
export function hedged(
  router: Router,
  end: End,
  call: ModelCall,
  route: Route,
  eligible: Eligible,
  first: Choice,
  cause: AttemptCause,
  tried: Lane[],
  afterMs: number,
): Promise<ModelAnswer> {
  const { clock } = router;
  const runners: Runner[] = [];
  let winner: Runner | undefined;

  const runnerFor = (): Runner => {
    const link = linkSignals(call.signal);
    const runner: Runner = {
      link,
      signal: link.signal,
      made: undefined,
      get lost() {
        return winner !== undefined && winner !== runner;
      },
      claim: () => {
        if (winner === undefined) {
          winner = runner;
          for (const other of runners) if (other !== runner) other.link.abort();
        }
        return winner === runner;
      },
    };
    runners.push(runner);
    return runner;
  };

  return new Promise((resolve, reject) => {
    let running = 0;
    let settle: (() => void) | undefined;
    let callOff: (() => void) | undefined;
    const ended = (runner: Runner): void => {
      runner.link.unlink();
      running--;
      if (running > 0) return;
      callOff?.();
      settle?.();
    };
    const run = async (runner: Runner, choice: Choice, why: AttemptCause): Promise<void> => {
      try {
        const answer = await attemptAt(router, end, call, route, choice, why, runner);
        if (runner.claim()) settle = () => resolve(answer);
      } catch (error) {
        // If both fail, the later one says how the call ended; one that lost has no say.
        if (!runner.lost) settle = () => reject(error);
      }
      ended(runner);
    };
    const begin = (choice: Choice, why: AttemptCause): Runner => {
      const runner = runnerFor();
      running++;
      void run(runner, choice, why);
      return runner;
    };
    const wait = (waitMs: number, made: AttemptMade | undefined): void => {
      callOff = clock.after(waitMs, () => {
        if (winner !== undefined || call.signal.aborted) return;
        // Our own queue is not the target's slowness: the time counts from when it had its place.
        const leftMs = made === undefined || made.placedMs === 0 ? afterMs : made.placedMs + afterMs - clock.now();
        if (leftMs > 0) {
          wait(leftMs, made);
          return;
        }
        const others = eligible.members.filter((member) => member !== first.member);
        const second = choose(call, route, { members: others, preferred: undefined }, tried, clock.now(), router.choosing);
        if (second.restingMs > 0) return;
        tried.push(second.lane);
        begin(second, { why: 'hedge', failure: undefined, waitedMs: afterMs, told: false, rule: undefined });
      });
    };
    const { made } = begin(first, cause);
    wait(afterMs, made);
  });
}
