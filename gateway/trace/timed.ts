// Where a call's time goes: each step's own time, without the steps inside it. Crossing into or out of a timed step
// stops one clock and starts the other, so every moment belongs to exactly one step; where attempts run side by side
// (hedging) the step that was entered last has it.
import type { Call, Handler, Step, Tally } from '../chain.ts';

/** Adds the step's own milliseconds to `call.tally.steps[name]`. */
export function timed<C extends Call, A>(name: string, step: Step<C, A>): Step<C, A> {
  return (next) => timedHandler(name, step(next));
}

/** The same for the handler at the end of a chain. */
export function timedHandler<C extends Call, A>(name: string, run: Handler<C, A>): Handler<C, A> {
  const timedRun = async (call: C): Promise<A> => {
    const { tally } = call;
    const outer = tally.step;
    cross(tally, name);
    try {
      return await run(call);
    } finally {
      cross(tally, outer);
    }
  };
  return (call) => (call.tally.timed ? timedRun(call) : run(call));
}

function cross(tally: Tally, into: string | undefined): void {
  const now = performance.now();
  const { step, steps } = tally;
  if (step !== undefined) steps[step] = (steps[step] ?? 0) + now - tally.stepSince;
  tally.step = into;
  tally.stepSince = now;
}
