// What agents remember: what happened to them, nothing later, the recent and the weighty first.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunRecord } from '#engine/contract';
import { memoryOf, recency } from '../../../engine/policies/memory/index.ts';
import { temporaryFolder } from '../fixtures-run.ts';
import { NEWS, ROUNDS, livedTown } from './fixtures-town.ts';

const folder = temporaryFolder();
let record: RunRecord;
beforeAll(async () => {
  record = await livedTown(folder.path('town.sqlite'));
});
afterAll(() => {
  record.close();
  folder[Symbol.dispose]();
});

const agents = (): readonly number[] => Array.from({ length: record.population.size }, (_, agent) => agent);

describe('memory', () => {
  it('holds only what the events prove, up to the round asked for, within the limit', () => {
    let remembered = 0;
    for (const agent of agents()) {
      for (const item of memoryOf(record, agent, 6, 5)) {
        remembered++;
        const event = record.event(item.event);
        expect(item.round).toBeLessThanOrEqual(6);
        expect(event?.round).toBe(item.round);
        const concerned = event?.agent === agent || item.kind === 'was answered' || item.kind === 'news';
        expect(concerned).toBe(true);
        const answered = item.kind === 'was answered' ? record.post(event?.target ?? -1)?.agent : agent;
        expect(answered).toBe(agent);
        expect(item.text).not.toMatch(/undefined|“”| {2}/);
        expect(item.importance).toBeGreaterThan(0);
        expect(item.importance).toBeLessThanOrEqual(1);
      }
      expect(memoryOf(record, agent, 6, 5).length).toBeLessThanOrEqual(5);
      expect(memoryOf(record, agent, -1, 5)).toEqual([]);
    }
    expect(remembered).toBeGreaterThan(50);
  });

  it('fades with age: recency never rises', () => {
    for (let age = 0; age < 500; age++) expect(recency(age + 1)).toBeLessThan(recency(age));
    expect(recency(0)).toBe(1);
  });

  it('puts the more recent of two equal memories first', () => {
    let compared = 0;
    for (const agent of agents()) {
      const items = memoryOf(record, agent, ROUNDS - 1, 100);
      for (const kind of ['wrote', 'reacted', 'followed'] as const) {
        const alike = items.filter((item) => item.kind === kind);
        for (let i = 1; i < alike.length; i++) {
          const [before, after] = [alike[i - 1], alike[i]];
          if (before === undefined || after === undefined || before.importance !== after.importance) continue;
          expect(before.event).toBeGreaterThan(after.event);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('remembers the news that moved or stirred somebody, and not the news that did not reach them', () => {
    const knows = agents().filter((agent) => memoryOf(record, agent, ROUNDS - 1, 100).some(({ text }) => text.includes(NEWS)));
    expect(knows.length).toBeGreaterThan(5);
    expect(knows.length).toBeLessThan(record.population.size);
  });

  it('brings back what a question is about', () => {
    const talker =
      agents().find((agent) => memoryOf(record, agent, ROUNDS - 1, 100).filter(({ kind }) => kind === 'wrote').length >= 3) ?? 0;
    const items = memoryOf(record, talker, ROUNDS - 1, 100);
    const wanted = items.findLast(({ kind }) => kind === 'wrote');
    const point = record.event(wanted?.event ?? -1)?.point;
    const query = record.population.talkingPoints[point ?? -1]?.text ?? wanted?.text ?? '';
    const asked = memoryOf(record, talker, ROUNDS - 1, 100, query).map(({ event }) => event);
    const unasked = items.map(({ event }) => event);
    expect(asked.indexOf(wanted?.event ?? -1)).toBeLessThanOrEqual(unasked.indexOf(wanted?.event ?? -1));
  });
});
