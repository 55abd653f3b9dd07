// The merges behind the entities, as a person reviews them: which name was taken for which thing, why, and where it stands.
import { hashOf } from '#foundation';
import type { Mention, NameMerge } from '../contract.ts';
import type { NameJoin } from '../extraction/schema.ts';
import { nameKey, plainForm } from '../names/keys.ts';
import { MERGE_SCORES } from '../names/merge-scores.ts';
import type { Resolution } from './entities.ts';
import type { Merged } from './merged.ts';

const SHOWN_SOURCES = 12;

export function listMerges({ merged, ids, names }: Resolution, mentions: readonly Mention[]): readonly NameMerge[] {
  const joined = merged.flatMap((thing) => {
    const joins = joinsOf(thing, names.get(thing) ?? '');
    return joins.length === 0 ? [] : [{ entity: ids.get(thing) ?? '', joins }];
  });
  const byEntity = new Map<string, Mention[]>(joined.map(({ entity }) => [entity, []]));
  for (const mention of mentions) byEntity.get(mention.entity)?.push(mention);
  return joined.flatMap(({ entity, joins }) => {
    const own = byEntity.get(entity) ?? [];
    const keys = own.map(({ surface }) => nameKey(surface.replaceAll(/\s+/g, ' ')));
    return joins.map((join) => {
      const key = nameKey(join.name);
      return {
        id: `m${hashOf([entity, join.name, join.into, join.reason]).slice(0, 10)}`,
        entity,
        ...join,
        sources: own
          .filter((_, index) => keys[index] === key)
          .slice(0, SHOWN_SOURCES)
          .map(({ document, start, end }) => ({ document, start, end })),
      };
    });
  });
}

/** One of each, in order of names; spellings that share a key ("Acme", "Acme Corp.") are merges, too. */
function joinsOf(thing: Merged, name: string): readonly NameJoin[] {
  if (thing.kind === 'date' || thing.kind === 'amount') return [];
  const joins = new Map<string, NameJoin>();
  const key = nameKey(name);
  for (const [form, count] of thing.kind === 'name' ? thing.forms : []) {
    if (count > 0 && form !== name && plainForm(form) !== plainForm(name) && nameKey(form) === key)
      joins.set(form.toLowerCase(), { name: form, into: name, reason: 'same-name', score: MERGE_SCORES['same-name'] });
  }
  for (const join of thing.joins) {
    const lower = join.name.toLowerCase();
    const known = joins.get(lower);
    if (known === undefined || join.reason === 'person' || (known.reason !== 'person' && join.score > known.score))
      joins.set(lower, join);
  }
  return [...joins.values()].toSorted((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
}
