// A whole generateContent answer, both ways.
import { randomUUID } from 'node:crypto';
import type { FinishReason, Json, ModelChoice, ModelResponse } from '../../exchange.ts';
import { isJson, NO_USAGE } from '../../exchange.ts';
import { bytesForClient } from '../proof.ts';
import { badAnswer, objectIn, objectsIn, readAnswer, secondsNow, textIn } from '../reading.ts';
import { createCallIds } from './call-ids.ts';
import type { CallIds } from './call-ids.ts';
import { logprobsJson, readLogprobs } from './logprobs.ts';
import { partsOf } from './parts-in.ts';
import { partsJson } from './parts-out.ts';
import type { PartsContext } from './parts-out.ts';
import { usageFrom, usageJson } from './usage.ts';

const FINISH: Readonly<Record<string, FinishReason>> = {
  STOP: 'stop',
  MAX_TOKENS: 'length',
  SAFETY: 'content-filter',
  RECITATION: 'content-filter',
  BLOCKLIST: 'content-filter',
  PROHIBITED_CONTENT: 'content-filter',
  SPII: 'content-filter',
  IMAGE_SAFETY: 'content-filter',
  IMAGE_PROHIBITED_CONTENT: 'content-filter',
  IMAGE_RECITATION: 'content-filter',
};
export const FINISH_REASONS: Readonly<Record<FinishReason, string>> = {
  stop: 'STOP',
  'tool-calls': 'STOP',
  length: 'MAX_TOKENS',
  'content-filter': 'SAFETY',
  other: 'OTHER',
};

/** The API has no reason of its own for tool calls. */
export function finishReasonOf(reason: string, called: boolean): FinishReason {
  const finish = FINISH[reason] ?? 'other';
  return finish === 'stop' && called ? 'tool-calls' : finish;
}

/** Whether the prompt itself was refused: then there are no candidates. */
export const isBlocked = (json: Json): boolean => typeof objectIn(json, 'promptFeedback')?.['blockReason'] === 'string';

export const newCallIds = (): CallIds => createCallIds(`call_${randomUUID().replaceAll('-', '')}_`);

export function decodeResponse(json: unknown): ModelResponse {
  if (!isJson(json) || (!Array.isArray(json['candidates']) && !isBlocked(json))) throw badAnswer('Gemini', 'has no candidates');
  const ids = newCallIds();
  const choices = objectsIn(json, 'candidates').map((candidate) => choiceOf(candidate, ids));
  return {
    id: textIn(json, 'responseId') ?? randomUUID(),
    model: textIn(json, 'modelVersion') ?? '',
    created: secondsNow(),
    choices: choices.length === 0 && isBlocked(json) ? [{ parts: [], finishReason: 'content-filter' }] : choices,
    usage: usageFrom(json['usageMetadata']) ?? NO_USAGE,
  };
}

function choiceOf(candidate: Json, ids: CallIds): ModelChoice {
  const content = objectIn(candidate, 'content') ?? {};
  const parts = mergedTexts(readAnswer('Gemini', () => partsOf(objectsIn(content, 'parts'), 'content.parts', ids, [])));
  const called = parts.some((part) => part.kind === 'tool-call');
  const logprobs = readLogprobs(candidate['logprobsResult']);
  return {
    parts,
    finishReason: finishReasonOf(textIn(candidate, 'finishReason') ?? '', called),
    ...(logprobs === undefined ? {} : { logprobs }),
  };
}

/** The API cuts one text into parts as it likes. */
function mergedTexts(parts: ModelChoice['parts']): ModelChoice['parts'] {
  const out: ModelChoice['parts'][number][] = [];
  for (const part of parts) {
    const last = out.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') out[out.length - 1] = { kind: 'text', text: last.text + part.text };
    else out.push(part);
  }
  return out;
}

const clientContext: Omit<PartsContext, 'dropped'> = {
  proof: (proof) => bytesForClient('gemini', proof),
  signedCalls: false,
  mediaInResults: true,
  nameOf: (id) => id,
};

export function encodeResponse(response: ModelResponse, request: { readonly model: string }): Json {
  const candidates = response.choices.map((choice, index) => {
    const logprobsResult = logprobsJson(choice.logprobs);
    return {
      content: { role: 'model', parts: partsJson(choice.parts, { ...clientContext, dropped: new Set() }) },
      finishReason: FINISH_REASONS[choice.finishReason],
      index,
      ...(logprobsResult === undefined ? {} : { logprobsResult }),
    };
  });
  return { candidates, usageMetadata: usageJson(response.usage), modelVersion: request.model, responseId: response.id };
}
