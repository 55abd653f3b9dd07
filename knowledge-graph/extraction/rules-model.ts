// The rules behind the model port, for a thread that has no gateway. They know documents and nothing else.
import { ShoalError } from '#foundation';
import type { GenerateRequest, GenerateResult, LanguageModel } from '#foundation';
import { knowledgeGraphSkills } from './skills.ts';

const NO_TOKENS = { inputTokens: 0, outputTokens: 0, cachedInputTokens: 0 };

const unable = (what: string): ShoalError => new ShoalError('internal', `The rules of the graph's thread cannot ${what}.`);

/** `name` is what the embedded model is called outside of the thread: findings are kept under it. */
export function rulesModel(name: string): LanguageModel {
  return {
    kind: 'embedded',
    model: name,
    generate: async <T>(request: GenerateRequest<T>): Promise<GenerateResult<T>> => {
      const skill = knowledgeGraphSkills[request.task];
      if (skill === undefined) throw unable(`do "${request.task}"`);
      const text = await skill(request);
      return {
        text,
        value: request.schema?.type.parse(JSON.parse(text)),
        toolCalls: [],
        finishReason: 'stop',
        usage: NO_TOKENS,
        costNanoUsd: 0,
        model: name,
        requestId: 'thread',
        fromCassette: false,
      };
    },
    stream: () => {
      throw unable('stream');
    },
    embed: () => Promise.reject(unable('embed')),
  };
}
