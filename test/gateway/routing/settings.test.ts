// What the settings of routing and limits take, and what they refuse.
import { describe, expect, it } from 'vitest';
import { RoutingSchema } from '../../../gateway/models/routing/settings.ts';
import { LimitsSchema } from '../../../gateway/policy/limits/settings.ts';

const problemsOf = (config: unknown): readonly string[] =>
  RoutingSchema.safeParse(config).error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

describe('the settings of routing', () => {
  it('are empty by default, and a target may be its name alone', () => {
    expect(RoutingSchema.parse({})).toMatchObject({ groups: {}, aliases: {} });
    expect(RoutingSchema.parse({ groups: { g: { targets: ['x/a'] } } }).groups['g']).toEqual({
      strategy: 'priority',
      targets: [{ model: 'x/a', weight: 1, tags: [] }],
      fallback: {},
    });
  });

  it.each([
    ['an alias of an alias', { aliases: { a: 'b', b: 'x/y' } }, 'aliases.a: b is an alias itself'],
    ['an alias of nothing', { aliases: { a: 'b' } }, 'aliases.a: there is no group b, and no provider in it'],
    [
      'an alias with a group’s name',
      { groups: { g: { targets: ['x/a'] } }, aliases: { g: 'x/b' } },
      'aliases.g: a group has this name',
    ],
    [
      'a fallback to nothing',
      { groups: { g: { targets: ['x/a'], fallback: { outage: ['h'] } } } },
      'groups.g.fallback.outage: there is no group h, and no provider in it',
    ],
    [
      'canaries over the whole',
      { groups: { g: { targets: ['x/a', { model: 'x/b', canary: { share: 0.6 } }, { model: 'x/c', canary: { share: 0.6 } }] } } },
      'groups.g: canary shares over 1 in all',
    ],
    [
      'nothing but canaries',
      { groups: { g: { targets: [{ model: 'x/b', canary: { share: 0.5 } }] } } },
      'groups.g: a group needs a target that is not a canary',
    ],
  ])('refuse %s', (_name, config, problem) => {
    expect(problemsOf(config)).toEqual([problem]);
  });

  it.each([
    [{ groups: { g: { targets: [] } } }],
    [{ groups: { g: { targets: ['unqualified'] } } }],
    [{ groups: { g: { targets: ['x/a'], strategy: 'fastest' } } }],
    [{ groups: { g: { targets: ['x/a'], fallback: { invalid: ['x/b'] } } } }],
    [{ groups: { g: { targets: [{ model: 'x/a', when: { stage: 'chat' } }] } } }],
    [{ unknown: 1 }],
  ])('refuse %j', (config) => {
    expect(RoutingSchema.safeParse(config).success).toBe(false);
  });
});

describe('the settings of limits', () => {
  it('keep what `concurrency` and `queue` have always meant', () => {
    expect(LimitsSchema.parse({})).toMatchObject({ concurrency: 64, queue: 10_000 });
    expect(LimitsSchema.safeParse({ providers: { x: { requestsPerSecond: 1 } } }).success).toBe(false);
  });
});
