// The embedded (rule-based) provider: runs the skill of the task, in this process, at no price. Tokens are estimated
// at four characters each, so that runs with and without a paid model can be compared; nothing is charged by them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EmbeddedSkills, GenerateRequest } from '#foundation';
import { ShoalError } from '#foundation';
import type { ModelInfo, Provider, ProviderAnswer, ProviderCall } from '../../../contract.ts';
import { estimatedTokens } from '../../tokens.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import { textVector } from './text-vector.ts';

export const EMBEDDED_MODEL = 'embedded/rules-1';
/** Streamed text comes in pieces of about this many characters, cut at spaces. */
const PIECE = 48;

const INFO: ModelInfo = {
  id: EMBEDDED_MODEL,
  kind: 'embedded',
  price: {
    inputNanoUsdPerToken: 0,
    cachedInputNanoUsdPerToken: 0,
    outputNanoUsdPerToken: 0,
    source: 'runs in this process, at no price',
  },
  contextTokens: 4_000_000,
  maxOutputTokens: 1_000_000,
  available: true,
};

export function createEmbeddedProvider(skills: EmbeddedSkills): Provider {
  const generate = async ({ request }: ProviderCall): Promise<ProviderAnswer> => {
    // Rules think on the main thread: requests and Ctrl-C get their turn between two calls.
    await nextTurn();
    const text = await answerOf(skills, request);
    return {
      text,
      toolCalls: [],
      finishReason: 'stop',
      usage: {
        inputTokens: estimatedTokens(request.messages.reduce((sum, message) => sum + message.content.length, 0)),
        outputTokens: estimatedTokens(text.length),
        cachedInputTokens: 0,
      },
    };
  };
  return {
    id: 'embedded',
    kind: 'embedded',
    available: true,
    models: () => [INFO],
    generate,
    async *stream(call, signal) {
      const answer = await generate(call);
      for (const text of pieces(answer.text)) {
        signal.throwIfAborted();
        yield { kind: 'text-delta', text };
      }
      yield { kind: 'finish', answer };
    },
    embed: async (_model, texts) => ({
      vectors: texts.map(textVector),
      inputTokens: estimatedTokens(texts.reduce((sum, text) => sum + text.length, 0)),
    }),
  };
}

function answerOf(skills: EmbeddedSkills, request: GenerateRequest): string | Promise<string> {
  const skill = Object.hasOwn(skills, request.task) ? skills[request.task] : undefined;
  if (skill !== undefined) return skill(request);
  if (request.schema === undefined) return extractiveAnswer(request);
  throw new ShoalError('internal', `No embedded skill answers "${request.task}" in the form "${request.schema.name}".`);
}

function* pieces(text: string): Generator<string> {
  for (let start = 0; start < text.length;) {
    const space = text.indexOf(' ', start + PIECE);
    const end = space < 0 ? text.length : space + 1;
    yield text.slice(start, end);
    start = end;
  }
}
