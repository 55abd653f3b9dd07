// Anthropic, first-party API. A cache write costs 1.25 × input for five minutes and 2 × for an hour.
import { rowsFrom } from './catalogue.ts';
import type { CatalogueModel, CatalogueRow } from './catalogue.ts';

const MILLION = 1_000_000;

export const ANTHROPIC_MODELS: readonly CatalogueModel[] = [
  ...rowsFrom({ source: 'platform.claude.com/docs/en/about-claude/pricing', date: '2026-10-24' }, [
    claude('claude-fable-5-1', MILLION, 128_000, 10, 0.25, 50),
    claude('claude-fable-5', MILLION, 128_000, 10, 1, 50),
    claude('claude-opus-5-5', MILLION, 128_000, 4, 0.2, 20),
    claude('claude-opus-5', MILLION, 128_000, 5, 0.5, 25),
    claude('claude-sonnet-5-5', MILLION, 128_000, 2, 0.1, 10),
    claude('claude-sonnet-5', MILLION, 128_000, 2, 0.2, 10),
    {
      ...claude('claude-haiku-5-5', MILLION, 128_000, 0.1, 0.01, 0.5),
      // A longer prompt, cache reads and writes counted, makes every token of the call dearer.
      tiers: [{ above: 100_000, input: 0.5, cached: 0.05, write: 0.625, longWrite: 1, output: 2.5 }],
    },
    claude('claude-opus-4-8', MILLION, 128_000, 5, 0.5, 25),
    claude('claude-opus-4-7', MILLION, 128_000, 5, 0.5, 25),
    claude('claude-opus-4-6', MILLION, 128_000, 5, 0.5, 25),
    claude('claude-opus-4-5', 200_000, 64_000, 5, 0.5, 25),
    claude('claude-sonnet-4-6', MILLION, 64_000, 3, 0.3, 15),
    claude('claude-haiku-4-5', 200_000, 64_000, 1, 0.1, 5),
  ]),
];

/** Since the fifth generation, thinking is on unless it is switched off. */
function claude(name: string, context: number, maxOutput: number, input: number, cached: number, output: number): CatalogueRow {
  return {
    names: [name],
    context,
    maxOutput,
    thinks: /-5(-|$)/.test(name) && !/4-5/.test(name),
    input,
    cached,
    write: input * 1.25,
    longWrite: input * 2,
    output,
  };
}
