// The embedded (rule-based) provider: runs the skill of the task, in this process, at no price. Tokens are estimated
// at four characters each, so that runs with and without a paid model can be compared; nothing is charged by them.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { EmbeddedSkills, GenerateRequest } from '#foundation';
import { ShoalError } from '#foundation';
import type { ModelInfo } from '../../../contract.ts';
import { embeddingAnswer, formedAnswer } from '../../content.ts';
import { replay } from '../../replay.ts';
import { NO_USAGE } from '../../exchange.ts';
import type { EmbeddingRequest, ModelRequest, ModelResponse, Usage } from '../../exchange.ts';
import type { Attempt, ModelAnswer } from '../../model-call.ts';
import type { Provider } from '../../provider.ts';
import { unsent } from '../../provider-error.ts';
import { estimatedTokens } from '../../tokens.ts';
import { extractiveAnswer } from './extractive-answer.ts';
import { invalid } from '../../dialects/openai/fields.ts';
import { folded, textVector, VECTOR_DIMENSIONS } from './text-vector.ts';

export const EMBEDDED_MODEL = 'embedded/rules-1';
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
  const generate = async (attempt: Attempt): Promise<ModelAnswer> => {
    // Rules think on the main thread: requests and Ctrl-C get their turn between two calls.
    await nextTurn();
    const request = attempt.content.local ?? localOf(unsent(() => attempt.content.request()));
    const text = await answerOf(skills, request);
    const usage: Usage = {
      ...NO_USAGE,
      inputTokens: estimatedTokens(request.messages.reduce((sum, message) => sum + message.content.length, 0)),
      outputTokens: estimatedTokens(text.length),
    };
    const response: ModelResponse = {
      id: attempt.id,
      model: EMBEDDED_MODEL,
      created: Math.floor(Date.now() / 1000),
      choices: [{ parts: [{ kind: 'text', text }], finishReason: 'stop' }],
      usage,
    };
    const { output } = attempt;
    if (output === undefined) return { usage, finishReason: 'stop', content: formedAnswer(response), dropped: [] };
    await replay(response, output);
    return { usage, finishReason: 'stop', content: undefined, dropped: [] };
  };
  return {
    id: 'embedded',
    kind: 'embedded',
    dialects: [],
    address: undefined,
    models: () => [INFO],
    describe: (name) => (`embedded/${name}` === EMBEDDED_MODEL ? INFO : undefined),
    call: async (attempt) => (attempt.operation === 'embed' ? embed(attempt) : generate(attempt)),
  };
}

function embed(attempt: Attempt): ModelAnswer {
  const { texts, dimensions = VECTOR_DIMENSIONS } = unsent(() => withinDimensions(attempt.content.embedding()));
  const inputTokens = estimatedTokens(texts.reduce((sum, text) => sum + text.length, 0));
  const response = {
    model: EMBEDDED_MODEL,
    vectors: texts.map((text) => [...folded(textVector(text), dimensions)]),
    inputTokens,
  };
  return {
    usage: { ...NO_USAGE, inputTokens },
    finishReason: 'stop',
    content: embeddingAnswer(response, undefined),
    dropped: [],
  };
}

function withinDimensions(request: EmbeddingRequest): EmbeddingRequest {
  if ((request.dimensions ?? 0) <= VECTOR_DIMENSIONS) return request;
  throw invalid('dimensions', `must be at most ${VECTOR_DIMENSIONS} for ${EMBEDDED_MODEL}`);
}

/** A request from outside as the skills read it: the words of its messages. */
function localOf({ messages }: ModelRequest): GenerateRequest {
  return {
    task: 'outside',
    stage: 'outside',
    messages: messages.map(({ role, parts }) => ({
      role: role === 'tool' ? 'user' : role,
      content: parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n'),
    })),
  };
}

function answerOf(skills: EmbeddedSkills, request: GenerateRequest): string | Promise<string> {
  const skill = Object.hasOwn(skills, request.task) ? skills[request.task] : undefined;
  if (skill !== undefined) return skill(request);
  if (request.schema === undefined) return extractiveAnswer(request);
  throw new ShoalError('internal', `No embedded skill answers "${request.task}" in the form "${request.schema.name}".`);
}
