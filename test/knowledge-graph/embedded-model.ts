// The room's own skills behind the LanguageModel port: what the gateway's embedded provider does, without a gateway.
import type { GenerateRequest, GenerateResult, LanguageModel } from '#foundation';
import { knowledgeGraphSkills } from '#knowledge-graph';

export const embeddedModel: LanguageModel = {
  kind: 'embedded',
  model: 'embedded/rules-1',
  generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> => {
    const skill = knowledgeGraphSkills[request.task];
    if (skill === undefined) throw new Error(`no skill for ${request.task}`);
    const text = await skill(request);
    return answer(text, request);
  },
  stream: () => {
    throw new Error('extraction does not stream');
  },
  embed: () => Promise.reject(new Error('extraction does not embed')),
};

/** A model's text as the gateway would return it: parsed when a schema asks for it. */
export function answer<T>(text: string, request: GenerateRequest<T>): GenerateResult<T> {
  return {
    text,
    value: request.schema?.type.parse(JSON.parse(text)),
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
    costNanoUsd: 0,
    model: 'embedded/rules-1',
    requestId: 'test',
    fromCassette: false,
  };
}
