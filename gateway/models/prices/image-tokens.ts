// The most tokens that one image can cost. What an image costs depends on its size in pixels and on the model; neither
// is known from the bytes of a body, and a call may be sent to another model than the one it names, so without a
// model the dearest of all counts.

/** OpenAI, from GPT-5.6: 1.2 tokens for each 32 × 32 pixels at full detail. Past some 60 megapixels it refuses images. */
const FULL_DETAIL = 131_072;
/** OpenAI: 2,833 tokens and 5,667 for each of at most 8 tiles. */
const GPT_4O_MINI = 48_169;

interface ImageRow {
  readonly models: RegExp;
  /** At `detail` low and high, where a model knows it; at any other. */
  readonly limited: number;
  readonly full: number;
}

/**
 * Tokens for one image. OpenAI's guide to images and counts made with 12-megapixel photographs (2026-10: 2,942 at high
 * and 14,364 at full detail for GPT-6; at most 10,000 patches of 1.2 tokens for GPT-5.4 and 5.5); Anthropic's guide to
 * vision (4,784 at most). Gemini documents 2,240 at its highest resolution, and tiles of 258 tokens for earlier models.
 */
const ROWS: readonly ImageRow[] = [
  { models: /gpt-4o-mini/, limited: GPT_4O_MINI, full: GPT_4O_MINI },
  { models: /(^|[/.])gpt-(5\.[6-9]|[6-9])/, limited: 4096, full: FULL_DETAIL },
  { models: /(^|[/.])(gpt-4|gpt-5|chatgpt-|o\d)/, limited: 16_384, full: 16_384 },
  { models: /claude-/, limited: 5000, full: 5000 },
  { models: /(^|[/.])gemini-/, limited: 16_384, full: 16_384 },
];
const ANY_MODEL: Omit<ImageRow, 'models'> = { limited: GPT_4O_MINI, full: FULL_DETAIL };

export function imageTokens(detail: unknown, model: string | undefined): number {
  const row = (model === undefined ? undefined : ROWS.find(({ models }) => models.test(model))) ?? ANY_MODEL;
  return detail === 'low' || detail === 'high' ? row.limited : row.full;
}
