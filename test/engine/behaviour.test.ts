// No dead knob: every behaviour parameter and every scenario field that the engine reads changes what happens.
import { describe, expect, it } from 'vitest';
import type { LanguageModel } from '#foundation';
import type { ScenarioInput } from '#scenarios/contract';
import { BEHAVIOUR, behaviourOf } from '../../engine/policies/behaviour.ts';
import { openRecord } from '../../engine/record/record.ts';
import { digestOf, recordedRun, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 4, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
const EVERY_PLATFORM: Partial<ScenarioInput> = {
  platforms: [{ kind: 'microblog', feed: { hot: 1 } }, { kind: 'forum' }, { kind: 'chat' }],
};
const base: Partial<ScenarioInput> = { interventions };
const specWith = (scenario: Partial<ScenarioInput>) =>
  syntheticSpec({ size: 90, rounds: 14, issues: 2, actors: 12, scenario: { ...base, ...scenario } });

/** A value in range that differs enough to show in fourteen rounds. */
const OTHER: Readonly<Record<string, number>> = {
  'feed-window': 3,
  'session-actions': 1,
  'own-point': 0,
  'shift-threshold': 0.01,
  'report-threshold': 1,
  'warning-visibility': 1,
  ...Object.fromEntries(
    ['mute', 'unfollow', 'report', 'unlike', 'undislike', 'unmute', 'trend', 'search-users', 'leave'].map((name) => [name, 4]),
  ),
};
/** What a parameter shows in, where the plain world rarely comes to it. */
const MARKET = (mechanism: 'maker' | 'auction'): Partial<ScenarioInput> => ({
  platforms: [{ kind: 'microblog' }, { kind: 'market', market: { mechanism } }],
});
const WHERE: Readonly<Record<string, Partial<ScenarioInput>>> = {
  ...Object.fromEntries(['message', 'join'].map((name) => [name, { ...EVERY_PLATFORM, behaviour: { group: 2 } }])),
  group: EVERY_PLATFORM,
  ...Object.fromEntries(
    ['belief-sharpness', 'price-trust', 'trade-edge', 'risk-aversion', 'price-attention'].map((name) => [name, MARKET('maker')]),
  ),
  'market-order-gain': MARKET('auction'),
  leave: { ...EVERY_PLATFORM, behaviour: { group: 2, join: 3 } },
  'report-threshold': { behaviour: { report: 3, 'confidence-bound': 0.4 } },
  'warning-visibility': { behaviour: { report: 3, 'confidence-bound': 0.4, 'report-threshold': 1 } },
  'new-tie-strength': { behaviour: { follow: 1 } },
  undislike: { behaviour: { dislike: 1 } },
  unmute: { behaviour: { mute: 2, 'confidence-bound': 0.4 } },
};
const otherValue = ({ name, value, min, max }: (typeof BEHAVIOUR)[number]): number =>
  OTHER[name] ?? (value - min > max - value ? (value + min) / 2 : (value + max) / 2);

/** A provider that always wants to post and to agree fully: what only model decisions read shows with it. */
const eagerModel: LanguageModel = {
  kind: 'provider',
  model: 'test/eager',
  generate: (request) => {
    const answer = { action: 'post', issue: 0, text: 'I am all for it.', opinion: 1 };
    return Promise.resolve({
      text: JSON.stringify(answer),
      value: request.schema?.type.parse(answer),
      toolCalls: [],
      finishReason: 'stop',
      usage: { inputTokens: 1, outputTokens: 1, cachedInputTokens: 0 },
      costNanoUsd: 0,
      model: 'test/eager',
      requestId: '1',
      fromCassette: false,
    });
  },
  stream: () => {
    throw new Error('not used');
  },
  embed: () => Promise.resolve([]),
};

async function modelDigest(scenario: Partial<ScenarioInput>): Promise<string> {
  using folder = temporaryFolder();
  await recordedRun(folder.path('run.sqlite'), specWith(scenario), { threads: 0, model: eagerModel });
  const record = openRecord(folder.path('run.sqlite'));
  const { digest } = record;
  record.close();
  return digest;
}

describe('the behaviour table', () => {
  it('names each parameter once, with a default in its range, a meaning and a source', () => {
    expect(new Set(BEHAVIOUR.map(({ name }) => name)).size).toBe(BEHAVIOUR.length);
    for (const { name, value, min, max, meaning, source, unit } of BEHAVIOUR) {
      expect([name, value >= min && value <= max]).toEqual([name, true]);
      expect([name, meaning.length > 10, source.length > 0, unit.length > 0]).toEqual([name, true, true, true]);
    }
  });

  it.each(BEHAVIOUR.filter(({ name }) => name !== 'model-opinion-step').map((parameter) => [parameter.name, parameter] as const))(
    '%s changes the digest',
    async (name, parameter) => {
      const where = WHERE[name] ?? {};
      const changed = specWith({ ...where, behaviour: { ...where.behaviour, [name]: otherValue(parameter) } });
      expect(await digestOf(changed)).not.toBe(await digestOf(specWith(where)));
    },
  );

  it('model-opinion-step changes the digest where a model decides', async () => {
    const models = { agentShare: 0.5 };
    expect(await modelDigest({ models, behaviour: { 'model-opinion-step': 0.1 } })).not.toBe(await modelDigest({ models }));
  });

  it('suggests the nearest name for an unknown parameter', () => {
    expect(() => behaviourOf({ behaviour: { 'learning-rat': 1 } })).toThrowError(
      expect.objectContaining({ code: 'invalid_scenario', hint: expect.stringContaining('learning-rate') }),
    );
  });

  it('refuses a value out of range, saying the range', () => {
    expect(() => behaviourOf({ behaviour: { 'learning-rate': 7 } })).toThrowError(/outside 0 … 1/);
    expect(() => behaviourOf({ behaviour: { 'learning-rate': Number.NaN } })).toThrowError(/outside/);
  });
});

describe('scenario fields that the engine reads', () => {
  const changes: Readonly<Record<string, Partial<ScenarioInput>>> = {
    'clock.start': { clock: { start: '2026-01-05T20:00:00Z' } },
    'clock.start offset': { clock: { start: '2026-01-05T17:00:00+09:00' } },
    'clock.rounds': { clock: { rounds: 13 } },
    'clock.minutesPerRound': { clock: { minutesPerRound: 90 } },
    'platforms.kind': { platforms: [{ kind: 'forum' }, { kind: 'microblog' }] },
    'one platform': { platforms: [{ kind: 'microblog' }] },
    'feed.size': { platforms: [{ kind: 'microblog', feed: { size: 5 } }, { kind: 'forum' }] },
    'feed.chronological': { platforms: [{ kind: 'microblog', feed: { chronological: 5 } }, { kind: 'forum' }] },
    'feed.hot': { platforms: [{ kind: 'microblog', feed: { hot: 4 } }, { kind: 'forum' }] },
    'feed.popular': { platforms: [{ kind: 'microblog', feed: { popular: 0 } }, { kind: 'forum' }] },
    'feed.random': { platforms: [{ kind: 'microblog', feed: { random: 4 } }, { kind: 'forum' }] },
    'feed.similarity': { platforms: [{ kind: 'microblog', feed: { similarity: 4 } }, { kind: 'forum' }] },
    'feed.following': { platforms: [{ kind: 'microblog', feed: { following: 0 } }, { kind: 'forum' }] },
    'feed.outOfNetwork': { platforms: [{ kind: 'microblog', feed: { outOfNetwork: 4 } }, { kind: 'forum' }] },
    'no interventions': { interventions: [] },
    'interventions.round': { interventions: [{ ...interventions[0], round: 5 } as (typeof interventions)[0]] },
    'interventions.issue': { interventions: [{ ...interventions[0], issue: 1 } as (typeof interventions)[0]] },
    'interventions.stance': { interventions: [{ ...interventions[0], stance: -0.9 } as (typeof interventions)[0]] },
    'interventions.reach': { interventions: [{ ...interventions[0], reach: 0.1 } as (typeof interventions)[0]] },
  };
  it.each(Object.entries(changes))('%s changes the digest', async (_name, change) => {
    const spec = specWith({});
    const changed = { ...specWith(change) };
    expect(await digestOf(changed)).not.toBe(await digestOf(spec));
  });

  it('seed changes the digest, and the same seed repeats it', async () => {
    const spec = specWith({});
    expect(await digestOf({ ...spec, seed: 2 })).not.toBe(await plainDigest);
    expect(await digestOf(spec)).toBe(await plainDigest);
  });

  it('models.agentShare changes the digest where a provider is there', async () => {
    expect(await modelDigest({ models: { agentShare: 0.5 } })).not.toBe(await modelDigest({ models: { agentShare: 0.2 } }));
    expect(await modelDigest({ models: { agentShare: 0 } })).toBe(await plainDigest);
  });
});

const plainDigest = digestOf(specWith({}));
