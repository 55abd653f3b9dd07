// Every feature from every API to every other: what a client asks in its words reaches the provider in the provider's,
// or is refused with a reason, or is named as left out. Nothing is lost in silence.
import { describe, expect, it } from 'vitest';
import { DIALECT_IDS } from '../../../gateway/models/dialects/dialect.ts';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';
import type { Json } from '../../../gateway/models/exchange.ts';
import { ALL_DIALECTS } from './all-dialects.ts';
import { BASE, FEATURES, MODELS } from './feature-requests.ts';
import type { Feature, Outcome } from './feature-requests.ts';

const PAIRS = FEATURES.flatMap((feature) =>
  DIALECT_IDS.filter((from) => feature.asked[from] !== undefined).flatMap((from) =>
    DIALECT_IDS.filter((to) => to !== from).map((to) => [feature.name, from, to, feature] as const),
  ),
);

describe('a request', () => {
  it.each(PAIRS)('with %s, from %s to %s', (_name, from, to, feature) => {
    const outcome = outcomeFor(feature, to);
    const { json, dropped, refused } = becomes(feature, from, to);
    const left = 'dropped' in outcome ? dropped.filter((name) => name === outcome.dropped) : dropped;
    expect(refused).toMatch('refused' in outcome ? outcome.refused : /^$/);
    expect(left).toEqual('dropped' in outcome ? [outcome.dropped] : []);
    expect(json).toMatchObject('sent' in outcome ? outcome.sent : {});
  });

  it('says of every feature what becomes of it everywhere', () => {
    for (const feature of FEATURES) for (const to of DIALECT_IDS) expect(() => outcomeFor(feature, to)).not.toThrow();
  });
});

function outcomeFor({ name, asked, but }: Feature, to: DialectId): Outcome {
  const own = asked[to];
  const outcome = but?.[to] ?? (own === undefined ? undefined : { sent: own });
  if (outcome === undefined) throw new Error(`${name}: nothing is said about ${to}`);
  return outcome;
}

interface Became {
  readonly json: Json;
  readonly dropped: readonly string[];
  readonly refused: string;
}

function becomes({ asked, models }: Feature, from: DialectId, to: DialectId): Became {
  const model = (api: DialectId): string => models?.[api] ?? MODELS[api];
  const request = ALL_DIALECTS[from].decodeRequest({ ...BASE[from], ...asked[from], model: model(from) });
  try {
    const capped = { ...request, model: model(to), maxOutputTokens: request.maxOutputTokens ?? 4000 };
    const { json, dropped } = ALL_DIALECTS[to].encodeRequest(capped);
    return { json: JSON.parse(JSON.stringify(json)) as Json, dropped, refused: '' };
  } catch (error) {
    return { json: {}, dropped: [], refused: String(error) };
  }
}
