// Every place where a resolved entity is named, in reading order.
import type { Document, Mention } from '../contract.ts';
import type { Resolution } from './entities.ts';

export function mentionsOf({ merged, ids }: Resolution, documents: readonly Document[]): readonly Mention[] {
  const texts = new Map(documents.map((document) => [document.id, document.text] as const));
  // By document first: sorting millions of places at once takes longer than reading them.
  const byDocument = new Map<string, Mention[]>(documents.map(({ id }) => [id, []]));
  for (const thing of merged) {
    const entity = ids.get(thing) ?? '';
    // One string for all places that spell it so, rather than one for each of millions.
    const spellings = new Map<string, string>();
    for (const { document, start, end } of thing.spans) {
      const written = texts.get(document)?.slice(start, end) ?? '';
      const known = spellings.get(written);
      if (known === undefined) spellings.set(written, written);
      const surface = known ?? written;
      byDocument.get(document)?.push({ entity, document, start, end, surface });
    }
  }
  return [...byDocument.values()].flatMap((mentions) =>
    mentions.toSorted((left, right) => left.start - right.start || left.end - right.end || (left.entity < right.entity ? -1 : 1)),
  );
}
