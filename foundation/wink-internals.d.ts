// The parts of wink-nlp that read a text, which it publishes without types. The package is pinned to one version.

declare module 'wink-nlp/src/cache.js' {
  export interface WinkLexicon {
    add(text: string, category: number): number;
    /** One number for a word; four for each part of a contraction; null for an unknown word. */
    lookup(text: string): readonly number[] | null;
    value(lexeme: number): string;
    property(lexeme: number, name: string): number;
    normal(lexeme: number): number;
    nox(expansion: number): number;
    posOf(lexeme: number): number;
    valueOf(feature: string, value: number): string;
    mappedSpelling(lexeme: number): number;
  }
  const createLexicon: (model: unknown, features: unknown) => WinkLexicon;
  export default createLexicon;
}

declare module 'wink-nlp/src/compile-trex.js' {
  const compile: (expressions: unknown) => { readonly helpers: { readonly splitter: RegExp } };
  export default compile;
}

declare module 'wink-nlp/src/tokenizer.js' {
  import type { WinkTokenSink } from 'wink-nlp/src/dd-wrapper.js';
  const createTokenizer: (
    expressions: unknown,
    categories: unknown,
    preserve: unknown,
  ) => (sink: WinkTokenSink, text: string) => void;
  export default createTokenizer;
}

declare module 'wink-nlp/src/dd-wrapper.js' {
  import type { WinkLexicon } from 'wink-nlp/src/cache.js';
  /** Takes the tokens of a text. */
  export type WinkTokenSink = Readonly<Record<'_addToken' | '_addTokenIfInCache' | 'isLexeme', unknown>>;
  const createSink: (data: {
    readonly cache: WinkLexicon;
    readonly tokens: number[];
    readonly nonBreakingSpaces: Record<number, string>;
  }) => WinkTokenSink;
  export default createSink;
}

declare module 'wink-nlp/src/automaton.js' {
  import type { WinkLexicon } from 'wink-nlp/src/cache.js';
  export interface WinkAutomaton {
    importJSON(json: string): void;
    /** `[first token, last token, name]` of each pattern found. */
    recognize(tokens: readonly number[]): readonly (readonly [number, number, string])[];
  }
  const createAutomaton: (lexicon: WinkLexicon, ignored?: string) => WinkAutomaton;
  export default createAutomaton;
}

declare module 'wink-nlp/src/constants.js' {
  const constants: Readonly<Record<'tkSize' | 'bits4lemma' | 'posMask' | 'lemmaMask', number>>;
  export default constants;
}
