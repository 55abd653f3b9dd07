// Which tagger reads which language. English has one of its own and Chinese another; every other language is read
// with the English rules of capitals and numbers, which find names but few relations.
import { createChineseTagger } from './chinese-tagger.ts';
import type { Tagger } from './token.ts';
import { createWinkTagger } from './wink-tagger.ts';

export interface Taggers {
  for(language: string): Tagger;
}

export function createTaggers(): Taggers {
  let english: Tagger | undefined;
  let chinese: Tagger | undefined;
  return {
    for: (language) => {
      if (language === 'zh') return (chinese ??= createChineseTagger());
      return (english ??= createWinkTagger());
    },
  };
}
