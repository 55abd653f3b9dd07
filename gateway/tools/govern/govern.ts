// The chain that every call to an upstream server goes down: trace, authorise, guard, guardrails, limit, form, size, time.
// What a model did wrong (arguments that do not fit) comes back as a result that it can learn from.
import { ShoalError } from '#foundation';
import { chain } from '../../chain.ts';
import type { Handler } from '../../chain.ts';
import type { Clock } from '../../clock.ts';
import type { Json } from '../../models/exchange.ts';
import type { Guardrail } from '../../policy/guardrails/create-guardrails.ts';
import { lacksInvoke } from '../../policy/keys/authorised.ts';
import { limitedCalls } from '../../policy/limits/limiter.ts';
import type { Limiter } from '../../policy/limits/limiter.ts';
import { holdsScope } from '../../policy/principal.ts';
import type { Redact } from '../../policy/secrets.ts';
import type { RequestLog } from '../../trace/request-log.ts';
import { timed, timedHandler } from '../../trace/timed.ts';
import { traced } from '../../trace/traced.ts';
import type { Catalogue } from '../catalogue/catalogue.ts';
import { asksForInput } from '../upstream/answer-inputs.ts';
import { serverFault } from '../upstream/server-fault.ts';
import { RpcError, toLoggedError } from '../wire/json-rpc.ts';
import type { GovernedCall, GovernedStep } from './governed-call.ts';
import { guardedTools } from './guarded-tools.ts';
import { withinCallTime } from './within-time.ts';

const MCP_DOOR = 'mcp';

export interface GovernOptions {
  readonly catalogue: Catalogue;
  readonly log: RequestLog;
  readonly redact: Redact;
  readonly now: () => number;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly guardrails: readonly Guardrail[];
  readonly limits: { readonly toolMs: number; readonly toolResultBytes: number };
}

/** Throws `RpcError` for the server's no, and a `ShoalError` for ours. */
export function governed(options: GovernOptions): Handler<GovernedCall, Json> {
  const { catalogue, log, redact, now, limiter, clock, guardrails, limits } = options;
  return chain<GovernedCall, Json>(
    [
      inOwnWords(redact),
      traced({ log, now, redact, countOnly: false, door: MCP_DOOR, askedOf: ({ asked }) => asked, finishOf }),
      loggable,
      timed('authorise', mayInvoke),
      timed('guard', withoutSecrets(redact)),
      ...(guardrails.length === 0 ? [] : [timed('guardrails', guardedTools(guardrails))]),
      timed('limit', limitedCalls(limiter, clock)),
      timed('form', inForm),
      withinSize(limits.toolResultBytes),
      withinCallTime(limits.toolMs),
    ],
    timedHandler('provider', (call) => callServer(catalogue, call)),
  );
}

function finishOf(result: Json): string {
  if (asksForInput(result)) return 'input_required';
  return result['isError'] === true ? 'tool_error' : 'complete';
}

async function callServer(
  catalogue: Catalogue,
  { server, method, params, caller, mirrored, signal, tally }: GovernedCall,
): Promise<Json> {
  const upstream = catalogue.upstream(server);
  if (upstream === undefined) throw serverFault(`The tool server ${server} is not configured any more.`);
  tally.attempts += 1;
  tally.provider = server;
  return upstream.call({ method, params, caller, mirrored, signal });
}

/** The log knows our codes only; the caller is answered in the server's own. */
const loggable: GovernedStep = (next) => (call) =>
  next(call).catch((thrown: unknown) => {
    throw toLoggedError(thrown);
  });

function inOwnWords(redact: Redact): GovernedStep {
  return (next) => async (call) => {
    try {
      return await next(call);
    } catch (error) {
      if (!(error instanceof ShoalError)) throw error;
      if (error.details['arguments'] === true) return invalidArguments(error.message);
      if (!(error.cause instanceof RpcError)) throw error;
      const { code, message, data, status } = error.cause;
      const text = JSON.stringify(data);
      throw new RpcError(code, redact(message), { data: text === undefined ? undefined : JSON.parse(redact(text)), status });
    }
  };
}

/** As the protocol wants it: the model is to read what was wrong, and to call again. */
function invalidArguments(message: string): Json {
  return { content: [{ type: 'text', text: message }], isError: true };
}

const mayInvoke: GovernedStep = (next) => async (call) => {
  if (!holdsScope(call.principal, 'invoke')) throw lacksInvoke(call.principal, 'tools');
  return next(call);
};

/** The gateway's own secrets do not leave it. */
function withoutSecrets(redact: Redact): GovernedStep {
  return (next) => (call) => {
    const text = JSON.stringify(call.params);
    const clean = redact(text);
    return next(clean === text ? call : { ...call, params: JSON.parse(clean) as Json });
  };
}

const inForm: GovernedStep = (next) => async (call) => {
  const { asked, params, checkArguments, checkResult } = call;
  const problems = checkArguments?.(params['arguments'] ?? {}) ?? [];
  if (problems.length > 0) {
    throw new ShoalError('invalid_input', `The arguments of ${asked} are not valid: ${problems.join('; ')}.`, {
      hint: 'Call again with arguments that fit the schema of the tool.',
      details: { arguments: true },
    });
  }
  const result = await next(call);
  if (checkResult === undefined || result['isError'] === true || asksForInput(result)) return result;
  const wrong = checkResult(result['structuredContent']);
  if (wrong.length === 0) return result;
  throw serverFault(`The result of ${asked} is not what its schema says: ${wrong.join('; ')}.`);
};

function withinSize(limitBytes: number): GovernedStep {
  return (next) => async (call) => {
    const result = await next(call);
    const bytes = Buffer.byteLength(JSON.stringify(result));
    if (bytes <= limitBytes) return result;
    throw new ShoalError('tool_failed', `The result of ${call.asked} has ${bytes} bytes; the limit is ${limitBytes}.`, {
      hint: 'Ask for less at once, or raise `gateway.limits.toolResultBytes` in config.yaml.',
    });
  };
}
