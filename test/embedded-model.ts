// A room's embedded skills behind the LanguageModel port, as the gateway's embedded provider runs them, for tests of
// rooms that know no gateway: the real skill answers and the real schema parses.
import type { EmbeddedSkills, GenerateRequest, GenerateResult, LanguageModel } from '#foundation';

export function embeddedModel(skills: EmbeddedSkills): LanguageModel {
  return {
    kind: 'embedded',
    model: 'embedded/rules-1',
    generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> => {
      const skill = skills[request.task];
      if (skill === undefined) throw new Error(`no skill for ${request.task}`);
      return answer(await skill(request), request);
    },
    stream: () => {
      throw new Error('no room streams from the embedded model');
    },
    embed: () => Promise.reject(new Error('no room embeds without a gateway')),
  };
}

/** A text as the gateway would return it: parsed when the request has a schema. */
export function answer<T>(text: string, request: GenerateRequest<T>, model = 'embedded/rules-1'): GenerateResult<T> {
  return {
    text,
    value: request.schema?.type.parse(JSON.parse(text)),
    toolCalls: [],
    finishReason: 'stop',
    usage: { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 },
    costNanoUsd: 0,
    model,
    requestId: 'test',
    fromCassette: false,
  };
}
