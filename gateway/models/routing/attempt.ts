// One attempt at one target with one key: told to the tally and to the target's health, whatever comes of it.
import { toShoalError } from '#foundation';
import type { AttemptCause, AttemptMade, Handler } from '../../chain.ts';
import type { Clock } from '../../clock.ts';
import type { Attempt, ModelAnswer, ModelCall } from '../model-call.ts';
import type { Outcome } from './breaker.ts';
import { capFor } from './cap.ts';
import type { Choice } from './choose.ts';
import { failureClassOf, retryAfterMsOf } from './failure-class.ts';
import type { FailureClass } from './failure-class.ts';
import { paceFor } from './health.ts';
import type { Lane } from './health.ts';
import type { Route } from './route.ts';
import type { Router } from './router.ts';
import { timedOutput } from './timed-output.ts';
import type { Race } from './timed-output.ts';

/** An attempt that runs beside another one. */
export interface Heat extends Race {
  readonly signal: AbortSignal;
  made: AttemptMade | undefined;
}

export type End = Handler<Attempt, ModelAnswer>;

/** A key that is refused, or has no credit, is left alone for so long. */
const REFUSED_MS = 60_000;
/** A rate limit without a time. */
const LIMITED_MS = 1000;
/** A provider may say `tomorrow`; it is asked again sooner. */
const LONGEST_REST_MS = 60_000;

export async function attemptAt(
  { clock, choosing }: Router,
  end: End,
  call: ModelCall,
  route: Route,
  choice: Choice,
  cause: AttemptCause,
  heat: Heat | undefined,
): Promise<ModelAnswer> {
  const { member, lane } = choice;
  const { target } = member;
  const startedMs = clock.now();
  const made: AttemptMade = {
    target: lane.target,
    keyIndex: lane.keyIndex,
    keyName: undefined,
    cause,
    forced: choice.restingMs > 0,
    breaker: lane.breaker.state(startedMs),
    startedMs,
    placedMs: startedMs,
    firstMs: 0,
    endedMs: 0,
    outcome: 'open',
    errorCode: undefined,
    failure: undefined,
    retryAfterMs: undefined,
    opened: false,
  };
  if (heat !== undefined) heat.made = made;
  call.tally.attempts++;
  call.tally.attemptsMade.push(made);
  const pass = lane.breaker.enter(startedMs);
  lane.inFlight++;
  lane.attempts++;
  let outcome: Outcome = 'neutral';
  try {
    const answer = await end({
      ...call,
      target: lane.target,
      signal: heat?.signal ?? call.signal,
      output: call.output === undefined ? undefined : timedOutput(call.output, made, clock, heat),
      timeouts: route.timeouts ?? call.timeouts,
      place: target,
      cap: capFor(call, target.info, choosing.outputTokens),
      keyIndex: lane.keyIndex,
      made,
    });
    // An answer that comes after another's is the target's success all the same.
    finish(made, heat === undefined || heat.claim() ? 'ok' : 'lost', clock);
    outcome = 'ok';
    notePace(lane, call, made, made.endedMs);
    return answer;
  } catch (error) {
    const failure = failureClassOf(error);
    finish(made, heat?.lost === true ? 'lost' : failure === 'cancelled' ? 'cancelled' : 'failed', clock);
    made.errorCode = toShoalError(error).code;
    made.failure = failure;
    made.retryAfterMs = retryAfterMsOf(error);
    // How slow one that lost would have been nobody knows; this slow at least.
    if (made.outcome === 'lost') notePace(lane, call, made, made.endedMs);
    if (made.outcome === 'failed') outcome = noteFailure(lane, call, made, failure, error);
    throw error;
  } finally {
    lane.inFlight--;
    lane.breaker.leave(pass, outcome, made.endedMs);
    if (outcome === 'failed') made.opened = lane.breaker.state(made.endedMs) === 'open';
  }
}

function finish(made: AttemptMade, outcome: AttemptMade['outcome'], clock: Clock): void {
  made.endedMs = clock.now();
  made.outcome = outcome;
}

/** Our own queues are no part of a target's pace. */
function notePace(lane: Lane, call: ModelCall, made: AttemptMade, cameMs: number): void {
  paceFor(lane, call).take((made.firstMs || cameMs) - (made.placedMs || cameMs), cameMs);
}

/** What a failure says about its target. One that is the request's own fault says that the target is well. */
const OUTCOMES: Readonly<Record<FailureClass, Outcome>> = {
  outage: 'failed',
  timeout: 'failed',
  cut: 'failed',
  // It is there; it, or the key, rests instead.
  'rate-limit': 'neutral',
  auth: 'neutral',
  credit: 'neutral',
  invalid: 'ok',
  'context-window': 'ok',
  'content-policy': 'ok',
  budget: 'neutral',
  limit: 'neutral',
  cancelled: 'neutral',
  fault: 'neutral',
};

/** Not the target's failures, but not answers either. */
const REFUSALS: ReadonlySet<FailureClass> = new Set(['rate-limit', 'auth', 'credit']);

function noteFailure(lane: Lane, call: ModelCall, made: AttemptMade, failure: FailureClass, error: unknown): Outcome {
  const now = made.endedMs;
  const outcome = OUTCOMES[failure];
  if (failure === 'timeout') notePace(lane, call, made, now);
  if (failure === 'auth' || failure === 'credit') lane.key.restUntilMs = now + REFUSED_MS;
  if (failure === 'rate-limit') lane.restUntilMs = Math.max(lane.restUntilMs, now + LIMITED_MS);
  if (failure === 'rate-limit' || failure === 'outage') restAsTold(lane, now, retryAfterMsOf(error));
  if (outcome === 'failed' || REFUSALS.has(failure)) lane.failures++;
  return outcome;
}

function restAsTold(lane: Lane, now: number, told: number | undefined): void {
  if (told === undefined) return;
  lane.toldUntilMs = Math.max(lane.toldUntilMs, now + Math.min(LONGEST_REST_MS, told));
  lane.restUntilMs = Math.max(lane.restUntilMs, lane.toldUntilMs);
}
