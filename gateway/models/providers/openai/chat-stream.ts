// Chunks of a streamed completion, gathered into parts as they come and one answer at the end.
import { z } from 'zod';
import type { TokenUsage } from '#foundation';
import type { ProviderAnswer, ProviderCall } from '../../../contract.ts';
import { finishReasonOf, toolCallOf, Usage, usageBound, usageOf, WireToolCall } from './chat-answer.ts';

const Chunk = z.object({
  choices: z
    .array(
      z.object({
        delta: z
          .object({
            content: z.string().nullish(),
            refusal: z.string().nullish(),
            tool_calls: z.array(WireToolCall).nullish(),
          })
          .nullish(),
        finish_reason: z.string().nullish(),
      }),
    )
    .nullish()
    .transform((choices) => choices ?? []),
  usage: Usage.nullish().catch(undefined),
});

export interface Gathered {
  /** Whether the model bills tokens that it does not show. */
  readonly reasoning: boolean;
  /** Takes one chunk; returns the text in it. Throws where it is not a chunk. */
  take(data: unknown): string;
  /** Whether the model itself said that it had finished. */
  readonly finished: boolean;
  /** What has been used by now, as far as is known. */
  usage(): TokenUsage;
  answer(): ProviderAnswer;
}

export function gatherChat(call: ProviderCall, reasoning: boolean): Gathered {
  const calls = new Map<number, { id: string | undefined; name: string; arguments: string }>();
  let text = '';
  let refused = false;
  let finish: string | undefined;
  let reported: TokenUsage | undefined;

  const toolCalls = (): ProviderAnswer['toolCalls'] =>
    [...calls].map(([index, { id, ...named }]) => toolCallOf({ id, function: named }, index));
  const usage = (): TokenUsage => reported ?? usageBound(call, text, toolCalls(), reasoning);

  return {
    reasoning,
    take: (data) => {
      const chunk = Chunk.parse(data);
      if (chunk.usage) reported = usageOf(chunk.usage);
      const choice = chunk.choices[0];
      for (const [position, part] of (choice?.delta?.tool_calls ?? []).entries()) {
        const index = part.index ?? position;
        const known = calls.get(index) ?? { id: undefined, name: '', arguments: '' };
        known.id ??= part.id ?? undefined;
        known.name += part.function?.name ?? '';
        known.arguments += part.function?.arguments ?? '';
        calls.set(index, known);
      }
      finish = choice?.finish_reason ?? finish;
      refused ||= Boolean(choice?.delta?.refusal);
      const piece = choice?.delta?.content || choice?.delta?.refusal || '';
      text += piece;
      return piece;
    },
    get finished() {
      return finish !== undefined;
    },
    usage,
    answer: () => ({
      text,
      toolCalls: toolCalls(),
      finishReason: refused ? 'content-filter' : finishReasonOf(finish),
      usage: usage(),
    }),
  };
}
