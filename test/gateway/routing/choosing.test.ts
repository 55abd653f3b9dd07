// Which target a call goes to: strategies, keys, canaries, conditions, tags, lists and prices.
import { describe, expect, it } from 'vitest';
import { shareOf } from '../../../gateway/models/routing/sticky.ts';
import type { RouterOptions } from '../../../gateway/models/routing/router.ts';
import type { RoutingConfig } from '../../../gateway/models/routing/settings.ts';
import { BARE_REQUEST } from '../bare-request.ts';
import { contentOf, keyed, targetOf } from './model-calls.ts';
import { after, worldOf } from './router-world.ts';
import type { RouterWorld } from './router-world.ts';

/** Draws that are the same every time the tests run (a linear congruential generator). */
function draws(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

async function sharesOf(
  world: RouterWorld,
  calls: number,
  send: (index: number) => Promise<unknown>,
): Promise<Map<string, number>> {
  for (let index = 0; index < calls; index++) await send(index);
  const counts = new Map<string, number>();
  for (const name of world.tried()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

/** How many standard deviations of a binomial a count is off; by chance it is over 5 once in two million. */
function deviationsOf(count: number | undefined, calls: number, share: number): number {
  return Math.abs((count ?? 0) - calls * share) / Math.sqrt(calls * share * (1 - share));
}

const group = (targets: NonNullable<RoutingConfig['groups']>[string]['targets'], rest: object = {}): RoutingConfig => ({
  groups: { g: { targets, ...rest } },
});

describe('a name', () => {
  it('leads to its model, its group, or what it is an alias of', async () => {
    const world = worldOf({ ...group(['x/in-group']), aliases: { short: 'x/long', other: 'g' } });
    for (const name of ['x/plain', 'g', 'short', 'other']) await world.send(name);
    expect(world.tried()).toEqual(['x/plain', 'x/in-group', 'x/long', 'x/in-group']);
  });

  it('that nobody knows is refused before any attempt', async () => {
    const world = worldOf({});
    await expect(world.send('nothing')).rejects.toMatchObject({ code: 'model_unknown' });
    expect(world.seen).toEqual([]);
  });

  it('of a group leaves out targets whose provider is not configured, and fails when that is all of them', async () => {
    const world = worldOf({ groups: { g: { targets: ['missing/a', 'x/b'] }, h: { targets: ['missing/a'] } } });
    await world.send('g');
    expect(world.tried()).toEqual(['x/b']);
    await expect(world.send('h')).rejects.toMatchObject({ code: 'model_unavailable' });
  });
});

describe('an attempt', () => {
  it('carries its target, key, cap and the group’s timeouts, and leaves the call as it was', async () => {
    const world = worldOf(group(['x/a'], { timeouts: { firstByteMs: 5000 } }));
    await world.send('g', { maxOutputTokens: 700 });
    const attempt = world.seen[0]?.attempt;
    expect(attempt).toMatchObject({ asked: 'g', target: 'x/a', cap: 500, keyIndex: 0, timeouts: { firstByteMs: 5000 } });
    expect(attempt?.place.info.id).toBe('x/a');
  });

  it('leaves room for thoughts where the caller names no cap', async () => {
    const world = worldOf({}, { resolve: (model) => targetOf(model, { maxOutputTokens: 10_000, reasoningTokens: 2000 }) });
    await world.send('x/a', { maxOutputTokens: undefined });
    await world.send('x/a', { maxOutputTokens: 100 });
    await world.send('x/a', { operation: 'embed', maxOutputTokens: undefined });
    expect(world.seen.map(({ attempt }) => attempt.cap)).toEqual([3024, 100, 0]);
  });
});

describe('strategies', () => {
  it('`weighted` shares traffic by weight; a target of weight 0 gets none', async () => {
    const calls = 4000;
    const targets = [
      { model: 'x/a', weight: 6 },
      { model: 'x/b', weight: 3 },
      { model: 'x/c', weight: 1 },
      { model: 'x/d', weight: 0 },
    ];
    const world = worldOf(group(targets, { strategy: 'weighted' }), { random: draws() });
    const counts = await sharesOf(world, calls, () => world.send('g'));
    expect(deviationsOf(counts.get('x/a'), calls, 0.6)).toBeLessThanOrEqual(5);
    expect(deviationsOf(counts.get('x/b'), calls, 0.3)).toBeLessThanOrEqual(5);
    expect(deviationsOf(counts.get('x/c'), calls, 0.1)).toBeLessThanOrEqual(5);
    expect(counts.get('x/d')).toBeUndefined();
  });

  it('`priority` takes the first, by number or by position, and shares among equals', async () => {
    const world = worldOf(group(['x/a', 'x/b']));
    await world.send('g');
    expect(world.tried()).toEqual(['x/a']);
    const calls = 1000;
    const equals = [{ model: 'x/z', priority: 5 }, ...['x/a', 'x/b'].map((model) => ({ model, priority: 1 }))];
    const shared = worldOf(group(equals), { random: draws() });
    const counts = await sharesOf(shared, calls, () => shared.send('g'));
    expect(deviationsOf(counts.get('x/a'), calls, 0.5)).toBeLessThanOrEqual(5);
    expect(counts.get('x/z')).toBeUndefined();
  });

  it('`round-robin` goes around', async () => {
    const world = worldOf(group(['x/a', 'x/b', 'x/c'], { strategy: 'round-robin' }));
    await sharesOf(world, 6, () => world.send('g'));
    expect(world.tried()).toEqual(['x/a', 'x/b', 'x/c', 'x/a', 'x/b', 'x/c']);
  });

  it('`cost` takes what is cheapest for this very call, and never what has no price', async () => {
    const prices: Readonly<Record<string, readonly [number, number] | undefined>> = { 'x/long': [1, 100], 'x/short': [50, 1] };
    const world = worldOf(group(['x/unpriced', 'x/long', 'x/short'], { strategy: 'cost' }), {
      allowUnpriced: true,
      resolve: (model) => {
        const [input, output] = prices[model] ?? [0, 0];
        const price = {
          inputNanoUsdPerToken: input,
          cachedInputNanoUsdPerToken: 0,
          outputNanoUsdPerToken: output,
          source: 'test',
        };
        return targetOf(model, { price: prices[model] === undefined ? undefined : price });
      },
    });
    await world.send('g', { inputTokenBound: 1000, maxOutputTokens: 10 });
    await world.send('g', { inputTokenBound: 10, maxOutputTokens: 400 });
    expect(world.tried()).toEqual(['x/long', 'x/short']);
  });

  it('`latency` prefers what has answered faster, and what has less under way', async () => {
    const world = worldOf(group(['x/slow', 'x/fast'], { strategy: 'latency' }), { random: draws() });
    world.behaviours.set('x/slow', after(world.clock, 900));
    world.behaviours.set('x/fast', after(world.clock, 100));
    for (let call = 0; call < 40; call++) await world.clock.until(world.send('g'));
    const alone = world.tried().slice(2);
    expect(alone.filter((name) => name === 'x/fast').length).toBeGreaterThan(alone.length * 0.8);
    // Nine at the fast one are as bad as one at the slow one: with many under way both get some.
    const from = world.seen.length;
    await world.clock.until(Promise.all(Array.from({ length: 40 }, () => world.send('g'))));
    const busy = world.tried().slice(from);
    expect(busy.filter((name) => name === 'x/slow').length).toBeGreaterThanOrEqual(2);
    expect(busy.filter((name) => name === 'x/fast').length).toBeGreaterThan(20);
  });

  it('`latency` asks one that was slow once again after a while', async () => {
    const world = worldOf(group(['x/once-slow', 'x/steady'], { strategy: 'latency' }), { random: draws() });
    world.behaviours.set('x/once-slow', after(world.clock, 5000));
    world.behaviours.set('x/steady', after(world.clock, 300));
    for (let call = 0; call < 4; call++) await world.clock.until(world.send('g'));
    world.behaviours.set('x/once-slow', after(world.clock, 10));
    const from = world.seen.length;
    for (let call = 0; call < 200; call++) await world.clock.until(world.send('g'));
    expect(world.tried().slice(from)).toContain('x/once-slow');
  });
});

describe('several keys of a provider', () => {
  it('share its traffic by weight', async () => {
    const calls = 3000;
    const world = worldOf({}, { keyWeights: () => [3, 1], random: draws() });
    for (let call = 0; call < calls; call++) await world.send('x/a');
    expect(deviationsOf(world.seen.filter(({ attempt }) => attempt.keyIndex === 0).length, calls, 0.75)).toBeLessThanOrEqual(5);
  });

  it('are passed over while our limits say that they have nothing left', async () => {
    const world = worldOf({}, { keyWeights: () => [1, 1], readyInMs: (_provider, _model, key) => (key === 0 ? 500 : 0) });
    for (let call = 0; call < 20; call++) await world.send('x/a');
    expect(new Set(world.seen.map(({ attempt }) => attempt.keyIndex))).toEqual(new Set([1]));
  });
});

const canaried = (by: 'user' | 'run' | 'call'): RoutingConfig => group(['x/old', { model: 'x/new', canary: { share: 0.2, by } }]);

describe('a canary', () => {
  it('takes its share of users, and each user stays on one side', async () => {
    const users = 3000;
    const world = worldOf(canaried('user'));
    const counts = await sharesOf(world, users, (user) => world.send('g', { principal: keyed({ user: `u${user}` }) }));
    expect(deviationsOf(counts.get('x/new'), users, 0.2)).toBeLessThanOrEqual(5);
    const from = world.seen.length;
    for (let user = 0; user < 200; user++) await world.send('g', { principal: keyed({ user: `u${user}` }) });
    expect(world.tried().slice(from)).toEqual(world.tried().slice(0, 200));
  });

  it('sticks to runs and to calls as well', async () => {
    for (const by of ['run', 'call'] as const) {
      const world = worldOf(canaried(by));
      const counts = await sharesOf(world, 2000, (index) => world.send('g', { runId: `r${index}`, id: `c${index}` }));
      expect(deviationsOf(counts.get('x/new'), 2000, 0.2)).toBeLessThanOrEqual(5);
    }
  });

  it('gives its share back to the others while it is ill', async () => {
    const world = worldOf(group(['x/old', { model: 'x/new', canary: { share: 1, by: 'call' } }]), {
      readyInMs: (_provider, model) => (model === 'x/new' ? 1000 : 0),
    });
    await world.send('g');
    expect(world.tried()).toEqual(['x/old']);
  });

  it('draws evenly over short and long names alike', () => {
    const names = Array.from({ length: 4000 }, (_, index) => shareOf('g', 'user', `${index}`));
    for (let tenth = 0; tenth < 10; tenth++) {
      expect(
        deviationsOf(names.filter((share) => Math.floor(share * 10) === tenth).length, names.length, 0.1),
      ).toBeLessThanOrEqual(5);
    }
  });
});

describe('conditions', () => {
  const image = { kind: 'image', source: { kind: 'url', url: 'https://example.org/a.png' } } as const;
  const withImage = contentOf({ ...BARE_REQUEST, messages: [{ role: 'user', parts: [image] }] });
  const withTool = contentOf({ ...BARE_REQUEST, tools: [{ name: 't', description: undefined, parameters: {} }] });
  const cases: readonly [string, object, Parameters<RouterWorld['send']>[1], Parameters<RouterWorld['send']>[1]][] = [
    ['tags', { tags: ['eu'] }, { tags: ['eu', 'x'] }, { tags: ['us'] }],
    ['teams', { teams: ['a'] }, { principal: keyed({ team: 'a' }) }, { principal: keyed({ team: 'b' }) }],
    ['users', { users: ['a'] }, { principal: keyed({ user: 'a' }) }, {}],
    ['runs', { runs: ['r'] }, { runId: 'r' }, { runId: 's' }],
    ['being in a run', { inRun: true }, { runId: 'r' }, {}],
    ['being in none', { inRun: false }, {}, { runId: 'r' }],
    ['stages', { stages: ['chat'] }, { stage: 'chat' }, { stage: 'agents' }],
    ['long prompts', { minInputTokens: 1000 }, { inputTokenBound: 1000 }, { inputTokenBound: 999 }],
    ['short prompts', { maxInputTokens: 1000 }, { inputTokenBound: 1000 }, { inputTokenBound: 1001 }],
    ['tools', { hasTools: true }, { content: withTool }, {}],
    ['no tools', { hasTools: false }, {}, { content: withTool }],
    ['images', { hasImages: true }, { content: withImage }, {}],
    ['all at once', { stages: ['chat'], hasImages: true }, { stage: 'chat', content: withImage }, { stage: 'chat' }],
  ];

  it.each(cases)('choose by %s', async (_name, when, meets, misses) => {
    const world = worldOf(group([{ model: 'x/special', when }, 'x/rest']));
    await world.send('g', meets);
    await world.send('g', misses);
    expect(world.tried()).toEqual(['x/special', 'x/rest']);
  });

  it('that no target meets are told to the caller', async () => {
    const world = worldOf(group([{ model: 'x/a', when: { stages: ['chat'] } }]));
    await expect(world.send('g', { stage: 'agents' })).rejects.toMatchObject({ code: 'invalid_input' });
  });
});

describe('tags', () => {
  const tagged = group(
    [
      { model: 'x/us', tags: ['us'] },
      { model: 'x/eu', tags: ['eu', 'large'] },
    ],
    { fallback: { outage: ['x/anywhere'] } },
  );

  it('lead to targets that carry all of them; a call without may go anywhere', async () => {
    const world = worldOf(tagged);
    await world.send('g', { tags: ['eu'] });
    await world.send('g', { tags: ['eu', 'large'] });
    await world.send('g');
    expect(world.tried()).toEqual(['x/eu', 'x/eu', 'x/us']);
    await expect(world.send('g', { tags: ['asia'] })).rejects.toMatchObject({ code: 'invalid_input' });
  });

  it('hold where no target of the group carries any', async () => {
    const world = worldOf(group(['x/a']));
    await world.send('g', { tags: ['cost-centre-7'] });
    expect(world.tried()).toEqual(['x/a']);
  });
});

describe('a key’s list of models', () => {
  it('leaves out targets that are not on it', async () => {
    const world = worldOf(group(['x/dear', 'x/cheap']));
    await world.send('g', { principal: keyed({ models: ['x/cheap'] }) });
    expect(world.tried()).toEqual(['x/cheap']);
  });

  it('of group names alone leaves the group its choice', async () => {
    const world = worldOf(group(['x/a', 'x/b']));
    await world.send('g', { principal: keyed({ models: ['g'] }) });
    expect(world.tried()).toEqual(['x/a']);
  });

  it('refuses a call that none of the targets is open to', async () => {
    const world = worldOf(group(['x/a']));
    for (const name of ['g', 'x/a']) {
      await expect(world.send(name, { principal: keyed({ models: ['x/b'] }) })).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(world.seen).toEqual([]);
  });

  it('is asked for every principal: what narrows one is not for the router to know', async () => {
    const world = worldOf(group(['x/a', 'x/b']), { permits: (_principal, id) => id === 'x/b' });
    await world.send('g');
    expect(world.tried()).toEqual(['x/b']);
  });
});

const oneUnpriced: RouterOptions['resolve'] = (model) => targetOf(model, model === 'x/unpriced' ? { price: undefined } : {});

describe('a model without a price', () => {
  it('is refused, unless the key or the settings allow it', async () => {
    const world = worldOf({}, { resolve: oneUnpriced });
    await expect(world.send('x/unpriced')).rejects.toMatchObject({ code: 'model_unpriced' });
    await world.send('x/unpriced', { principal: keyed({ allowUnpriced: true }) });
    const open = worldOf({}, { resolve: oneUnpriced, allowUnpriced: true });
    await open.send('x/unpriced');
    expect([world.seen.length, open.seen.length]).toEqual([1, 1]);
  });

  it('is left out of a group that has others', async () => {
    const world = worldOf(group(['x/unpriced', 'x/priced']), { resolve: oneUnpriced });
    await world.send('g');
    expect(world.tried()).toEqual(['x/priced']);
  });
});
