// A provider's model behind the port: answers are written by the tests as a model would write them, good and bad, and
// parsed as the gateway does.
import { ShoalError } from '#foundation';
import type { GenerateRequest, GenerateResult, LanguageModel } from '#foundation';
import { answer } from '../../embedded-model.ts';
import { embeddedModel } from '../embedded-model.ts';

export interface Asked {
  /** `ontology`, `knowledge_graph` or `same_things`. */
  readonly task: string;
  readonly prompt: string;
  readonly tools: unknown;
}

/** Answers of nothing for what the test does not speak of. */
const NOTHING: Readonly<Record<string, string>> = {
  ontology: '{"entityTypes":[],"relationTypes":[]}',
  knowledge_graph: '{"entities":[],"relations":[],"claims":[]}',
  same_things: '{"same":[]}',
};

export function providerModel(reply: (asked: Asked) => string | undefined, seen: Asked[] = []): LanguageModel {
  return {
    ...embeddedModel,
    kind: 'provider',
    model: 'test/model-1',
    generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> => {
      const prompt = request.messages.map((message) => message.content).join('\n');
      const asked = { task: request.task, prompt, tools: request.tools };
      seen.push(asked);
      try {
        const said = answer(reply(asked) ?? NOTHING[request.task] ?? '{}', request);
        return { ...said, usage: { inputTokens: prompt.length, outputTokens: 7, cachedInputTokens: 0 } };
      } catch (cause) {
        throw new ShoalError('model_invalid_output', 'The answer does not fit the schema.', { cause });
      }
    },
  };
}

/** Answers to readings only. */
export const reading =
  (text: string) =>
  ({ task }: Asked): string | undefined =>
    task === 'knowledge_graph' ? text : undefined;
