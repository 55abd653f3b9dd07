// Every administrative act as a row of a hash chain. An entry is written in one transaction with the act itself where
// that lies in the catalogue, and before it where it does not; the head follows in a second one, under the same write lock, so that several processes
// never move it backwards. A crash between the two leaves the head behind by an entry; the next entry brings it up.
// The head never moves past a break, so that what was done to the chain stays visible.
import { canonicalJson } from '#foundation';
import type { Database } from '#store';
import type { Audit, AuditAct, AuditEntry, AuditHead } from '../../contract.ts';
import type { Transactions } from '../../transactions.ts';
import type { Redact } from '../secrets.ts';
import { entryHash, GENESIS, walkChain } from './chain.ts';
import type { StoredEntry } from './chain.ts';
import type { HeadPlace } from './head-file.ts';

export interface AuditOptions {
  readonly database: Database;
  readonly transactions: Transactions;
  readonly head: HeadPlace;
  readonly redact: Redact;
  readonly now: () => number;
}

const COLUMNS = 'seq, at, actor, action, subject, before, after, previous, hash';

export function openAudit({ database, transactions, head, redact, now }: AuditOptions): Audit {
  const readLast = database.prepare('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1');
  const readHash = database.prepare('SELECT hash FROM audit WHERE seq = ?');
  const insert = database.prepare(`INSERT INTO audit (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  const readSome = database.prepare(`SELECT ${COLUMNS} FROM audit WHERE seq > ? ORDER BY seq LIMIT ?`);
  const readNewest = database.prepare(`SELECT ${COLUMNS} FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?`);
  const readAll = database.prepare(`SELECT ${COLUMNS} FROM audit ORDER BY seq`);
  const last = (): AuditHead => (readLast.get() as AuditHead | undefined) ?? GENESIS;

  const add = (act: AuditAct): StoredEntry => {
    const { seq, hash: previous } = last();
    const open = {
      seq: seq + 1,
      at: new Date(now()).toISOString(),
      actor: redact(act.actor),
      action: act.action,
      subject: redact(act.subject),
      before: act.before === undefined ? '' : redact(canonicalJson(act.before)),
      after: act.after === undefined ? '' : redact(canonicalJson(act.after)),
      previous,
    };
    const entry = { ...open, hash: entryHash(open) };
    const { at, actor, action, subject, before, after, hash } = entry;
    insert.run(entry.seq, at, actor, action, subject, before, after, previous, hash);
    return entry;
  };
  /** The transaction keeps other processes out while the file is written. */
  const moveHead = (): void =>
    transactions.run(() => {
      const known = head.read();
      if (known === undefined) return;
      const there = known.seq === 0 ? GENESIS.hash : readHash.get(known.seq)?.['hash'];
      if (there === known.hash) head.write(last());
    });

  transactions.run(() => {
    if (last().seq === 0 && !head.exists()) head.write(GENESIS);
  });

  const write = (act: AuditAct): StoredEntry => {
    const entry = add(act);
    transactions.afterCommit(moveHead);
    return entry;
  };
  return {
    record: (work) =>
      transactions.run(() => {
        const { result, act } = work();
        write(act);
        return result;
      }),
    append: (act) => shown(transactions.run(() => write(act))),
    list: ({ after = 0, limit = 1000 }) => (readSome.all(after, limit) as unknown as StoredEntry[]).map(shown),
    newest: ({ before = Number.MAX_SAFE_INTEGER, limit = 1000 }) =>
      (readNewest.all(before, limit) as unknown as StoredEntry[]).map(shown),
    verify: (known) => {
      const noted = head.read();
      if (noted === undefined) {
        return { kind: 'broken', seq: last().seq + 1, problem: 'the file with the head of the chain is missing or unreadable' };
      }
      // Entries that another process adds while we walk come after both heads, so they do no harm.
      return walkChain(readAll.iterate() as unknown as Iterable<StoredEntry>, known === undefined ? [noted] : [noted, known]);
    },
  };
}

function shown({ before, after, ...entry }: StoredEntry): AuditEntry {
  return {
    ...entry,
    ...(before === '' ? {} : { before: readJson(before) }),
    ...(after === '' ? {} : { after: readJson(after) }),
  };
}

/** Somebody may have changed the text; an entry can still be looked at, as it lies there. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
