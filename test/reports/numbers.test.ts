// The arithmetic behind reports: phases of a series, cascades, the spelling of numbers.
import { assert, constantFrom, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { written } from './written.ts';

const numbersOf = async (section: string) => {
  const { report } = await written();
  return report.sections.find(({ id }) => id === section)?.claims.flatMap(({ numbers }) => numbers) ?? [];
};

describe('phases', () => {
  it('break where the fixture’s series turns', async () => {
    const starts = (await numbersOf('happened')).filter(({ source }) => source.name === 'phase-start').map(({ value }) => value);
    expect(starts.some((start) => start >= 5 && start <= 7)).toBe(true);
  });
});

describe('cascades', () => {
  it('count the post and everything below it', async () => {
    const { report, record } = await written();
    const claim = report.sections.find(({ id }) => id === 'voices')?.claims.find(({ kind }) => kind === 'quote');
    const cited = claim?.citations[0];
    const seq = cited?.kind === 'event' ? cited.seq : -1;
    const replies = record.events({}).filter(({ kind, target }) => kind === 'reply' && target === seq).length;
    expect(replies).toBeGreaterThan(0);
    expect(claim?.numbers.find(({ source }) => source.name === 'cascade')?.value).toBe(replies + 1);
  });
});

describe('spelling', () => {
  it('writes shares in per cent and money in dollars', async () => {
    const answer = await numbersOf('answer');
    expect(answer.find(({ source }) => source.name === 'probability')?.text).toBe('92\u00a0%');
    expect((await numbersOf('method')).find(({ source }) => source.name === 'cost')?.text).toBe('$0.001234');
  });

  it('never rounds a share by more than half a point', async () => {
    const { report } = await written();
    const shares = report.sections
      .flatMap(({ claims }) => claims.flatMap(({ numbers }) => numbers))
      .filter(({ text }) => text.endsWith('%'));
    expect(shares.length).toBeGreaterThan(20);
    assert(
      property(constantFrom(...shares), ({ value, text }) => {
        expect(Math.abs(value * 100 - Number(text.replace(/[^\d.]/g, '')))).toBeLessThanOrEqual(0.5 + 1e-9);
      }),
    );
  });
});
