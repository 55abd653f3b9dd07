// Who holds what: each open gateway is an owner with a row, and other processes can tell whether it still lives.
// An owner without a row, or whose process is gone, is dead for good: its leases and its runs may be taken over.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import { z } from 'zod';
import type { Database } from '#store';

export interface Owner {
  readonly id: string;
  readonly pid: number;
  /** When the process started, as the system counts it: a process number alone is used again. */
  readonly started: string;
  /** Which start of the machine: what was written but not synced survives a dead process, not a dead machine. */
  readonly boot: string;
}

/** The facts about processes that owners depend on; tests let processes die without dying themselves. */
export interface ProcessFacts {
  readonly pid: number;
  readonly boot: string;
  /** Start mark of a live process; undefined where there is none of that number. */
  startOf(pid: number): string | undefined;
}

const Row = z.object({ id: z.string(), pid: z.number(), started: z.string(), boot: z.string() });

export function registerOwner(database: Database, facts: ProcessFacts): Owner {
  const { pid } = facts;
  const owner = { id: `${pid}-${randomBytes(6).toString('hex')}`, pid, started: facts.startOf(pid) ?? '', boot: facts.boot };
  database
    .prepare('INSERT INTO gateway_owners (id, pid, started, boot, epoch) VALUES (?, ?, ?, ?, 0)')
    .run(owner.id, owner.pid, owner.started, owner.boot);
  return owner;
}

export function removeOwner(database: Database, id: string): void {
  database.prepare('DELETE FROM gateway_owners WHERE id = ?').run(id);
}

export function listOwners(database: Database): readonly Owner[] {
  return z.array(Row).parse(database.prepare('SELECT id, pid, started, boot FROM gateway_owners ORDER BY id').all());
}

export function isAlive(owner: Owner, facts: ProcessFacts): boolean {
  return sameBoot(owner.boot, facts.boot) && facts.startOf(owner.pid) === owner.started;
}

export function systemProcessFacts(): ProcessFacts {
  return { pid: process.pid, boot: bootMark(), startOf };
}

function bootMark(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Not Linux: the second at which the machine started, as far as its clock can say.
    return String(Math.round(Date.now() / 1000 - uptime()));
  }
}

/** Two minutes of tolerance where a boot is known by its second only: clocks are adjusted while they run. */
export function sameBoot(left: string, right: string): boolean {
  return left === right || Math.abs(Number(left) - Number(right)) < 120;
}

function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Fields 3 (state) and 22 (start); the name in field 2 may hold spaces and brackets, so count from its end.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    try {
      process.kill(pid, 0);
      return 'alive';
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'alive' : undefined;
    }
  }
}
