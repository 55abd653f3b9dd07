// Which tagger reads which language. English has one of its own and Chinese another; every other language is read
// with the English rules of capitals and numbers, which find names but few relations.
import { nameRecogniser } from '../spans/recogniser/recognise.ts';
import type { NameRecogniser } from '../spans/recogniser/recognise.ts';
import { createChineseTagger } from './chinese-tagger.ts';
import type { Tagger } from './token.ts';
import { createWinkTagger } from './wink-tagger.ts';

/** `full`: names, topics, relations and claims. `names`: names, dates, amounts and the sentences that hold them. */
export type Depth = 'full' | 'names';

const FULL = new Set(['en', 'zh', 'und']);
export const depthOf = (language: string): Depth => (FULL.has(language) ? 'full' : 'names');

export interface Taggers {
  for(language: string): Tagger;
}

/** Taggers load what they need at their first call. `names` finds the names of English. */
export function createTaggers(names: () => NameRecogniser = nameRecogniser): Taggers {
  let latin: Tagger | undefined;
  let english: Tagger | undefined;
  let chinese: Tagger | undefined;
  return {
    for: (language) => {
      if (language === 'zh') return (chinese ??= createChineseTagger());
      latin ??= createWinkTagger();
      if (language !== 'en' && language !== 'und') return latin;
      if (english === undefined) {
        const recogniser = names();
        english = { ...latin, recognise: (forms) => recogniser.recognise(forms) };
      }
      return english;
    },
  };
}
