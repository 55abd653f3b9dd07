// The outermost step: whatever happens to a call, exactly one record of it is logged, and an error that leaves
// carries no secret.
import { ShoalError, toShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import type { Call, Step } from '../chain.ts';
import type { RequestRecord } from '../contract.ts';
import type { Redact } from '../policy/secrets.ts';
import type { RequestLog } from './request-log.ts';

const DENIALS: ReadonlySet<ErrorCode> = new Set(['budget_exceeded', 'limit_exceeded', 'invalid_input', 'forbidden']);

export interface TraceOptions {
  readonly log: RequestLog;
  readonly now: () => number;
  readonly redact: Redact;
  /** Calls that succeed are counted but get no row. */
  readonly countOnly: boolean;
}

export function traced<C extends Call, A>({ log, now, redact, countOnly }: TraceOptions): Step<C, A> {
  return (next) => async (call) => {
    const at = now();
    const started = performance.now();
    const record = (outcome: RequestRecord['outcome'], errorCode: string | undefined): void => {
      const { id, kind, target, runId, stage, agent, round, tally } = call;
      const { attempts, inputTokens, outputTokens, costNanoUsd } = tally;
      const latencyMs = performance.now() - started;
      const base = { id, at: new Date(at).toISOString(), kind, target, runId, stage, agent, round, outcome, errorCode };
      log.add({ ...base, attempts, inputTokens, outputTokens, costNanoUsd, latencyMs }, countOnly && outcome === 'ok');
    };
    try {
      const answer = await next(call);
      record(call.tally.fromCassette ? 'cassette' : 'ok', undefined);
      return answer;
    } catch (thrown) {
      const error = toShoalError(thrown);
      record(error.code === 'cancelled' ? 'cancelled' : DENIALS.has(error.code) ? 'denied' : 'failed', error.code);
      throw withoutSecrets(error, redact);
    }
  };
}

/** Providers like to quote the key that they refuse. */
function withoutSecrets(error: ShoalError, redact: Redact): ShoalError {
  const message = redact(error.message);
  if (message === error.message) return error;
  const { code, hint, details } = error;
  return new ShoalError(code, message, { details, ...(hint === undefined ? {} : { hint }) });
}
