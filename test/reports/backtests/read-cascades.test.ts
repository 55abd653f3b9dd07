import { describe, expect, it } from 'vitest';
import { readCascades } from '#reports';
import { madeFile, madePosts } from './made-cascades.ts';

const ROOT = "root: ['a','0.0']->['ROOT','0.0']";
const read = (...lines: readonly string[]): ReturnType<typeof readCascades> =>
  readCascades([{ name: 'one.txt', text: lines.join('\n') }]);

describe('what the times of cascades mean', () => {
  it.each([
    { unit: 'second', unitMinutes: 1 / 60, from: 'root' },
    { unit: 'second', unitMinutes: 1 / 60, from: 'parent' },
    { unit: 'minute', unitMinutes: 1, from: 'root' },
    { unit: 'minute', unitMinutes: 1, from: 'parent' },
    { unit: 'hour', unitMinutes: 60, from: 'root' },
  ] as const)('ids that hold a clock tell $unit s since the $from', ({ unit, unitMinutes, from }) => {
    const { reference, cascades, notes } = readCascades(
      [0, 1, 2].map((index) => madeFile(index, { unitMinutes, from, snowflakes: true })),
    );
    expect(reference).toMatchObject({ unit, from, clock: true });
    expect(notes.join(' ')).toContain(`Times are ${unit}s since the ${from}`);
    const posts = madePosts(1);
    expect(cascades[1]?.minutes.at(-1)).toBeCloseTo(posts.at(-1)?.minutes ?? 0, 0);
  });

  it.each(['root', 'parent'] as const)('without such ids the order of replies tells the %s, and the unit is minutes', (from) => {
    const { reference } = readCascades([0, 1, 2].map((index) => madeFile(index, { unitMinutes: 1, from, snowflakes: false })));
    expect(reference).toMatchObject({ unit: 'minute', from, clock: false });
  });
});

describe('reading a cascade', () => {
  it('keeps the tree: depth by parents, order by time', () => {
    const { cascades } = read("x: ['c','9.0']->['b','4.0']", ROOT, "x: ['b','4.0']->['a','0.0']");
    expect([...(cascades[0]?.depth ?? [])]).toEqual([0, 1, 2]);
    expect([...(cascades[0]?.parent ?? [])]).toEqual([-1, 0, 1]);
  });

  it.each([
    [[ROOT, "reply: ['b','1.0']=>['a','0.0']"], 'one.txt:2'],
    [[ROOT, '', "reply: ['b','soon']->['a','0.0']"], 'one.txt:3'],
    [[ROOT, "reply: ['b','-1']->['a','0.0']"], 'one.txt:2'],
    [[ROOT, "reply: ['a','1.0']->['a','0.0']"], 'one.txt:2'],
    [[ROOT, "root: ['b','0.0']->['ROOT','0.0']"], 'one.txt:2'],
    [["reply: ['b','1.0']->['a','0.0']"], 'one.txt'],
    [[ROOT, "reply: ['b','1.0']->['c','1.0']", "reply: ['c','1.0']->['b','1.0']"], 'one.txt'],
  ])('refuses %j and says where', (lines, place) => {
    expect(() => read(...lines)).toThrow(expect.objectContaining({ code: 'invalid_input', details: { place } }));
  });

  it('counts replies to posts that are not there, and says so', () => {
    const { cascades, notes } = read(ROOT, "reply: ['b','3.0']->['gone','1.0']");
    expect([...(cascades[0]?.depth ?? [])]).toEqual([0, 1]);
    expect(notes.at(-1)).toContain('1 replies answer a post that is not in their file');
  });

  it('refuses an empty folder', () => {
    expect(() => readCascades([])).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});
