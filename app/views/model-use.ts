// What a model was asked for while a graph was built, in a line for people.
import type { ModelStage, ModelUse } from '#knowledge-graph/contract';

export function modelUseWords(use: Readonly<Record<ModelStage, ModelUse>>): string {
  const told = Object.entries(use).flatMap(([stage, { calls, kept, inputTokens, outputTokens }]) =>
    calls + kept === 0
      ? []
      : [`${stage} ${calls} calls${kept === 0 ? '' : ` (${kept} kept answers)`}, ${inputTokens} + ${outputTokens} tokens`],
  );
  return told.length === 0 ? 'nothing' : told.join('; ');
}
