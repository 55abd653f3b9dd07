// How long a call may take. The time in which its server waits for a person or for the client's model does not count.
import { ShoalError } from '#foundation';
import { linkSignals } from '../../linked-signal.ts';
import type { GovernedStep } from './governed-call.ts';

export function withinCallTime(limitMs: number): GovernedStep {
  return (next) => async (call) => {
    const linked = linkSignals(call.signal);
    let leftMs = limitMs;
    let runningSince = performance.now();
    let asking = 0;
    let overdue = false;
    const end = (): void => {
      overdue = true;
      linked.abort();
    };
    let timer = setTimeout(end, leftMs);
    const caller: typeof call.caller = {
      ...call.caller,
      ask: async (method, params, signal) => {
        if (asking++ === 0) {
          clearTimeout(timer);
          leftMs -= performance.now() - runningSince;
        }
        try {
          return await call.caller.ask(method, params, signal);
        } finally {
          if (--asking === 0) {
            runningSince = performance.now();
            timer = setTimeout(end, Math.max(1, leftMs));
          }
        }
      },
    };
    // A server that does not care about being cancelled must not hold the caller up.
    const timeUp = new Promise<never>((_resolve, reject) => {
      linked.signal.addEventListener('abort', () => reject(ended(call.asked, overdue, limitMs)), { once: true });
    });
    try {
      return await Promise.race([next({ ...call, caller, signal: linked.signal }), timeUp]);
    } finally {
      asking = Infinity;
      clearTimeout(timer);
      linked.unlink();
    }
  };
}

function ended(asked: string, overdue: boolean, limitMs: number): ShoalError {
  return overdue
    ? new ShoalError('tool_failed', `${asked} did not answer within ${limitMs} ms.`, {
        hint: 'Try again, or raise `gateway.limits.toolMs` in config.yaml.',
      })
    : new ShoalError('cancelled', `The call of ${asked} was cancelled.`);
}
