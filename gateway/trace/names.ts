// Words as numbers, kept once per file and shared by all processes that write it. 0 = no word.
import type { Database } from '#store';

export interface Names {
  /** Finds or adds; only inside a write transaction. */
  numberOf(name: string | undefined): number;
  /** Finds; undefined where no row can hold it. */
  find(name: string): number | undefined;
  nameOf(number: number): string | undefined;
  /** Forgets what was learned: a transaction that added names was rolled back. */
  forget(): void;
}

/** More than this are not remembered at once: names of runs and users go on for ever. */
const MOST_REMEMBERED = 50_000;

export function createNames(database: Database): Names {
  const insert = database.prepare('INSERT OR IGNORE INTO trace_names (name) VALUES (?)');
  const byName = database.prepare('SELECT id FROM trace_names WHERE name = ?');
  const byNumber = database.prepare('SELECT name FROM trace_names WHERE id = ?');
  const numbers = new Map<string, number>();
  const names = new Map<number, string>();

  const find = (name: string): number | undefined => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const found = byName.get(name)?.['id'];
    if (found === undefined) return undefined;
    if (numbers.size >= MOST_REMEMBERED) numbers.clear();
    numbers.set(name, Number(found));
    return Number(found);
  };
  return {
    numberOf: (name) => {
      if (name === undefined || name === '') return 0;
      const found = find(name);
      if (found !== undefined) return found;
      insert.run(name);
      return find(name) ?? 0;
    },
    find,
    nameOf: (number) => {
      if (number === 0) return undefined;
      const known = names.get(number);
      if (known !== undefined) return known;
      const found = byNumber.get(number)?.['name'];
      if (typeof found !== 'string') return undefined;
      if (names.size >= MOST_REMEMBERED) names.clear();
      names.set(number, found);
      return found;
    },
    forget: () => {
      numbers.clear();
      names.clear();
    },
  };
}
