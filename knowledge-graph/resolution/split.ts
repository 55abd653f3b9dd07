// Splits by hand: a name that was taken for another thing becomes its own. Inside a document its mentions leave the
// entity that held them; across documents the two keep apart.
import type { Document, GraphEdit } from '../contract.ts';
import type { ExtractedEntity } from '../extraction/schema.ts';
import { bestForm, nameKey } from '../names/keys.ts';
import { formOf, keyOf } from './merged.ts';

type Split = Extract<GraphEdit, { kind: 'split' }>;

/** One thing of a document as it goes into resolution. */
export interface Part {
  readonly key: string;
  readonly entity: ExtractedEntity;
}

const isSplit = (edit: GraphEdit): edit is Split => edit.kind === 'split';

/** Keys of things are told apart by the document where a split names one. */
const keyOfSplit = ({ name, document }: Split): string => `name:${nameKey(name)}${document === undefined ? '' : `@${document}`}`;

/** Whether a person has parted two keys. */
export function partedKeys(edits: readonly GraphEdit[]): (left: string, right: string) => boolean {
  const parted = new Set<string>();
  for (const edit of edits.filter(isSplit)) {
    const own = keyOfSplit(edit);
    for (const other of [`name:${nameKey(edit.from)}`, `name:${nameKey(edit.name)}`]) {
      if (other !== own) parted.add(`${own}\u0000${other}`).add(`${other}\u0000${own}`);
    }
  }
  return (left, right) => parted.has(`${left}\u0000${right}`);
}

/** An entity of a document as one part, or as several where a person split names off it. */
export function partsOf(entity: ExtractedEntity, document: Document, edits: readonly GraphEdit[]): readonly Part[] {
  const whole: Part = { key: `${entity.kind}:${keyOf(entity)}`, entity };
  if (entity.kind !== 'name' || edits.length === 0) return [whole];
  const forms = entity.mentions.map(({ start, end }) => formOf(document.text, start, end));
  const keys = new Set([...forms, entity.name, ...entity.aliases].map(nameKey));
  const splits = edits
    .filter(isSplit)
    .filter(
      (split) =>
        keys.has(nameKey(split.from)) &&
        keys.has(nameKey(split.name)) &&
        (split.document === undefined ? nameKey(split.from) !== nameKey(split.name) : split.document === document.name),
    );
  if (splits.length === 0) return [whole];
  const leaving = splits.map((split) => {
    const key = nameKey(split.name);
    const mentions = entity.mentions.filter((_, index) => nameKey(forms[index] ?? '') === key);
    return { key: keyOfSplit(split), entity: { ...entity, name: split.name, aliases: [], joins: [], mentions } };
  });
  return [...rest(entity, document, leaving), ...leaving.filter((part) => part.entity.mentions.length > 0)];
}

/** What stays, under a name of its own. */
function rest(entity: ExtractedEntity, document: Document, leaving: readonly Part[]): readonly Part[] {
  const gone = new Set(leaving.flatMap((part) => part.entity.mentions));
  const mentions = entity.mentions.filter((mention) => !gone.has(mention));
  if (mentions.length === 0) return [];
  const names = new Set(leaving.map((part) => nameKey(part.entity.name)));
  const counts = new Map<string, number>();
  for (const { start, end } of mentions) {
    const form = formOf(document.text, start, end);
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const stayed = {
    ...entity,
    name: names.has(nameKey(entity.name)) ? bestForm(counts) : entity.name,
    aliases: entity.aliases.filter((alias) => !names.has(nameKey(alias))),
    joins: (entity.joins ?? []).filter(({ name }) => !names.has(nameKey(name))),
    mentions,
  };
  return [{ key: `name:${keyOf(stayed)}`, entity: stayed }];
}
