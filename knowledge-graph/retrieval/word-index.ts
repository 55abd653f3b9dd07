// Full-text index over short texts: SQLite's FTS5 in memory. It gets our own terms, so that stems, accents and Chinese
// words are the same in texts and queries, and a query is never read as FTS5's query language.
import { openDatabase } from '#store';
import { termsOf } from './terms.ts';

const SCHEMA = `
  CREATE VIRTUAL TABLE texts USING fts5 (terms, content = '', tokenize = "unicode61 remove_diacritics 0");
  CREATE VIRTUAL TABLE spread USING fts5vocab (texts, row)`;
/** A term in more texts, and a larger share of them, tells little and costs most: it is left out where rarer ones are given. */
const [COMMON_TEXTS, COMMON_SHARE] = [100, 0.03];
/** So many rarer terms suffice. */
const ENOUGH_TERMS = 2;

/** A text by its position, with how well it fits; positive, best first. */
export interface Scored {
  readonly position: number;
  readonly score: number;
}

export interface WordIndex {
  /** BM25 over the texts that share a term with the query, at most `limit`. */
  find(query: string, limit: number): readonly Scored[];
}

export function createWordIndex(texts: readonly string[]): WordIndex {
  const database = openDatabase(':memory:', { room: 'knowledge-graph', migrations: [SCHEMA] });
  const insert = database.prepare('INSERT INTO texts (rowid, terms) VALUES (?, ?)');
  database.exec('BEGIN');
  texts.forEach((text, position) => insert.run(position, termsOf(text).join(' ')));
  database.exec('COMMIT');
  const select = database.prepare(
    'SELECT rowid AS position, -bm25(texts) AS score FROM texts WHERE texts MATCH ? ORDER BY score DESC, rowid LIMIT ?',
  );
  const count = database.prepare('SELECT doc AS texts FROM spread WHERE term = ?');
  const common = Math.max(COMMON_TEXTS, COMMON_SHARE * texts.length);
  const isRare = (term: string): boolean => {
    const spread = Number(count.get(term)?.['texts'] ?? 0);
    return spread > 0 && spread <= common;
  };
  return {
    find: (query, limit) => {
      const terms = [...new Set(termsOf(query))];
      if (terms.length === 0) return [];
      const rare = terms.filter(isRare);
      const expression = (rare.length >= ENOUGH_TERMS ? rare : terms).map((term) => `"${term}"`).join(' OR ');
      return select.all(expression, limit) as unknown as readonly Scored[];
    },
  };
}
