// What happens in rounds: who comes, what is counted, and what cannot happen.
import { describe, expect, it } from 'vitest';
import { NONE } from '#engine/contract';
import { clockOf, rhythmWeights, timeOf } from '../../engine/rounds/clock.ts';
import type { World } from '../../engine/rounds/world.ts';
import { KIND } from '../../engine/platforms/platform.ts';
import { eventsOf, live } from './fixtures-live.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 5, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.35 }];

describe('activation', () => {
  it('is binomial by activity and hour', async () => {
    const spec = syntheticSpec({ size: 5000, rounds: 8, scenario: { behaviour: { 'activation-excitement': 0 } } });
    const { active } = await live(spec);
    const { columns, lexicon } = spec.population;
    for (const [round, count] of active.entries()) {
      const hour = (8 + round) % 24;
      const chances = Array.from(
        columns.activity,
        (activity, agent) => activity * (lexicon.rhythms[columns.rhythm[agent] ?? 0]?.hours[hour] ?? 0),
      );
      const mean = chances.reduce((sum, p) => sum + p, 0);
      const deviation = Math.sqrt(chances.reduce((sum, p) => sum + p * (1 - p), 0));
      expect(Math.abs(count - mean)).toBeLessThan(4 * deviation);
    }
  });

  it('follows the day: a busy evening, a quiet night', async () => {
    const { active } = await live(syntheticSpec({ size: 2000, rounds: 24 }));
    const evening = active[10] ?? 0; // 18:00
    const night = active[20] ?? 0; // 04:00
    expect(evening).toBeGreaterThan(5 * night);
  });

  it('does nothing at all when every activity is 0, but for news', async () => {
    const spec = syntheticSpec({ rounds: 8, scenario: { interventions } });
    const { columns } = spec.population;
    const idle = {
      ...spec,
      population: { ...spec.population, columns: { ...columns, activity: new Float32Array(columns.activity.length) } },
    };
    const { active, batches } = await live(idle);
    expect(active).toEqual(Array.from({ length: 8 }, () => 0));
    expect(new Set(eventsOf(batches).map(({ kind }) => kind))).toEqual(new Set(['inject', 'shift']));
  });
});

describe('the clock', () => {
  it('reads local hours by the offset of its start, and time in UTC', () => {
    const clock = clockOf({ clock: { start: '2026-01-05T08:30:00+02:00', rounds: 3, minutesPerRound: 60 } });
    expect(clock.startMinute).toBe(8 * 60 + 30);
    expect(timeOf(clock, 2)).toBe('2026-01-05T08:30:00.000Z');
  });

  it('adds up the hours that a round covers', () => {
    const hours = Float64Array.from({ length: 24 }, (_, hour) => hour);
    const weights = (start: string, minutesPerRound: number, round: number): number | undefined =>
      rhythmWeights(clockOf({ clock: { start, rounds: 9, minutesPerRound } }), hours, round)[0];
    expect(weights('2026-01-05T08:00:00Z', 60, 1)).toBe(9);
    expect(weights('2026-01-05T08:30:00Z', 60, 0)).toBe(8.5);
    expect(weights('2026-01-05T08:00:00Z', 1440, 3)).toBe(276);
    expect(weights('2026-01-05T23:00:00Z', 120, 0)).toBe(23);
  });
});

const variance = (values: Float32Array): number => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
};

describe('a lived world', () => {
  const lived = live(syntheticSpec({ size: 300, rounds: 24, issues: 2, actors: 4, scenario: { interventions } }));

  it('keeps counters equal to its events', async () => {
    const { world, batches } = await lived;
    const events = eventsOf(batches);
    for (const [platform, { columns, length }] of world.posts.entries()) {
      const place = new Map(Array.from({ length }, (_, post) => [columns.seq[post] ?? 0, post]));
      const count = (post: number, kinds: readonly string[]): number =>
        events.filter(
          (event) =>
            event.platform === platform && kinds.includes(event.kind) && columns.origin[place.get(event.target) ?? -1] === post,
        ).length;
      for (let post = 0; post < length; post += 7) {
        expect(columns.likes[post]).toBe(count(post, ['like']) - count(post, ['unlike']));
        expect(columns.dislikes[post]).toBe(count(post, ['dislike']) - count(post, ['undislike']));
        expect(columns.replies[post]).toBe(count(post, ['reply']));
        expect(columns.reports[post]).toBe(count(post, ['report']));
        expect(columns.reposts[post]).toBe(count(post, ['repost', 'quote']));
      }
    }
  });

  it('holds at most one reaction per agent and post, and none to one’s own', async () => {
    const { world, batches } = await lived;
    const kinds = new Set<string>(['like', 'dislike', 'reply', 'repost', 'quote', 'report']);
    // What was taken back is held no longer: the pair may come again.
    const undone = new Set(
      eventsOf(batches)
        .filter(({ kind }) => kind === 'unlike' || kind === 'undislike')
        .map(({ agent, target }) => `${agent} ${target}`),
    );
    const reactions = eventsOf(batches).filter(({ kind, agent, target }) => kinds.has(kind) && !undone.has(`${agent} ${target}`));
    expect(reactions.length).toBeGreaterThan(200);
    const pairs = reactions.map(({ platform, agent, target }) => {
      const { columns, length } = world.posts[platform] as World['posts'][number];
      const post = columns.seq.subarray(0, length).indexOf(target);
      const origin = columns.origin[post] ?? 0;
      expect(columns.author[origin]).not.toBe(agent);
      return `${platform} ${agent} ${origin}`;
    });
    expect(new Set(pairs).size).toBe(pairs.length);
  });

  it('knows dislikes only on the forum, reposts and quotes only on the microblog', async () => {
    const events = eventsOf((await lived).batches);
    expect(new Set(events.filter(({ kind }) => kind === 'dislike').map(({ platform }) => platform))).toEqual(new Set([1]));
    expect(new Set(events.filter(({ kind }) => kind === 'repost' || kind === 'quote').map(({ platform }) => platform))).toEqual(
      new Set([0]),
    );
  });

  it('is in canonical order: announcements, then agents ascending', async () => {
    for (const { agent } of (await lived).batches) {
      const people = [...agent].filter((id) => id !== NONE);
      expect(people).toEqual(people.toSorted((left, right) => left - right));
      expect([...agent.subarray(0, agent.length - people.length)].every((id) => id === NONE)).toBe(true);
    }
  });

  it('announces an intervention on every platform and shows it to its share of the population', async () => {
    const { batches } = await lived;
    const events = eventsOf(batches);
    const announced = events.filter(({ kind }) => kind === 'inject');
    expect(announced.map(({ round, platform }) => [round, platform])).toEqual([
      [5, 0],
      [5, 1],
    ]);
    const moved = events.filter(
      ({ round, kind, target }) => round === 5 && kind === 'shift' && announced.some(({ seq }) => seq === target),
    );
    expect(moved.length).toBeGreaterThan(30);
    expect(events.some(({ kind, target }) => kind !== 'shift' && announced.some(({ seq }) => seq === target))).toBe(true);
  });

  it('lets nobody repeat an announcement before it was made', async () => {
    const { batches, world } = await lived;
    const point = world.population.talkingPoints.length;
    const uses = eventsOf(batches).filter((event) => event.point === point);
    expect(uses.length).toBeGreaterThan(2);
    expect(Math.min(...uses.map(({ round }) => round))).toBe(5);
  });

  it('keeps opinions in [−1, 1] and certainty and salience in [0, 1]', async () => {
    const { opinion, certainty, salience } = (await lived).world.fixed.state;
    expect(opinion.every((value) => value >= -1 && value <= 1)).toBe(true);
    expect([...certainty, ...salience].every((value) => value >= 0 && value <= 1)).toBe(true);
  });

  it('neither freezes nor falls into consensus, and a few posts get most of the attention', async () => {
    const { world } = await lived;
    const { state, anchor } = world.fixed;
    const moved = state.opinion.filter((value, index) => Math.abs(value - (anchor.opinion[index] ?? 0)) > 0.02).length;
    expect(moved / state.opinion.length).toBeGreaterThan(0.3);
    expect(variance(state.opinion) / variance(anchor.opinion)).toBeGreaterThan(0.5);
    const likes = world.posts
      .flatMap(({ columns, length }) => [...columns.likes.subarray(0, length)])
      .toSorted((left, right) => right - left);
    const top = likes.slice(0, Math.ceil(likes.length / 10)).reduce((sum, count) => sum + count, 0);
    expect(top / likes.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0.3);
  });

  it('records a follow as a tie that feeds know', async () => {
    const { world, batches } = await lived;
    const follows = eventsOf(batches).filter(({ kind }) => kind === 'follow');
    expect(follows.length).toBeGreaterThan(0);
    const kinds = [...world.bonds.columns.kind.subarray(0, world.bonds.length)];
    expect(kinds.filter((kind) => kind === KIND.follow).length).toBe(follows.length);
  });
});
