// What models were asked for while a graph was built, in lines for people.
import type { GraphMade } from '#api/contract';
import type { ModelStage, ModelUse, VectorUse } from '#knowledge-graph/contract';
import { NANO_PER_USD } from '../runs/run-model.ts';

export function modelUseWords(use: Readonly<Record<ModelStage, ModelUse>>): string {
  const told = Object.entries(use).flatMap(([stage, { calls, kept, inputTokens, outputTokens }]) =>
    calls + kept === 0
      ? []
      : [`${stage} ${calls} calls${kept === 0 ? '' : ` (${kept} kept answers)`}, ${inputTokens} + ${outputTokens} tokens`],
  );
  return told.length === 0 ? 'nothing' : told.join('; ');
}

export const vectorUseView = ({ costNanoUsd, ...use }: VectorUse): NonNullable<GraphMade['vectors']> => ({
  ...use,
  costUsd: costNanoUsd / NANO_PER_USD,
});

export function vectorUseWords(use: VectorUse): string {
  const { embeddingModel, embedded, kept, inputTokens, costUsd } = vectorUseView(use);
  const had = kept === 0 ? '' : `, ${kept} were there`;
  return `${embedded} passages${had}; ${inputTokens} tokens, $${costUsd.toFixed(6)} (${embeddingModel})`;
}
