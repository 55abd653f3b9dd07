// Who may spend next. Reserving worst cases alone starves a swarm: most of a budget is then held, not spent. So a
// call that does not fit waits while holds are open, first come first served for the node that refused it, whichever
// of its children they charge; only when nothing is about to settle, or the wait is over, is it made smaller, and
// denied when even the smallest useful call is too dear.
import { ShoalError } from '#foundation';
import type { Reservation } from '../../contract.ts';
import type { Amounts } from './catalogue.ts';
import type { OwnedLedger } from './ledger.ts';

export interface AdmissionRequest extends Amounts {
  readonly node: string;
  /** The largest useful amounts within the room; undefined where that is too little to be of use. */
  readonly within: (room: Amounts) => Amounts | undefined;
  readonly signal: AbortSignal;
}

export interface Admitted extends Amounts {
  readonly hold: string;
  /** Nodes whose soft limit this passes. */
  readonly overSoft: readonly string[];
}

export interface Admission {
  /** Throws `budget_exceeded`, `limit_exceeded` (too many wait), `conflict` (closed) or `cancelled`. */
  admit(request: AdmissionRequest): Promise<Admitted>;
  /** How many wait now. */
  readonly waiting: number;
}

interface Waiter {
  readonly request: AdmissionRequest;
  /** The node that refused it. */
  line: string;
  readonly settle: (decide: () => Admitted) => void;
}

type Denied = Extract<Reservation, { kind: 'denied' }>;

export function createAdmission(ledger: OwnedLedger, waitMs: number, queueLimit: number): Admission {
  const lines = new Map<string, Set<Waiter>>();
  let waiting = 0;

  /** What is left, or the end of it. */
  const smaller = (request: AdmissionRequest, denied: Denied | undefined): Admitted => {
    const amounts = request.within(ledger.room(request.node));
    if (amounts !== undefined) {
      const answer = ledger.reserve(request.node, amounts.nanoUsd, { tokens: amounts.tokens });
      if (answer.kind === 'held') return { ...amounts, hold: answer.id, overSoft: answer.overSoft };
    }
    throw exceeded(request, denied, ledger.room(request.node));
  };

  /** When the wait is over. */
  const last = (request: AdmissionRequest): Admitted => {
    const answer = ledger.take(request.node, request.nanoUsd, request.tokens);
    if (answer.kind === 'held') return admitted(request, answer);
    return smaller(request, answer.kind === 'denied' ? answer : undefined);
  };

  const join = (waiter: Waiter, node: string): void => {
    lines.get(waiter.line)?.delete(waiter);
    if (lines.get(waiter.line)?.size === 0) lines.delete(waiter.line);
    waiter.line = node;
    const line = lines.get(node) ?? new Set();
    lines.set(node, line.add(waiter));
  };
  /** Decides for the first in a line, or leaves it waiting; says whether the next may be looked at. */
  const serveOne = (waiter: Waiter): boolean => {
    const { request, settle, line } = waiter;
    try {
      const answer = ledger.take(request.node, request.nanoUsd, request.tokens);
      if (answer.kind === 'dry') {
        ledger.refilled().then(
          () => serve([line]),
          (error: unknown) => settle(() => raise(error)),
        );
        return false;
      }
      if (answer.kind === 'held') settle(() => admitted(request, answer));
      else if (answer.node !== line && ledger.mayFree(answer.node)) join(waiter, answer.node);
      else if (ledger.mayFree(answer.node)) return false;
      else settle(() => smaller(request, answer));
    } catch (error) {
      // It belongs to the one who waits, not to the call whose end gave this one its turn.
      settle(() => raise(error));
    }
    return true;
  };
  const serve = (nodes: readonly string[]): void => {
    if (waiting === 0) return;
    for (const node of nodes) {
      for (const waiter of lines.get(node) ?? []) if (!serveOne(waiter)) break;
    }
  };
  ledger.onFreed(serve);

  const wait = (request: AdmissionRequest, line: string): Promise<Admitted> => {
    if (waiting >= queueLimit) {
      throw new ShoalError('limit_exceeded', `${queueLimit} calls already wait for headroom in their budgets.`, {
        hint: 'Try again later, or raise the budget or `limits.queue`.',
      });
    }
    if (request.signal.aborted) throw cancelled();
    waiting++;
    return new Promise((resolve, reject) => {
      let settled = false;
      const settle = (decide: () => Admitted): void => {
        if (settled) return;
        settled = true;
        waiting--;
        const own = lines.get(waiter.line);
        own?.delete(waiter);
        if (own?.size === 0) lines.delete(waiter.line);
        clearTimeout(overdue);
        request.signal.removeEventListener('abort', abort);
        try {
          resolve(decide());
        } catch (error) {
          reject(error);
        }
      };
      /** Leaves without having been served: the next may fit where this one did not. */
      const leave = (decide: () => Admitted): void => {
        settle(decide);
        serve([waiter.line]);
      };
      const abort = (): void => leave(() => raise(cancelled()));
      const waiter: Waiter = { request, line, settle };
      const overdue = setTimeout(() => leave(() => last(request)), waitMs);
      join(waiter, line);
      request.signal.addEventListener('abort', abort, { once: true });
    });
  };

  return {
    get waiting() {
      return waiting;
    },
    admit: async (request) => {
      const ahead = waiting === 0 ? undefined : ledger.pathOf(request.node).find((node) => lines.has(node));
      if (ahead !== undefined) return wait(atMostCapacity(request, ledger), ahead);
      for (;;) {
        const answer = ledger.take(request.node, request.nanoUsd, request.tokens);
        if (answer.kind === 'held') return admitted(request, answer);
        if (answer.kind === 'denied') {
          return ledger.mayFree(answer.node) ? wait(atMostCapacity(request, ledger), answer.node) : smaller(request, answer);
        }
        await ledger.refilled();
      }
    },
  };
}

function admitted({ nanoUsd, tokens }: AdmissionRequest, { id, overSoft }: Extract<Reservation, { kind: 'held' }>): Admitted {
  return { hold: id, nanoUsd, tokens, overSoft };
}

/** A call that is larger than its whole budget would wait in vain. */
function atMostCapacity(request: AdmissionRequest, ledger: OwnedLedger): AdmissionRequest {
  const capacity = ledger.capacity(request.node);
  if (request.nanoUsd <= capacity.nanoUsd && request.tokens <= capacity.tokens) return request;
  const amounts = request.within(capacity);
  if (amounts === undefined) throw exceeded(request, undefined, ledger.room(request.node));
  return { ...request, ...amounts };
}

function exceeded({ node, nanoUsd, tokens }: AdmissionRequest, denied: Denied | undefined, room: Amounts): ShoalError {
  const short = denied?.measure ?? (room.nanoUsd < nanoUsd ? 'usd' : 'tokens');
  const words =
    short === 'usd'
      ? `has ${usd(room.nanoUsd)} left; this call may cost ${usd(nanoUsd)}`
      : `has ${room.tokens} tokens left; this call may take ${tokens}`;
  return new ShoalError('budget_exceeded', `The budget ${node} ${words}.`, {
    details: {
      node,
      deniedBy: denied?.node ?? node,
      ...(room.nanoUsd === Infinity ? {} : { headroomNanoUsd: room.nanoUsd, neededNanoUsd: nanoUsd }),
      ...(room.tokens === Infinity ? {} : { headroomTokens: room.tokens, neededTokens: tokens }),
      ...(denied?.retryAfterMs === undefined ? {} : { retryAfterMs: denied.retryAfterMs }),
    },
    hint: 'Raise or extend the budget, ask for less output, or use a cheaper model.',
  });
}

function cancelled(): ShoalError {
  return new ShoalError('cancelled', 'The call was cancelled while it waited for its budget.');
}

function raise(error: unknown): never {
  throw error;
}

function usd(nanoUsd: number): string {
  return `$${(nanoUsd / 1e9).toFixed(6)}`;
}
