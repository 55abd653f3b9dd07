// Write transactions of one connection, so that an act and its entry in the audit chain are both on disk or neither is.
// A transaction within another is part of it. What has to be seen by the rest of the process, such as limits in
// memory, follows the commit: what is rolled back was never seen.
import type { Database } from '#store';
import { inTransaction } from './tables.ts';

export interface Transactions {
  /** All of `work` or nothing: what it throws rolls back the outermost transaction. */
  run<T>(work: () => T): T;
  /** Once what is under way is committed; at once where nothing is; never where it is rolled back. */
  afterCommit(then: () => void): void;
}

export function createTransactions(database: Database): Transactions {
  let following: (() => void)[] = [];
  return {
    run: (work) => {
      if (database.isTransaction) return work();
      following = [];
      const result = inTransaction(database, work);
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
