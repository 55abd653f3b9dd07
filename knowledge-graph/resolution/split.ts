// Splits by hand: a name that was taken for another thing becomes its own. Inside a document its mentions leave the
// entity that held them; across documents the two keep apart.
import type { Document, GraphEdit } from '../contract.ts';
import type { ExtractedEntity } from '../extraction/schema.ts';
import { bestForm, nameKey, plainForm } from '../names/keys.ts';
import { conceptKey, formOf, keyOf } from './merged.ts';

type Split = Extract<GraphEdit, { kind: 'split' }>;

/** One thing of a document as it goes into resolution. */
export interface Part {
  readonly key: string;
  readonly entity: ExtractedEntity;
}

const isSplit = (edit: GraphEdit): edit is Split => edit.kind === 'split';

/** Two spellings of one key ("Acme Corp.", "Acme Inc.") are told apart by how they are written. */
const isOfOneKey = ({ from, name }: Split): boolean => nameKey(from) === nameKey(name);

const means = (split: Split, form: string): boolean =>
  isOfOneKey(split) && split.document === undefined
    ? plainForm(form) === plainForm(split.name)
    : nameKey(form) === nameKey(split.name);

/** The key of what is split off, told apart by spelling or document where a name alone does not. */
function keyOfSplit(split: Split, kind: ExtractedEntity['kind']): string {
  const { name, document } = split;
  if (document !== undefined) return `${kind}:${nameKey(name)}@${document}`;
  if (isOfOneKey(split)) return `${kind}:${nameKey(name)}=${plainForm(name)}`;
  return kind === 'concept' ? `concept:${conceptKey(name)}` : `name:${nameKey(name)}`;
}

const KINDS = ['name', 'concept'] as const;

/** Whether a person has parted two keys. */
export function partedKeys(edits: readonly GraphEdit[]): (left: string, right: string) => boolean {
  const parted = new Set<string>();
  for (const split of edits.filter(isSplit)) {
    const others = [split.from, split.name].flatMap((name) => [`name:${nameKey(name)}`, `concept:${conceptKey(name)}`]);
    for (const own of KINDS.map((kind) => keyOfSplit(split, kind)))
      for (const other of others) if (other !== own) parted.add(`${own}\u0000${other}`).add(`${other}\u0000${own}`);
  }
  return (left, right) => parted.has(`${left}\u0000${right}`);
}

/** An entity of a document as one part, or as several where a person split names off it. */
export function partsOf(entity: ExtractedEntity, document: Document, edits: readonly GraphEdit[]): readonly Part[] {
  const whole: Part = { key: `${entity.kind}:${keyOf(entity)}`, entity };
  if (edits.length === 0 || (entity.kind !== 'name' && entity.kind !== 'concept')) return [whole];
  const forms = entity.mentions.map(({ start, end }) => formOf(document.text, start, end));
  const all = [...forms, entity.name, ...entity.aliases];
  const splits = edits
    .filter(isSplit)
    .filter(
      (split) =>
        (split.document === undefined || split.document === document.name) &&
        all.some((form) => nameKey(form) === nameKey(split.from)) &&
        all.some((form) => means(split, form)),
    );
  if (splits.length === 0) return [whole];
  const leaving = splits.map((split): Part => {
    const mentions = entity.mentions.filter((_, index) => means(split, forms[index] ?? ''));
    return { key: keyOfSplit(split, entity.kind), entity: { ...entity, name: split.name, aliases: [], joins: [], mentions } };
  });
  return [...rest(entity, document, splits, leaving), ...leaving.filter((part) => part.entity.mentions.length > 0)];
}

/** What stays, under a name of its own. */
function rest(entity: ExtractedEntity, document: Document, splits: readonly Split[], leaving: readonly Part[]): readonly Part[] {
  const gone = new Set(leaving.flatMap((part) => part.entity.mentions));
  const mentions = entity.mentions.filter((mention) => !gone.has(mention));
  if (mentions.length === 0) return [];
  const isGone = (form: string): boolean => splits.some((split) => means(split, form));
  const counts = new Map<string, number>();
  for (const { start, end } of mentions) {
    const form = formOf(document.text, start, end);
    counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  const stayed = {
    ...entity,
    name: isGone(entity.name) ? bestForm(counts) : entity.name,
    aliases: entity.aliases.filter((alias) => !isGone(alias)),
    joins: (entity.joins ?? []).filter(({ name }) => !isGone(name)),
    mentions,
  };
  return [{ key: `${entity.kind}:${keyOf(stayed)}`, entity: stayed }];
}
