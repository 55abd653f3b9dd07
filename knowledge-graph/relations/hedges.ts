// Words that say it is not settled: "the suspected killer", "allegedly".
import type { Token } from '../language/token.ts';
import { words } from '../lexicon/words.ts';

const HEDGES = words('accused alleged allegedly suspected reputed reputedly reportedly purported purportedly charged presumed');

export const isDoubted = (tokens: readonly Token[]): boolean => tokens.some(({ lower }) => HEDGES.has(lower));
