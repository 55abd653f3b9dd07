// Typing by evidence: every hint adds to a type's score, scores of all mentions are pooled, and the best type wins
// only with enough evidence and a clear lead. `unknown` is an answer.
import type { EntityType } from '../contract.ts';

export type TypeScores = Map<EntityType, number>;

export interface Evidence {
  readonly type: EntityType;
  readonly weight: number;
  readonly subtype?: string;
  /** A hint that proves little however often it recurs: at most `WEAK_CAP` of it counts per document. */
  readonly weak?: true;
}

export const WEAK_CAP = 1.6;

const ENOUGH = 1.4;
const LEAD = 0.2;

export interface TypeDecision {
  readonly type: EntityType;
  readonly confidence: number;
}

/** The best supported type, or `unknown`. Ties break by name, so the answer never depends on order. */
export function decideType(scores: Iterable<readonly [EntityType, number]>): TypeDecision {
  const found = leading(scores);
  if (found === undefined) return { type: 'unknown', confidence: 0.3 };
  const strength = found.weight / (found.weight + 1.5);
  return { type: found.type, confidence: round(Math.min(0.98, strength * (0.7 + 0.3 * found.lead))) };
}

/** The type of `decideType` alone: asked for far more often than how sure it is. */
export const bestType = (scores: Iterable<readonly [EntityType, number]>): EntityType => leading(scores)?.type ?? 'unknown';

interface Leading {
  readonly type: EntityType;
  readonly weight: number;
  /** 0–1: how far it is ahead. */
  readonly lead: number;
}

function leading(scores: Iterable<readonly [EntityType, number]>): Leading | undefined {
  let best: readonly [EntityType, number] | undefined;
  let second: typeof best;
  for (const entry of scores) {
    if (best === undefined || isAhead(entry, best)) [best, second] = [entry, best];
    else if (second === undefined || isAhead(entry, second)) second = entry;
  }
  if (best === undefined || best[1] < ENOUGH) return undefined;
  const lead = (best[1] - Math.max(0, second?.[1] ?? 0)) / best[1];
  return lead < LEAD ? undefined : { type: best[0], weight: best[1], lead };
}

const isAhead = (left: readonly [EntityType, number], right: readonly [EntityType, number]): boolean =>
  left[1] > right[1] || (left[1] === right[1] && left[0] < right[0]);

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));
