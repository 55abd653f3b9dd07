// The outermost step: whatever happens to a call, exactly one record of it is logged, and an error that leaves
// carries no secret.
import { ShoalError, toShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import type { Call, Handler, Step } from '../chain.ts';
import type { ModelAnswer, ModelCall } from '../models/model-call.ts';
import type { Redact } from '../policy/secrets.ts';
import type { Bodies } from './bodies.ts';
import { entryOf, IN_PROCESS } from './entry.ts';
import type { Entry, EntryFacts, Outcome } from './entry.ts';
import type { RequestLog } from './request-log.ts';
import { answerText, requestText, watched } from './watched-output.ts';

const DENIALS: ReadonlySet<ErrorCode> = new Set([
  'budget_exceeded',
  'limit_exceeded',
  'invalid_input',
  'forbidden',
  'unauthenticated',
  'guardrail_blocked',
  'model_unpriced',
]);

export interface TraceOptions<C, A> {
  readonly log: RequestLog;
  readonly now: () => number;
  readonly redact: Redact;
  /** Calls that succeed are counted but get no row. */
  readonly countOnly: boolean;
  /** By which API they come; absent = by none. */
  readonly door?: string;
  /** The caller's own word for what it calls; absent = that of the call. */
  readonly askedOf?: (call: C) => string;
  readonly finishOf?: (answer: A) => string | undefined;
}

/** For calls of tools, and for models that are called in process. */
export function traced<C extends Call, A>(options: TraceOptions<C, A>): Step<C, A> {
  const { log, now, redact, countOnly, door = IN_PROCESS, askedOf, finishOf = () => undefined } = options;
  return (next) => (call) => {
    const operation = call.kind === 'tool' ? 'tool' : 'texts' in call ? 'embed' : 'generate';
    const facts: EntryFacts = {
      operation,
      door,
      asked: askedOf?.(call) ?? call.target,
      stream: 'emit' in call && call.emit !== undefined,
    };
    const end = (entry: Entry): void => log.add(entry, countOnly && entry.outcome === 'ok');
    log.begin();
    return recorded(next, call, facts, now, redact, finishOf, end);
  };
}

export interface TraceModelOptions {
  readonly log: RequestLog;
  readonly now: () => number;
  readonly redact: Redact;
  readonly bodies: Bodies;
}

/** The same for calls in the common form, by whichever door they come. */
export function tracedModel({ log, now, redact, bodies }: TraceModelOptions): Step<ModelCall, ModelAnswer> {
  return (next) => (call) => {
    const { output, operation, asked, content } = call;
    const door = content.wire?.dialect ?? IN_PROCESS;
    const facts: EntryFacts = { operation, door, asked, stream: output !== undefined };
    const keep = bodies.mayKeep();
    let written: (() => string) | undefined;
    let seen = call;
    if (output !== undefined) {
      const watch = watched(output, call.tally, keep ? bodies.limitBytes : 0);
      written = watch.written;
      seen = { ...call, output: watch.output };
    }
    log.begin();
    let answered: ModelAnswer | undefined;
    const inner: Handler<ModelCall, ModelAnswer> = keep ? async (down) => (answered = await next(down)) : next;
    return recorded(inner, seen, facts, now, redact, finishReasonOf, (entry) => {
      // A swarm asks the embedded model by the hundred thousand, and each answer is reproducible from the record.
      log.add(entry, entry.provider === 'embedded' && door === IN_PROCESS && entry.outcome === 'ok');
      if (keep) bodies.add(entry, () => ({ request: requestText(content), answer: written?.() || answerText(answered) }));
    });
  };
}

const finishReasonOf = (answer: ModelAnswer): string => answer.finishReason;

async function recorded<C extends Call, A>(
  next: Handler<C, A>,
  call: C,
  facts: EntryFacts,
  now: () => number,
  redact: Redact,
  finishOf: (answer: A) => string | undefined,
  end: (entry: Entry) => void,
): Promise<A> {
  const atMs = now();
  const started = performance.now();
  const finish = (outcome: Outcome, errorCode: string | undefined, finishReason: string | undefined): void =>
    end(entryOf(call, facts, { atMs, started, ended: performance.now(), outcome, errorCode, finishReason }));
  let answer: A;
  try {
    answer = await next(call);
  } catch (thrown) {
    const error = toShoalError(thrown);
    finish(error.code === 'cancelled' ? 'cancelled' : DENIALS.has(error.code) ? 'denied' : 'failed', error.code, undefined);
    throw withoutSecrets(error, redact);
  }
  finish(call.tally.fromCassette ? 'cassette' : 'ok', undefined, finishOf(answer));
  return answer;
}

/** Providers like to quote the key that they refuse. */
function withoutSecrets(error: ShoalError, redact: Redact): ShoalError {
  const message = redact(error.message);
  if (message === error.message) return error;
  const { code, hint, details } = error;
  return new ShoalError(code, message, { details, ...(hint === undefined ? {} : { hint }) });
}
