// Counting with the model's own encoding where it is known, and saying so where it is not.
import { describe, expect, it } from 'vitest';
import { countTokens } from '../../../gateway/models/prices/count-tokens.ts';

describe('counting tokens', () => {
  it.each(['gpt-4o', 'openai/gpt-6.2-sol', 'o4-mini', 'groq/openai/gpt-oss-120b', 'ft:gpt-4o-mini:us::1'])(
    'counts exactly for %s',
    async (model) => {
      expect(await countTokens(model, ['hello world'])).toEqual({ tokens: 2, exact: true });
    },
  );

  it('counts with the older encoding for older models', async () => {
    const text = 'Быстрая лиса перепрыгнула через собаку.';
    const older = await countTokens('gpt-4', [text]);
    expect(older.exact).toBe(true);
    expect(older.tokens).toBeGreaterThan((await countTokens('gpt-4o', [text])).tokens);
  });

  it('estimates for other models, higher rather than lower, and says that it does', async () => {
    const texts = ['The quick brown fox jumps over the lazy dog.'];
    const { tokens, exact } = await countTokens('anthropic/claude-opus-5-5', texts);
    expect(exact).toBe(false);
    expect(tokens).toBeGreaterThan((await countTokens('gpt-4o', texts)).tokens);
  });

  it('counts words that would end a prompt as the text that they are', async () => {
    expect((await countTokens('gpt-4o', ['<|endoftext|>'])).tokens).toBeGreaterThan(1);
  });

  it('counts long texts by pieces, to the same number', async () => {
    const sentence = 'A toll of two euros is charged at the bridge. ';
    const one = (await countTokens('gpt-4o', [sentence])).tokens;
    const many = (await countTokens('gpt-4o', [sentence.repeat(2000)])).tokens;
    expect(Math.abs(many - (one - 1) * 2000)).toBeLessThan(5);
    expect((await countTokens('gpt-4o', ['🚋'.repeat(5000)])).tokens).toBeGreaterThan(4999);
  });
});
