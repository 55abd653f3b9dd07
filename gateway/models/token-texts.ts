// Texts that a client sent as numbers. An embeddings request may hold tokens in place of texts; they mean something to
// one tokenizer only, which is taken to be that of OpenAI's embedding models, as clients that cut texts up do.
import { invalid } from './dialects/openai/fields.ts';

const TOKEN_ENCODING = 'cl100k_base';

/** One text per list. Halves of characters at its ends become U+FFFD. Throws `invalid_input` for a number that is no token. */
export async function textsOfTokens(lists: readonly (readonly number[])[]): Promise<readonly string[]> {
  const { decode } = await import('gpt-tokenizer/encoding/cl100k_base');
  return lists.map((tokens, index) => {
    try {
      return decode(tokens);
    } catch {
      throw invalid(`input[${index}]`, `holds numbers that are no tokens of ${TOKEN_ENCODING}`, 'Send texts.');
    }
  });
}
