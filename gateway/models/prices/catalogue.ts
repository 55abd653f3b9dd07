// The form of the catalogue: one file per provider, groups of rows with the page and the day they were read from.
// A model that has no row is unpriced, and unpriced models are refused: better than a price that nobody can source.
import { DAY_MS } from '#foundation';
import type { Price } from '../../contract.ts';
import { priceOf } from './usd.ts';
import type { Origin, UsdRates, UsdTier } from './usd.ts';

/** Goes up with every change of a row, so that a bill can say which prices it was made with. */
export const CATALOGUE_VERSION = '2026-11-25';

export interface CatalogueModel {
  readonly name: string;
  readonly contextTokens: number;
  /** 0 for embedding models. */
  readonly maxOutputTokens: number;
  /** Room that low effort needs to think in, for models that think before they answer. */
  readonly reasoningTokens?: number;
  readonly price: Price;
  /** A change of the price that its provider has announced. */
  readonly later?: { readonly fromMs: number; readonly price: Price };
}

export interface CatalogueRow extends UsdRates {
  /** The names of one model: what follows the first is another name for it. */
  readonly names: readonly string[];
  readonly context: number;
  readonly maxOutput: number;
  readonly thinks?: boolean;
  readonly tiers?: readonly UsdTier[];
  /** `from` is the first day of the new rates, `2026-12-01`. */
  readonly later?: UsdRates & { readonly from: string };
}

const REASONING_TOKENS = 2048;
/** New rates are taken a day early: days do not begin everywhere at once, and a call may end on the next. */

export function rowsFrom(origin: Required<Origin>, rows: readonly CatalogueRow[]): readonly CatalogueModel[] {
  return rows.flatMap(({ names, context, maxOutput, thinks, tiers, later, ...rates }) => {
    const price = priceOf(rates, tiers ?? [], origin);
    return names.map((name) => ({
      name,
      contextTokens: context,
      maxOutputTokens: maxOutput,
      ...(thinks === true ? { reasoningTokens: REASONING_TOKENS } : {}),
      price,
      ...(later === undefined
        ? {}
        : { later: { fromMs: Date.parse(later.from) - DAY_MS, price: priceOf(later, [], { ...origin, date: later.from }) } }),
    }));
  });
}

/** A dated snapshot (`-2025-08-07`, `-20251001`) costs what its family does unless it has a row of its own. */
export function findModel(models: ReadonlyMap<string, CatalogueModel>, name: string): CatalogueModel | undefined {
  return models.get(name) ?? models.get(name.replace(/-(\d{4}-\d{2}-\d{2}|20\d{6})$/, ''));
}

/** The price at a moment, and until when it holds. */
export function priceAt(model: CatalogueModel, nowMs: number): { readonly price: Price; readonly untilMs: number } {
  if (model.later === undefined) return { price: model.price, untilMs: Number.POSITIVE_INFINITY };
  return nowMs < model.later.fromMs
    ? { price: model.price, untilMs: model.later.fromMs }
    : { price: model.later.price, untilMs: Number.POSITIVE_INFINITY };
}
