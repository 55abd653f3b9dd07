// Every place where a resolved entity is named, in reading order.
import type { Document, Mention } from '../contract.ts';
import type { Resolution } from './entities.ts';
import { bySpan } from './order.ts';

export function mentionsOf({ merged, ids }: Resolution, documents: readonly Document[]): readonly Mention[] {
  const texts = new Map(documents.map((document) => [document.id, document.text] as const));
  return merged
    .flatMap((entity) =>
      entity.spans.map((span) => ({
        entity: ids.get(entity) ?? '',
        ...span,
        surface: texts.get(span.document)?.slice(span.start, span.end) ?? '',
      })),
    )
    .toSorted((left, right) => bySpan(left, right) || (left.entity < right.entity ? -1 : 1));
}
