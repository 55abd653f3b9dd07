// How many tokens a text is: exactly for OpenAI's models, an estimate for all others, and it says which of the two.
// The tables of an encoding are large, so each is loaded when it is first needed.

export interface TokenCount {
  readonly tokens: number;
  /** Counted with the model's own encoding. The texts are exact then; what a chat format adds is not in it. */
  readonly exact: boolean;
}

type Count = (text: string, options: { readonly disallowedSpecial: Set<string> }) => number;
type EncodingName = 'o200k_base' | 'cl100k_base';

/** Words that would end a prompt are counted as the text that they are. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };
/** Merging is slower than linear in the length of an unbroken word; longer texts are counted by pieces. */
const PIECE_CHARACTERS = 4096;

const ENCODINGS: readonly { readonly models: RegExp; readonly encoding: EncodingName }[] = [
  { models: /^(gpt-4o|gpt-4\.[15]|gpt-[5-9]|gpt-oss|chatgpt-4o|o\d)/, encoding: 'o200k_base' },
  { models: /^(gpt-4|gpt-3\.5|text-embedding-)/, encoding: 'cl100k_base' },
];

/** How other tokenizers compare with OpenAI's on the same text; Anthropic says of its newer ones up to a third more. */
const ESTIMATE_FACTOR = 1.2;

/** `model` with or without its provider; a fine-tuned model counts as what it was made from. */
export async function countTokens(model: string, texts: readonly string[]): Promise<TokenCount> {
  const name = model.slice(model.lastIndexOf('/') + 1).replace(/^ft:/, '');
  const known = ENCODINGS.find(({ models }) => models.test(name));
  const count = await load(known?.encoding ?? 'o200k_base');
  const tokens = texts.reduce((sum, text) => sum + countText(count, text), 0);
  return known === undefined ? { tokens: Math.ceil(tokens * ESTIMATE_FACTOR), exact: false } : { tokens, exact: true };
}

function countText(count: Count, text: string): number {
  if (text.length <= PIECE_CHARACTERS) return count(text, AS_TEXT);
  let tokens = 0;
  let start = 0;
  while (start < text.length) {
    const end = pieceEnd(text, start);
    tokens += count(text.slice(start, end), AS_TEXT);
    start = end;
  }
  return tokens;
}

/** Before the last space of the piece, where encodings begin a new token anyway; in the middle of a word if there is none. */
function pieceEnd(text: string, start: number): number {
  const limit = start + PIECE_CHARACTERS;
  if (limit >= text.length) return text.length;
  const space = text.lastIndexOf(' ', limit);
  if (space > start && /\S /.test(text.slice(space - 1, space + 1)) && /\S/.test(text.charAt(space + 1))) return space;
  const code = text.charCodeAt(limit - 1);
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit;
}

async function load(encoding: EncodingName): Promise<Count> {
  const loaded =
    encoding === 'o200k_base'
      ? await import('gpt-tokenizer/encoding/o200k_base')
      : await import('gpt-tokenizer/encoding/cl100k_base');
  return loaded.countTokens;
}
