// A provider's model whose answers a test writes.
import type { GenerateRequest, GenerateResult, LanguageModel } from '#foundation';
import { answer as resultOf, embeddedModel } from '../embedded-model.ts';

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
