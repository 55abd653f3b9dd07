// The hash chain as a pure thing: what an entry's hash covers, and how a chain is walked. The hash covers the stored
// texts byte for byte, so that no edit is too small to be seen.
import { hashOf } from '#foundation';
import type { AuditHead, AuditVerdict } from '../../contract.ts';

/** An entry as it is stored: `before` and `after` are canonical JSON, or empty. */
export interface StoredEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string;
  readonly after: string;
  readonly previous: string;
  readonly hash: string;
}

/** What the first entry follows. */
export const GENESIS: AuditHead = { seq: 0, hash: '0'.repeat(64) };

export function entryHash(entry: Omit<StoredEntry, 'hash'>): string {
  const { seq, at, actor, action, subject, before, after, previous } = entry;
  return hashOf({ seq, at, actor, action, subject, before, after, previous });
}

/** `heads`: places the chain must pass through, noted outside it. */
export function walkChain(entries: Iterable<StoredEntry>, heads: readonly AuditHead[]): AuditVerdict {
  let last = GENESIS;
  const passed = (head: AuditHead): boolean => heads.every((one) => one.seq !== head.seq || one.hash === head.hash);
  for (const entry of entries) {
    const seq = last.seq + 1;
    if (entry.seq !== seq) return broken(seq, `entry ${seq} is missing; the next one is ${entry.seq}`);
    if (entryHash(entry) !== entry.hash) return broken(seq, `entry ${seq} is not as it was written`);
    if (entry.previous !== last.hash) return broken(seq, `entry ${seq} does not follow the one before it`);
    last = { seq, hash: entry.hash };
    if (!passed(last)) return broken(seq, `entry ${seq} is another one than was noted outside the chain`);
  }
  const end = Math.max(...heads.map((head) => head.seq));
  if (end > last.seq) return broken(last.seq + 1, `the chain ends at ${last.seq}, but it had ${end} entries once`);
  return { kind: 'whole', entries: last.seq, head: last };
}

const broken = (seq: number, problem: string): AuditVerdict => ({ kind: 'broken', seq, problem });
