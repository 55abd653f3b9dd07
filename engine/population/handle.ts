// Account names: lower-case Latin letters, digits and underscores, at most 20 characters.

/** Letters and digits only; accents dropped, other scripts left out. */
export const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/[’'.]|\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');

/** Handles for named actors, in order; a later actor of the same name gets a number. */
export function actorHandles(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name, index) => {
    const base = slug(name).slice(0, 18).replaceAll(/_+$/g, '') || `account_${index}`;
    let handle = base;
    for (let n = 2; taken.has(handle); n++) handle = `${base.slice(0, 17)}${n}`;
    taken.add(handle);
    return handle;
  });
}
