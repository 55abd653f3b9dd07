// The ledger as a hash chain: what an entry's hash covers, how one follows another, how a chain is walked. The hash
// covers the stored texts byte for byte, so that no edit is too small to be seen.
import { canonicalJson, hashOf } from '#foundation';
import type { LedgerAct, LedgerEntry, LedgerHead, LedgerVerdict } from '../contract.ts';

/** What the first entry follows. */
export const LEDGER_GENESIS: LedgerHead = { seq: 0, hash: '0'.repeat(64) };

interface Act {
  readonly at: string;
  readonly act: LedgerAct;
  readonly forecast: string;
  readonly body: unknown;
}

export function nextEntry(last: LedgerHead, { at, act, forecast, body }: Act): LedgerEntry {
  const open = { seq: last.seq + 1, at, act, forecast, body: canonicalJson(body), previous: last.hash };
  return { ...open, hash: entryHash(open) };
}

function entryHash({ seq, at, act, forecast, body, previous }: Omit<LedgerEntry, 'hash'>): string {
  return hashOf({ seq, at, act, forecast, body, previous });
}

/** `heads`: places the chain must pass through, noted outside it; without them a cut-off end cannot be seen. */
export function verifyLedger(entries: Iterable<LedgerEntry>, heads: readonly LedgerHead[]): LedgerVerdict {
  let last = LEDGER_GENESIS;
  for (const entry of entries) {
    const seq = last.seq + 1;
    if (entry.seq !== seq) return broken(seq, `entry ${seq} is missing; the next one is ${entry.seq}`);
    if (entryHash(entry) !== entry.hash) return broken(seq, `entry ${seq} is not as it was written`);
    if (entry.previous !== last.hash) return broken(seq, `entry ${seq} does not follow the one before it`);
    last = { seq, hash: entry.hash };
    if (heads.some((head) => head.seq === seq && head.hash !== entry.hash))
      return broken(seq, `entry ${seq} is another one than was noted outside the ledger`);
  }
  const end = heads.reduce((most, head) => Math.max(most, head.seq), 0);
  if (end > last.seq) return broken(last.seq + 1, `the ledger ends at ${last.seq}, but it had ${end} entries once`);
  return { kind: 'whole', entries: last.seq, head: last };
}

const broken = (seq: number, problem: string): LedgerVerdict => ({ kind: 'broken', seq, problem });
