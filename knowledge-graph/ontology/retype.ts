// Edits of types, applied to one thing in the order they were made.
import type { GraphEdit } from '../contract.ts';
import type { Merged } from '../resolution/merged.ts';

interface TypeRef {
  readonly type: Merged['type'];
  readonly subtype?: string | undefined;
}

export function retype(thing: Merged, name: string, edits: readonly GraphEdit[]): void {
  if (thing.kind === 'date' || thing.kind === 'amount') return;
  for (const edit of edits) {
    if (edit.kind === 'type-add' && bears(name, thing, edit.words)) set(thing, edit);
    else if (edit.kind === 'type-map' && isOf(thing, edit.from)) set(thing, edit.to);
    else if (edit.kind === 'type-remove' && isOf(thing, edit))
      set(thing, { type: edit.subtype === undefined ? 'unknown' : thing.type });
  }
}

/** Its name is one of the words, or ends in one. */
function bears(name: string, thing: Merged, list: readonly string[]): boolean {
  const wanted = list.map((word) => word.toLowerCase());
  return [name, ...thing.forms.keys()].some((form) => {
    const lower = form.toLowerCase();
    return wanted.some(
      (word) => lower === word || lower.endsWith(` ${word}`) || (/\p{Script=Han}$/u.test(word) && lower.endsWith(word)),
    );
  });
}

function isOf(thing: Merged, { type, subtype }: TypeRef): boolean {
  return thing.type === type && (subtype === undefined || main(thing.subtypes) === subtype);
}

const main = (subtypes: Iterable<readonly [string, number]>): string | undefined =>
  [...subtypes].toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))[0]?.[0];

/** What a person says replaces the narrower type, too: it belonged to the type that was. */
function set(thing: Merged, { type, subtype }: TypeRef): void {
  thing.type = type;
  thing.subtypes.clear();
  if (subtype !== undefined) thing.subtypes.set(subtype, 1);
}
