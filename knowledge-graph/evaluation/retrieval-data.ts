// The format of retrieval sets, and their documents as the graph's own reader would give them.
import { z } from 'zod';
import { ShoalError } from '#foundation';
import type { Document } from '../contract.ts';
import { composeText } from '../documents/compose-text.ts';
import { detectLanguage } from '../documents/language.ts';

const DocumentId = z.union([z.string(), z.number()]);
const RetrievalSet = z.object({
  name: z.string(),
  docs: z.array(z.object({ id: DocumentId, title: z.string(), text: z.string() })).min(1),
  queries: z.array(z.object({ q: z.string(), gold: z.array(DocumentId).min(1) })).min(1),
});
export type RetrievalSet = z.infer<typeof RetrievalSet>;

/** Throws `invalid_input` where the text is not such a set, or a query asks for a document that is not there. */
export function parseRetrievalSet(text: string): RetrievalSet {
  const parsed = RetrievalSet.safeParse(parsedOrUndefined(text));
  if (!parsed.success) {
    throw new ShoalError('invalid_input', `This is no retrieval set: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`, {
      hint: 'Give JSON of the form {name, docs: [{id, title, text}], queries: [{q, gold: [id]}]}.',
    });
  }
  const known = new Set(parsed.data.docs.map(({ id }) => id));
  for (const { q, gold } of parsed.data.queries) {
    const missing = gold.find((id) => !known.has(id));
    if (missing !== undefined)
      throw new ShoalError(
        'invalid_input',
        `The query ${JSON.stringify(q)} names document ${missing}, which is not in the set.`,
        {
          hint: 'Every id under "gold" must be the id of a document under "docs".',
        },
      );
  }
  return parsed.data;
}

/** One document each, with its title as title block. Document `d1` is the set's first. */
export const documentsOf = ({ docs }: RetrievalSet): Promise<readonly Document[]> =>
  Promise.all(
    docs.map(async ({ title, text }, index) => ({
      id: `d${index + 1}`,
      name: title,
      sha256: '',
      mediaType: 'json' as const,
      title,
      author: undefined,
      publishedAt: undefined,
      language: await detectLanguage(text),
      ...composeText([
        { kind: 'title', text: title },
        { kind: 'paragraph', text },
      ]),
    })),
  );

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
