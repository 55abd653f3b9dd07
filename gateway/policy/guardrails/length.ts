// How long one text may be. The whole prompt has its own bound in `limits.promptBytes`.
import { estimatedTokens } from '../../models/tokens.ts';
import { NO_FINDINGS } from './check.ts';
import type { Check } from './check.ts';

export interface LengthOptions {
  readonly maxCharacters?: number | undefined;
  readonly maxWords?: number | undefined;
  /** Estimated at four characters of a token; ideographs and kana count one each. */
  readonly maxTokens?: number | undefined;
}

export function lengthCheck({ maxCharacters = Infinity, maxWords = Infinity, maxTokens = Infinity }: LengthOptions): Check {
  return {
    check: (text) => {
      const over =
        text.length > maxCharacters ||
        (maxWords < text.length && wordsIn(text) > maxWords) ||
        (maxTokens < text.length && tokensIn(text) > maxTokens);
      return over ? [{ start: 0, end: text.length, label: 'too-long', confidence: 1 }] : NO_FINDINGS;
    },
    openFrom: (text) => text.length,
    wholeOnly: true,
  };
}

function wordsIn(text: string): number {
  return text.match(/[^\s]+/g)?.length ?? 0;
}

function tokensIn(text: string): number {
  const wide = text.match(/[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/g)?.length ?? 0;
  return wide + estimatedTokens(text.length - wide);
}
