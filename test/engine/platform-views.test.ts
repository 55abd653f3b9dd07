// What a record tells of scores, warnings, groups and books, against its own events and a world lived beside it.
import { describe, expect, it } from 'vitest';
import type { WorldEvent, WorldSpec } from '#engine/contract';
import { openRecord } from '../../engine/record/record.ts';
import { live } from './fixtures-live.ts';
import { recordedRun, temporaryFolder } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const lively: WorldSpec = syntheticSpec({
  size: 200,
  rounds: 14,
  scenario: {
    platforms: [{ kind: 'microblog' }, { kind: 'forum' }, { kind: 'chat' }, { kind: 'market', market: { mechanism: 'auction' } }],
    behaviour: {
      'confidence-bound': 0.4,
      post: 1.5,
      like: 1,
      dislike: 1,
      unlike: 4,
      undislike: 5,
      report: 3,
      group: 2,
      message: 3,
      refresh: 0,
      leave: 1,
    },
  },
});

const inCents = (offers: readonly { price: number; shares: number }[]) =>
  offers.map(({ price, shares }) => ({ price: Math.round(100 * price), shares }));

describe('the record of a lively world', () => {
  it('shows scores less what was taken back, and warnings from two reports on', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), lively);
    const record = openRecord(folder.path('run.sqlite'));
    /** The post whose words are shown: that which was shared in the end. */
    const originOf = (seq: number): number => {
      const post = record.post(seq);
      return post?.kind === 'repost' ? originOf(post.parent ?? seq) : seq;
    };
    const events = record.events({}).map((event) => ({ ...event, about: originOf(event.target ?? -1) }));
    for (const round of [9, 13]) {
      const count = (kind: string, seq: number): number =>
        events.filter((event) => event.kind === kind && event.about === seq && event.round <= round).length;
      const posts = record.posts({ round, limit: 10_000 }).filter(({ kind }) => kind !== 'repost' && kind !== 'message');
      expect(posts.length).toBeGreaterThan(20);
      for (const { seq, likes, dislikes, warned } of posts) {
        expect(likes).toBe(count('like', seq) - count('unlike', seq));
        expect(dislikes).toBe(count('dislike', seq) - count('undislike', seq));
        expect(warned).toBe(count('report', seq) >= 2);
      }
    }
    expect(record.posts({ limit: 10_000 }).some(({ warned }) => warned)).toBe(true);
    record.close();
  });

  it('counts groups and keeps an auction’s book as the world itself does', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), lively);
    const { world } = await live(lively);
    const record = openRecord(folder.path('run.sqlite'));
    const groups = record.groups(13);
    const { columns, length } = world.groups;
    const expected = Array.from({ length }, (_, group) => [columns.seq[group], columns.members[group], columns.messages[group]]);
    expect(length).toBeGreaterThan(3);
    expect(
      groups.map(({ seq, members, messages }) => [seq, members, messages]).toSorted(([one = 0], [two = 0]) => one - two),
    ).toEqual(expected);
    const { answers, trades } = record.market(13, 1000) ?? { answers: [], trades: [] };
    const books = world.exchange?.books.map((book) => [book.depth(true), book.depth(false)]) ?? [];
    expect(answers.map(({ bids, asks }) => [inCents(bids), inCents(asks)])).toEqual(books);
    expect(books.flat(2).length).toBeGreaterThan(0);
    expect(trades.map(({ seq }) => record.event(seq)?.kind)).toEqual(trades.map(() => 'trade'));
    expect(trades.length).toBe(record.events({ kind: 'trade' }).length);
    record.close();
  });

  it('is remembered: groups, trades and what was taken back', async () => {
    using folder = temporaryFolder();
    await recordedRun(folder.path('run.sqlite'), lively);
    const record = openRecord(folder.path('run.sqlite'));
    const told = (kind: WorldEvent['kind']): string[] =>
      record
        .events({ kind })
        .map(({ agent = 0, seq, round }) => record.memory(agent, round, 100).find(({ event }) => event === seq)?.text ?? '');
    expect(told('join')[0]).toMatch(/^Joined a group on “.+”$/);
    expect(told('trade').every((text) => /^(Bought|Sold) \d+ shares? on “.+” at \d+¢$/.test(text))).toBe(true);
    expect(told('unlike')[0]).toMatch(/^Took back my like of a post by /);
    expect(told('message')[0]).toMatch(/^Wrote to a group: “/);
    expect(new Set(told('refresh'))).toEqual(new Set(['']));
    record.close();
  });
});
