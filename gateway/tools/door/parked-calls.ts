// A modern client at a legacy server: the server asks while it works, but the client's connection cannot be asked. So the
// call is parked: the client gets a result that asks for input, the server goes on waiting, and the client's next request
// brings the answers to it.
import { randomBytes } from 'node:crypto';
import { ShoalError } from '#foundation';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import type { Caller } from '../upstream/caller.ts';
import { RPC, RpcError } from '../wire/json-rpc.ts';

type Notify = Caller['notify'];

/** How a client's request ended: with the server's answer, or with questions. */
export type Turn = { readonly kind: 'done'; readonly result: Json } | { readonly kind: 'asked'; readonly inputRequests: Json };

export interface ParkedCall {
  readonly id: string;
  /** Bound to the call. */
  readonly ask: Caller['ask'];
  readonly notify: Notify;
  /** Ends the call. */
  readonly signal: AbortSignal;
  /** Has the call run; once. */
  start(run: () => Promise<Json>): void;
  /** Answers what was asked, tells what comes to `notify`, and waits. A client that goes away ends the call. */
  turn(inputResponses: Json, notify: Notify, gone: AbortSignal): Promise<Turn>;
}

export interface ParkedCalls {
  create(): ParkedCall;
  find(id: string): ParkedCall | undefined;
  readonly size: number;
  close(): void;
}

const MAX_PARKED = 1000;
const PARKED_MS = 10 * 60_000;

const toNobody: Notify = () => undefined;

interface Question {
  readonly request: Json;
  readonly answered: PromiseWithResolvers<Json>;
}

export function createParkedCalls(): ParkedCalls {
  const parked = new Map<string, { readonly call: ParkedCall; readonly end: () => void }>();
  return {
    create: () => {
      let id: string | undefined;
      const { call, end } = parkedCall(
        // Most calls are never parked, and so need no name.
        () => (id ??= randomBytes(16).toString('base64url')),
        () => {
          if (parked.size >= MAX_PARKED && !parked.has(call.id))
            throw new ShoalError('limit_exceeded', 'Too many calls wait for their clients’ answers already.', {
              hint: 'Answer or cancel some of them, then call again.',
            });
          parked.set(call.id, { call, end });
        },
        () => {
          if (id !== undefined) parked.delete(id);
        },
      );
      return call;
    },
    find: (id) => parked.get(id)?.call,
    get size() {
      return parked.size;
    },
    close: () => {
      for (const { end } of parked.values()) end();
    },
  };
}

function parkedCall(
  name: () => string,
  park: () => void,
  unpark: () => void,
): { readonly call: ParkedCall; readonly end: () => void } {
  const controller = new AbortController();
  const questions = new Map<string, Question>();
  let outcome: Promise<Json> | undefined;
  let asked = Promise.withResolvers<void>();
  let tell: Notify = toNobody;
  let count = 0;
  let timer: NodeJS.Timeout | undefined;

  const end = (): void => controller.abort();
  const rest = (): void => {
    clearTimeout(timer);
    timer = setTimeout(end, PARKED_MS).unref();
  };

  const call: ParkedCall = {
    get id() {
      return name();
    },
    signal: controller.signal,
    notify: (method, params) => tell(method, params),
    ask: (method, params, signal) => {
      park();
      const key = `question-${++count}`;
      const answered = Promise.withResolvers<Json>();
      const giveUp = (): void => answered.reject(new ShoalError('cancelled', 'The question was taken back.'));
      for (const each of [signal, controller.signal]) each.addEventListener('abort', giveUp, { once: true });
      questions.set(key, { request: { method, params }, answered });
      // What is asked at once is asked in one round.
      setImmediate(() => asked.resolve());
      return answered.promise.finally(() => {
        for (const each of [signal, controller.signal]) each.removeEventListener('abort', giveUp);
        questions.delete(key);
      });
    },
    start: (run) => {
      outcome = run().finally(() => {
        clearTimeout(timer);
        unpark();
      });
      outcome.catch(() => undefined);
    },
    turn: async (inputResponses, notify, gone) => {
      if (outcome === undefined) throw new Error('The call was not started.');
      clearTimeout(timer);
      tell = notify;
      gone.addEventListener('abort', end, { once: true });
      for (const [key, answer] of Object.entries(inputResponses)) {
        if (isJson(answer)) questions.get(key)?.answered.resolve(answer);
      }
      // Answers that have arrived take their questions away first.
      await new Promise((resolve) => setImmediate(resolve));
      if (questions.size === 0) asked = Promise.withResolvers();
      const result = await Promise.race([outcome, asked.promise]).finally(() => gone.removeEventListener('abort', end));
      tell = toNobody;
      if (result !== undefined) return { kind: 'done', result };
      rest();
      return { kind: 'asked', inputRequests: Object.fromEntries([...questions].map(([key, { request }]) => [key, request])) };
    },
  };
  return { call, end };
}

export function noSuchCall(): RpcError {
  return new RpcError(RPC.invalidParams, 'The call that this requestState belongs to has ended. Make the call without it.', {
    status: 400,
  });
}
