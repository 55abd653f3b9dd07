// What the recogniser says of each word: that it begins or continues a name of some kind, or is outside of names.
import { NAME_KINDS } from '../../lexicon/name-lists.ts';
import type { NameKind } from '../../lexicon/name-lists.ts';

export const OUTSIDE = 0;

/** `O`, then `B-kind` and `I-kind` of each kind: begins are odd, continuations even. */
export const LABELS: readonly string[] = ['O', ...NAME_KINDS.flatMap((kind) => [`B-${kind}`, `I-${kind}`])];

export const kindOfLabel = (label: number): NameKind | undefined => NAME_KINDS[(label - 1) >> 1];
export const beginsName = (label: number): boolean => label % 2 === 1;
export const continuesName = (label: number): boolean => label !== OUTSIDE && label % 2 === 0;
