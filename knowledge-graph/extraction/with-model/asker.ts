// Asks a model while a graph is built: answers are kept by what was asked, tokens are counted by stage, and once the
// budget is used up nothing more is asked.
import type { z } from 'zod';
import { hashOf, ShoalError } from '#foundation';
import type { LanguageModel, Message } from '#foundation';
import { MODEL_STAGES } from '../../contract.ts';
import type { FindingsCache, ModelStage, ModelUse } from '../../contract.ts';
import { PROMPT_VERSION } from './prompts.ts';

export interface Question<T> {
  readonly stage: ModelStage;
  readonly messages: readonly Message[];
  readonly name: string;
  readonly type: z.ZodType<T>;
}

export interface Asker {
  /** Undefined where the answer stayed invalid or the budget does not reach; throws whatever else the model throws. */
  ask<T>(question: Question<T>): Promise<T | undefined>;
  readonly use: Readonly<Record<ModelStage, ModelUse>>;
}

type Counts = { -readonly [Field in keyof ModelUse]: ModelUse[Field] };

export function createAsker(model: LanguageModel, cache: FindingsCache | undefined, signal: AbortSignal | undefined): Asker {
  const use = Object.fromEntries(
    MODEL_STAGES.map((stage) => [stage, { calls: 0, kept: 0, inputTokens: 0, outputTokens: 0 }]),
  ) as Record<ModelStage, Counts>;
  let isSpent = false;
  return {
    use,
    ask: async ({ stage, messages, name, type }) => {
      const key = hashOf({ model: model.model, version: PROMPT_VERSION, name, messages });
      const known = cache?.get(key);
      if (known !== undefined) {
        use[stage].kept++;
        return type.parse(JSON.parse(known));
      }
      if (isSpent) return undefined;
      try {
        const { value, usage } = await model.generate(
          { task: name, stage: 'extraction', messages, schema: { name, type }, temperature: 0 },
          signal,
        );
        use[stage].calls++;
        use[stage].inputTokens += usage.inputTokens;
        use[stage].outputTokens += usage.outputTokens;
        if (value !== undefined) cache?.put([[key, JSON.stringify(value)]]);
        return value;
      } catch (error) {
        if (!(error instanceof ShoalError)) throw error;
        if (error.code === 'budget_exceeded') isSpent = true;
        else if (error.code !== 'model_invalid_output') throw error;
        return undefined;
      }
    },
  };
}
