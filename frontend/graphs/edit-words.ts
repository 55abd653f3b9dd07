// A decision in words. The server gives edits as data; what is missing in one of another version is left out.
import type { EditsView } from '#api/contract';

type Edit = EditsView['edits'][number];

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function typeName(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '';
  const { type, subtype } = value as { readonly type?: unknown; readonly subtype?: unknown };
  return subtype === undefined ? text(type) : `${text(type)}/${text(subtype)}`;
}

const list = (value: unknown): string => (Array.isArray(value) ? value.map(text).join(', ') : text(value));

const WORDS: Readonly<Record<string, (edit: Edit) => string>> = {
  merge: ({ name, into }) => `“${text(name)}” is “${text(into)}”`,
  split: ({ name, from, document }) =>
    `“${text(name)}” is not “${text(from)}”${document === undefined ? '' : ` in ${text(document)}`}`,
  'type-add': (edit) => `${list(edit['words'])}: ${typeName(edit)}`,
  'type-map': ({ from, to }) => `Type ${typeName(from)} becomes ${typeName(to)}`,
  'type-remove': (edit) => `Type ${typeName(edit)} is dropped`,
  'relation-add': ({ predicate, verbs }) => `Relation “${text(predicate)}”, said by ${list(verbs)}`,
  'relation-map': ({ from, to }) => `Relation “${text(from)}” becomes “${text(to)}”`,
  'relation-remove': ({ predicate }) => `Relation “${text(predicate)}” is dropped`,
  'relation-set': ({ predicate, cardinality, inverse }) =>
    `Relation “${text(predicate)}”: ${[text(cardinality), text(inverse)].filter((part) => part !== '').join(', ')}`,
};

export const editWords = (edit: Edit): string => WORDS[edit.kind]?.(edit) ?? edit.kind;
