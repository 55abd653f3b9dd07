// Who may spend next. Reserving worst cases alone starves a swarm: most of a budget is then held, not spent. So a
// call that does not fit waits while holds are open, first come first served for each budget; only when nothing is
// about to settle, or the wait is over, is it made smaller, and denied when even the smallest useful call is too dear.
import { ShoalError } from '#foundation';
import type { OwnedLedger } from './ledger.ts';

export interface AdmissionRequest {
  readonly node: string;
  readonly nanoUsd: number;
  /** The largest useful amount within the headroom; undefined where that is too little to be of use. */
  readonly within: (headroomNanoUsd: number) => number | undefined;
  readonly signal: AbortSignal;
}

export interface Admitted {
  readonly hold: string;
  readonly nanoUsd: number;
}

export interface Admission {
  /** Throws `budget_exceeded`, `limit_exceeded` (too many wait) or `cancelled`. */
  admit(request: AdmissionRequest): Promise<Admitted>;
}

interface Waiter {
  readonly request: AdmissionRequest;
  readonly settle: (decide: () => Admitted) => void;
}

/** Headroom that another process gives back is seen at this pace. */
const LOOK_AGAIN_MS = 250;

export function createAdmission(ledger: OwnedLedger, waitMs: number, queueLimit: number): Admission {
  const lines = new Map<string, Set<Waiter>>();
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;

  const whole = ({ node, nanoUsd }: AdmissionRequest): Admitted | string => {
    const answer = ledger.reserve(node, nanoUsd);
    return answer.kind === 'held' ? { hold: answer.id, nanoUsd } : answer.node;
  };
  /** What is left, or the end of it. */
  const smaller = (request: AdmissionRequest): Admitted => {
    const nanoUsd = request.within(ledger.headroom(request.node));
    const answer = nanoUsd === undefined ? undefined : ledger.reserve(request.node, nanoUsd);
    if (nanoUsd !== undefined && answer?.kind === 'held') return { hold: answer.id, nanoUsd };
    throw exceeded(request, ledger);
  };

  /** Decides for the first in a line, or leaves it waiting; says whether the next may be looked at. */
  const serveOne = ({ request, settle }: Waiter): boolean => {
    try {
      const answer = whole(request);
      if (typeof answer === 'string' && ledger.mayFree(answer)) return false;
      settle(() => (typeof answer === 'string' ? smaller(request) : answer));
    } catch (error) {
      // It belongs to the one who waits, not to the call whose end gave this one its turn.
      settle(() => {
        throw error;
      });
    }
    return true;
  };
  const serve = (): void => {
    for (const line of lines.values()) {
      for (const waiter of line) if (!serveOne(waiter)) break;
    }
  };
  ledger.onFreed(serve);
  const lookAgain = (): void => {
    serve();
    timer = waiting > 0 ? setTimeout(lookAgain, LOOK_AGAIN_MS).unref() : undefined;
  };

  const wait = (request: AdmissionRequest): Promise<Admitted> => {
    if (waiting >= queueLimit) {
      throw new ShoalError('limit_exceeded', `${queueLimit} calls already wait for headroom in their budgets.`, {
        hint: 'Try again later, or raise the budget or `limits.queue`.',
      });
    }
    const line = lines.get(request.node) ?? new Set();
    lines.set(request.node, line);
    waiting++;
    timer ??= setTimeout(lookAgain, LOOK_AGAIN_MS).unref();
    return new Promise((resolve, reject) => {
      const settle = (decide: () => Admitted): void => {
        line.delete(waiter);
        if (line.size === 0) lines.delete(request.node);
        waiting--;
        clearTimeout(overdue);
        request.signal.removeEventListener('abort', abort);
        try {
          resolve(decide());
        } catch (error) {
          reject(error);
        }
      };
      const abort = (): void =>
        settle(() => {
          throw new ShoalError('cancelled', 'The call was cancelled while it waited for its budget.');
        });
      const waiter: Waiter = { request, settle };
      const overdue = setTimeout(() => settle(() => smaller(request)), waitMs);
      line.add(waiter);
      request.signal.addEventListener('abort', abort, { once: true });
    });
  };

  return {
    admit: async (request) => {
      if (lines.has(request.node)) return wait(request);
      const answer = whole(request);
      if (typeof answer !== 'string') return answer;
      return ledger.mayFree(answer) ? wait(request) : smaller(request);
    },
  };
}

function exceeded({ node, nanoUsd }: AdmissionRequest, ledger: OwnedLedger): ShoalError {
  const headroomNanoUsd = ledger.headroom(node);
  return new ShoalError(
    'budget_exceeded',
    `The budget ${node} has ${usd(headroomNanoUsd)} left; this call may cost ${usd(nanoUsd)}.`,
    {
      details: { node, headroomNanoUsd, neededNanoUsd: nanoUsd },
      hint: 'Raise the budget, ask for less output, or use a cheaper model.',
    },
  );
}

function usd(nanoUsd: number): string {
  return `$${(nanoUsd / 1e9).toFixed(6)}`;
}
