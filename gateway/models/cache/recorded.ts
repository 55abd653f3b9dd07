// A run's cassette as a store of answers, and the step that replays from it. Its keys are older than the cache and stay
// as they are: the hash of an agent's own request, so runs that were recorded long ago replay for nothing.
import { hashOf } from '#foundation';
import type { Cassette, GenerateRequest, GenerateResult, ToolCall } from '#foundation';
import type { Step } from '../../chain.ts';
import { jsonSchemaOf } from '../json-schema.ts';
import type { ModelResponse, Part } from '../exchange.ts';
import { NO_USAGE } from '../exchange.ts';
import { parseAnswer } from '../json-answer.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import type { AnswerStore } from './answer-store.ts';
import { ask, finishReasonOf, giveStored } from './answering.ts';

/** A run keeps what it was told, however long. */
const MOST_CHARACTERS = Number.MAX_SAFE_INTEGER;

function requestHash(model: string, request: GenerateRequest): string {
  const { messages, schema, tools, temperature, maxOutputTokens, seed, task } = request;
  const form = schema === undefined ? undefined : { name: schema.name, schema: jsonSchemaOf(schema.type) };
  return hashOf({ model, messages, form, tools, temperature, maxOutputTokens, seed, task });
}

/** Replays what the call's run has been told before; calls that bring no cassette pass. */
export function withCassette(now: () => number): Step<ModelCall, ModelAnswer> {
  return (next) => (call) => {
    const { cassette } = call;
    return cassette === undefined ? next(call) : recorded(cassetteAnswers(cassette, now))(next)(call);
  };
}

export function cassetteAnswers(cassette: Cassette, now: () => number): AnswerStore {
  return {
    get: (hash) => {
      const result = cassette.get(hash)?.result;
      return result === undefined ? undefined : { response: responseOf(result), costNanoUsd: result.costNanoUsd };
    },
    put: (hash, { response, costNanoUsd }) =>
      cassette.put(hash, { result: resultOf(response, costNanoUsd), recordedAt: new Date(now()).toISOString() }),
  };
}

/** For calls made in this process; others pass. Stands above the step that repairs structured answers. */
export function recorded(store: AnswerStore): Step<ModelCall, ModelAnswer> {
  return (next) => async (call) => {
    const { local } = call.content;
    if (local === undefined) return next(call);
    const { tally } = call;
    const hash = requestHash(call.target, local);
    const known = store.get(hash)?.response;
    if (known !== undefined && fits(local, known)) {
      tally.fromCassette = true;
      tally.inputTokens = known.usage.inputTokens;
      tally.outputTokens = known.usage.outputTokens;
      tally.cachedInputTokens = known.usage.cachedInputTokens;
      return giveStored(call, known);
    }
    const { answer, response } = await ask(next, call, MOST_CHARACTERS);
    if (response !== undefined) {
      // Usage and cost are the tally's: every attempt that was charged is in them.
      const { inputTokens, outputTokens, cachedInputTokens, costNanoUsd } = tally;
      const usage = { ...response.usage, inputTokens, outputTokens, cachedInputTokens };
      store.put(hash, { response: { ...response, id: call.id, model: call.target, usage }, costNanoUsd });
    }
    return answer;
  };
}

/** A recorded answer that the schema of today does not take is asked for again. */
function fits({ schema }: GenerateRequest, response: ModelResponse): boolean {
  const parts = response.choices[0]?.parts ?? [];
  if (schema === undefined || parts.some((part) => part.kind === 'tool-call')) return true;
  return parseAnswer(textOf(parts), schema.type, finishReasonOf(response) !== 'length').kind === 'ok';
}

function textOf(parts: readonly Part[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
}

function responseOf({ text, toolCalls, finishReason, usage, model, requestId }: GenerateResult): ModelResponse {
  const parts: Part[] = text === '' ? [] : [{ kind: 'text', text }];
  for (const { id, name, arguments: args } of toolCalls) {
    parts.push({ kind: 'tool-call', id, name, arguments: JSON.stringify(args) ?? '' });
  }
  return { id: requestId, model, created: 0, choices: [{ parts, finishReason }], usage: { ...NO_USAGE, ...usage } };
}

function resultOf({ id, model, choices, usage }: ModelResponse, costNanoUsd: number): GenerateResult {
  const { parts, finishReason } = choices[0] ?? { parts: [], finishReason: 'other' };
  const { inputTokens, outputTokens, cachedInputTokens } = usage;
  return {
    text: textOf(parts),
    value: undefined,
    toolCalls: parts.flatMap((part): ToolCall[] =>
      part.kind === 'tool-call' ? [{ id: part.id, name: part.name, arguments: parsed(part.arguments) }] : [],
    ),
    finishReason,
    usage: { inputTokens, outputTokens, cachedInputTokens },
    costNanoUsd,
    model,
    requestId: id,
    fromCassette: false,
  };
}

/** As the contract of ToolCall says: what is not JSON is undefined. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
