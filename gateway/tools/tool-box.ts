// Tools behind the same chain as models: traced, guarded, bounded in time and size. What an agent did wrong (unknown
// tool, bad arguments) comes back as a value that it can learn from; what broke throws.
import { setTimeout as pause } from 'node:timers/promises';
import { ShoalError, toShoalError } from '#foundation';
import type { ToolBox, ToolResult } from '#foundation';
import { chain, newTally } from '../chain.ts';
import type { Call, Handler, Step } from '../chain.ts';
import type { GatewaySettings } from '../config.ts';
import type { InFlight } from '../in-flight.ts';
import { linkSignals } from '../linked-signal.ts';
import { ROOT_BUDGET } from '../contract.ts';
import type { ToolBinding, ToolDefinition } from '../contract.ts';
import { LOCAL_PRINCIPAL } from '../policy/principal.ts';
import type { Redact } from '../policy/secrets.ts';
import type { RequestLog } from '../trace/request-log.ts';
import { traced } from '../trace/traced.ts';
import { argumentCheck } from './arguments.ts';

export interface ToolServices {
  readonly settings: GatewaySettings;
  readonly log: RequestLog;
  readonly redact: Redact;
  readonly now: () => number;
  readonly nextId: () => string;
  readonly inFlight: InFlight;
}

interface ToolCallDown extends Call {
  readonly tool: ToolDefinition;
  readonly args: unknown;
}

/** A `read` tool that fails in passing is tried this often; a `write` tool never twice. */
const READ_ATTEMPTS = 3;
const READ_PAUSE_MS = 100;

export function bindToolBox(services: ToolServices, tools: readonly ToolDefinition[], binding: ToolBinding): ToolBox {
  const { settings, log, redact, now, nextId, inFlight } = services;
  const allowed = tools.filter((tool) => binding.allow?.includes(tool.name) ?? true);
  const byName = new Map(allowed.map((tool) => [tool.name, { tool, check: argumentCheck(tool) }]));
  const run = chain<ToolCallDown, ToolResult>(
    [
      traced({ log, now, redact, countOnly: false }),
      withoutSecretsInside(redact),
      withinSize(settings.limits.toolResultBytes),
      readsAgain(),
      withinTime(settings.limits.toolMs),
    ],
    runTool,
  );
  return {
    list: () => allowed.map(({ name, description, parameters }) => ({ name, description, parameters })),
    call: async (name, args, signal) => {
      const entry = byName.get(name);
      if (entry === undefined) return refused(`There is no tool called ${name}. There are: ${[...byName.keys()].join(', ')}.`);
      const problems = entry.check(args);
      if (problems.length > 0) return refused(`The arguments of ${name} are not valid: ${problems.join('; ')}.`);
      return inFlight.run(signal, (signal) =>
        run({
          id: nextId(),
          kind: 'tool',
          principal: LOCAL_PRINCIPAL,
          target: name,
          runId: binding.runId,
          budget: binding.budget ?? ROOT_BUDGET,
          stage: binding.stage,
          agent: undefined,
          round: undefined,
          signal,
          tally: newTally(),
          tool: entry.tool,
          args,
        }),
      );
    },
  };
}

const refused = (content: string): ToolResult => ({ ok: false, content });

const runTool: Handler<ToolCallDown, ToolResult> = async (call) => {
  if (call.signal.aborted) throw new ShoalError('cancelled', `The call of ${call.target} was cancelled.`);
  call.tally.attempts += 1;
  return call.tool.run(call.args, call.signal);
};

function withoutSecretsInside(redact: Redact): Step<ToolCallDown, ToolResult> {
  return (next) => (call) => {
    const text = JSON.stringify(call.args);
    const clean = text === undefined ? undefined : redact(text);
    return next(clean === undefined || clean === text ? call : { ...call, args: JSON.parse(clean) as unknown });
  };
}

/** Cuts a result that no agent could read; `data` goes with it, since half of it would not parse. */
function withinSize(limitBytes: number): Step<ToolCallDown, ToolResult> {
  return (next) => async (call) => {
    const result = await next(call);
    const bytes = Buffer.byteLength(result.content) + Buffer.byteLength(JSON.stringify(result.data) ?? '');
    if (bytes <= limitBytes) return result;
    const head = new TextDecoder().decode(Buffer.from(result.content).subarray(0, limitBytes), { stream: true });
    return { ok: result.ok, content: `${head}\n[cut: the result had ${bytes} bytes, the limit is ${limitBytes}]` };
  };
}

function readsAgain(): Step<ToolCallDown, ToolResult> {
  return (next) => async (call) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await next(call);
      } catch (thrown) {
        const error = asToolError(call.target, thrown);
        if (call.tool.effect === 'write' || !error.retryable || attempt >= READ_ATTEMPTS) throw error;
        await pause(READ_PAUSE_MS * attempt, undefined, { signal: call.signal });
      }
    }
  };
}

function withinTime(limitMs: number): Step<ToolCallDown, ToolResult> {
  return (next) => async (call) => {
    const linked = linkSignals(call.signal);
    const timer = setTimeout(() => linked.abort(), limitMs);
    // A tool that ignores its signal must not hold the agent up.
    const timeUp = new Promise<never>((_resolve, reject) => {
      linked.signal.addEventListener('abort', () => reject(ended(call, limitMs)), { once: true });
    });
    try {
      return await Promise.race([next({ ...call, signal: linked.signal }), timeUp]);
    } finally {
      clearTimeout(timer);
      linked.unlink();
    }
  };
}

function ended(call: ToolCallDown, limitMs: number): ShoalError {
  return call.signal.aborted
    ? new ShoalError('cancelled', `The call of ${call.target} was cancelled.`)
    : new ShoalError('tool_failed', `${call.target} did not answer within ${limitMs} ms.`);
}

function asToolError(name: string, thrown: unknown): ShoalError {
  const error = toShoalError(thrown);
  if (error.code !== 'internal') return error;
  return new ShoalError('tool_failed', `${name} failed: ${error.message}`, { cause: thrown });
}
