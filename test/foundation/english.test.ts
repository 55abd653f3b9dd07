import { describe, expect, it } from 'vitest';
import { english } from '#foundation/english';

const tokensOf = (text: string): readonly string[] =>
  english()
    .read(text)
    .words.map((word) => word.text);

describe('reading English', () => {
  it('depends on nothing that was read before', () => {
    const before = tokensOf("Qorvex's degree.");
    tokensOf("A Qorvex's, or another's.");
    expect(tokensOf("Qorvex's degree.")).toEqual(before);
  });

  it('reads on after more new words than its tables hold', () => {
    const before = tokensOf("Qorvex's degree of the mayor.");
    for (let text = 0; text < 110; text++)
      tokensOf(Array.from({ length: 1000 }, (_, word) => `w${(text * 1000 + word).toString(36)}x${word % 7}`).join(' '));
    expect(tokensOf("Qorvex's degree of the mayor.")).toEqual(before);
  });
});
