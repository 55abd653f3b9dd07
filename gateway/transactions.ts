// Write transactions of one connection, so that an act and its entry in the audit chain are both on disk or neither is.
// A transaction within another is part of it. What has to be seen by the rest of the process, such as limits in
// memory, follows the commit: what is rolled back was never seen.
import type { Database } from '#store';
import { inTransaction } from './tables.ts';

export interface Transactions {
  /**
   * All of `work` or nothing: what it throws rolls back the outermost transaction. A `relaxed` one may be undone by a
   * power cut, and never by the death of a process.
   */
  run<T>(work: () => T, relaxed?: 'relaxed'): T;
  /** Once what is under way is committed; at once where nothing is; never where it is rolled back. */
  afterCommit(then: () => void): void;
}

export function createTransactions(database: Database): Transactions {
  const full = database.prepare('PRAGMA synchronous').get()?.['synchronous'] === 2;
  let following: (() => void)[] = [];

  const outermost = <T>(work: () => T, relaxed: boolean): T => {
    if (relaxed) database.exec('PRAGMA synchronous = NORMAL');
    following = [];
    try {
      return inTransaction(database, work);
    } finally {
      if (relaxed) database.exec('PRAGMA synchronous = FULL');
    }
  };
  return {
    run: (work, relaxed) => {
      if (database.isTransaction) return work();
      const result = outermost(work, full && relaxed !== undefined);
      const now = following;
      following = [];
      for (const then of now) then();
      return result;
    },
    afterCommit: (then) => {
      if (database.isTransaction) following.push(then);
      else then();
    },
  };
}
