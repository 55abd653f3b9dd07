// How word lists are written in this folder: one string, words apart by spaces, several-word entries with `_`.

/** The entries of a list as a set of lower-case words. */
export function words(list: string): ReadonlySet<string> {
  return new Set(
    list
      .trim()
      .split(/\s+/)
      .map((word) => word.replaceAll('_', ' ')),
  );
}

/** Entries written `key: a b c` (one key a line) turned round into word → key. */
export function wordsByKey(list: string): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const line of list.trim().split('\n')) {
    const [key = '', entries = ''] = line.split(':');
    for (const word of words(entries)) keys.set(word, key.trim());
  }
  return keys;
}
