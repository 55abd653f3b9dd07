// xAI. A prompt of more than 200,000 tokens makes the whole call twice as dear.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel, CatalogueRow } from './catalogue.ts';

const LONG = 200_000;

export const XAI_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'docs.x.ai/developers/pricing, by price lists that quote it', date: '2026-10' }, [
    grok(['grok-4.7'], 500_000, 2, 0.5, 6),
  ]),
  ...rowsFrom({ source: 'docs.x.ai/developers/models, by price lists that quote it', date: '2026-07-13' }, [
    grok(['grok-4.5'], 500_000, 2, 0.5, 6),
    grok(['grok-4.3'], 1_000_000, 1.25, 0.2, 2.5),
  ]),
];

function grok(names: readonly string[], context: number, input: number, cached: number, output: number): CatalogueRow {
  const tiers = [{ above: LONG, input: input * 2, cached: cached * 2, output: output * 2 }];
  return { names, context, maxOutput: 64_000, thinks: true, input, cached, output, tiers };
}
