// The chain that every call goes down, model and tool alike: `step = next => call => …`. A step knows the call and
// the next handler, never another step. What a step learns for the trace it adds to the call's tally.
import type { Stage, TokenUsage } from '#foundation';
import type { Principal } from './policy/principal.ts';

/** What has happened to a call so far; steps only ever add to it. */
export interface Tally {
  attempts: number;
  inputTokens: number;
  outputTokens: number;
  cachedInputTokens: number;
  costNanoUsd: number;
  fromCassette: boolean;
}

/** One call and on whose behalf it is made. */
export interface Call {
  readonly id: string;
  readonly kind: 'model' | 'tool';
  readonly principal: Principal;
  /** Qualified model name (a group's until it is routed), or the tool's name. */
  readonly target: string;
  readonly runId: string | undefined;
  readonly budget: string;
  readonly stage: Stage;
  readonly agent: number | undefined;
  readonly round: number | undefined;
  readonly signal: AbortSignal;
  readonly tally: Tally;
}

export type Handler<C extends Call, A> = (call: C) => Promise<A>;
export type Step<C extends Call, A> = (next: Handler<C, A>) => Handler<C, A>;

/** Composes steps around the handler that does the work; the first step is the outermost. */
export function chain<C extends Call, A>(steps: readonly Step<C, A>[], end: Handler<C, A>): Handler<C, A> {
  return steps.reduceRight<Handler<C, A>>((next, step) => step(next), end);
}

export function newTally(): Tally {
  return { attempts: 0, inputTokens: 0, outputTokens: 0, cachedInputTokens: 0, costNanoUsd: 0, fromCassette: false };
}

export function addUsage(tally: Tally, usage: TokenUsage): void {
  tally.inputTokens += usage.inputTokens;
  tally.outputTokens += usage.outputTokens;
  tally.cachedInputTokens += usage.cachedInputTokens;
}
