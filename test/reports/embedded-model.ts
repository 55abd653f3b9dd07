// A LanguageModel around embedded skills: calls the real skill and parses its answer with the request's schema.
import type { EmbeddedSkills, GenerateRequest, GenerateResult, LanguageModel } from '#foundation';

export function embeddedModel(skills: EmbeddedSkills): LanguageModel {
  return {
    kind: 'embedded',
    model: 'embedded/rules-1',
    generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> => {
      const text = await (skills[request.task]?.(request) ?? '');
      return resultOf(text, request, 'embedded/rules-1');
    },
    stream: () => {
      throw new Error('not used by reports');
    },
    embed: async () => [],
  };
}

/** A provider's model that answers with whatever `answer` makes of the request. */
export function providerModel(answer: (request: GenerateRequest) => string | Promise<string>): LanguageModel {
  return {
    ...embeddedModel({}),
    kind: 'provider',
    model: 'acme/writer-1',
    generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> =>
      resultOf(await answer(request as GenerateRequest), request, 'acme/writer-1'),
  };
}

function resultOf<T>(text: string, request: GenerateRequest<T>, model: string): GenerateResult<T> {
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
