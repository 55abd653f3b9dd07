// The guardrails of the models, on what goes to a tool server and on all that comes from it: results, errors, progress and
// log messages, and what the server asks the client. A model reads all of these.
import type { TextSlot } from '../../models/dialects/dialect.ts';
import type { Json } from '../../models/exchange.ts';
import type { Guardrail } from '../../policy/guardrails/create-guardrails.ts';
import { enforce } from '../../policy/guardrails/enforce.ts';
import type { Where } from '../../policy/guardrails/enforce.ts';
import { createPlaceholders } from '../../policy/guardrails/placeholders.ts';
import type { Placeholders } from '../../policy/guardrails/placeholders.ts';
import type { Caller } from '../upstream/caller.ts';
import { RpcError } from '../wire/json-rpc.ts';
import type { GovernedCall, GovernedStep } from './governed-call.ts';
import { textsOf, withTexts } from './texts.ts';

/** Parts of `params` that a caller wrote, not the protocol. */
const WRITTEN = ['arguments', 'inputResponses'] as const;

export function guardedTools(guardrails: readonly Guardrail[]): GovernedStep {
  return (next) => async (call) => {
    const active = guardrails.filter((guardrail) => guardrail.applies(call));
    if (active.length === 0) return next(call);
    const given = textsOf(WRITTEN.map((key) => call.params[key]));
    const placeholders = createPlaceholders((text) => given.some((one) => one.includes(text)));
    const guard = guardFor(call, active, placeholders);
    const params = { ...call.params };
    for (const key of WRITTEN) if (params[key] !== undefined) params[key] = await guard('input', params[key]);
    try {
      const result = await next({ ...call, params, caller: guardedCaller(call.caller, guard) });
      return await guard('output', result);
    } catch (error) {
      if (!(error instanceof RpcError)) throw error;
      const { code, message, data, status } = error;
      const checked = await guard('output', { message, data });
      throw new RpcError(code, checked.message, { data: checked.data, status });
    }
  };
}

type Guard = <T>(where: Where, value: T) => Promise<T>;

function guardFor(call: GovernedCall, guardrails: readonly Guardrail[], placeholders: Placeholders): Guard {
  const sides = {
    input: guardrails.filter(({ input }) => input),
    output: guardrails.filter(({ output }) => output),
  };
  return async (where, value) => {
    const texts = textsOf(value);
    if (texts.length === 0) return value;
    const slots = texts.map((text): TextSlot => ({ role: where === 'input' ? 'user' : 'tool', text }));
    const checked = sides[where].length === 0 ? slots : await enforce(sides[where], slots, call, where, placeholders);
    const shown = checked.map(({ text }) => (where === 'output' ? placeholders.restore(text) : text));
    return shown.every((text, index) => text === texts[index]) ? value : withTexts(value, shown);
  };
}

function guardedCaller(caller: Caller, guard: Guard): Caller {
  // Messages keep their order, whatever looks at them asks.
  let before: Promise<unknown> = Promise.resolve();
  return {
    ...caller,
    notify: (method, params) => {
      before = before
        .then(() => guard('output', params))
        // What a guardrail blocks is not passed on; the verdict is in the log.
        .then(
          (checked) => caller.notify(method, checked),
          () => undefined,
        );
    },
    ask: async (method, params, signal): Promise<Json> => {
      const answer = await caller.ask(method, await guard('output', params), signal);
      return guard('input', answer);
    },
  };
}
