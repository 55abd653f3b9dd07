// One bank of phrases per register.
import { ANALYTICAL } from './analytical.ts';
import { ANXIOUS } from './anxious.ts';
import { CORPORATE, INSTITUTIONAL, JOURNALISTIC } from './bodies.ts';
import { CASUAL } from './casual.ts';
import { FORMAL } from './formal.ts';
import { HEATED } from './heated.ts';
import type { Phrases } from './phrases.ts';
import { PLAIN } from './plain.ts';
import { WARM } from './warm.ts';
import { WRY } from './wry.ts';

export const PHRASES = {
  journalistic: JOURNALISTIC,
  institutional: INSTITUTIONAL,
  corporate: CORPORATE,
  formal: FORMAL,
  analytical: ANALYTICAL,
  plain: PLAIN,
  wry: WRY,
  heated: HEATED,
  anxious: ANXIOUS,
  warm: WARM,
  casual: CASUAL,
} as const satisfies Record<string, Phrases>;
export type { Phrases } from './phrases.ts';
