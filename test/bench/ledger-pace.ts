// What the ledger costs a call: CPU per reserve + settle on a tree of four levels with a real catalogue and journal,
// at a steady pace in one process, and what booking does to the event loop at ten thousand nodes.
//   node test/bench/ledger-pace.ts [calls per second] [seconds]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { registerOwner, systemProcessFacts } from '../../gateway/owners.ts';
import { createLedger } from '../../gateway/policy/budgets/ledger.ts';
import type { OwnedLedger } from '../../gateway/policy/budgets/ledger.ts';
import { createLedgerStore } from '../../gateway/policy/budgets/ledger-store.ts';
import { openTables } from '../../gateway/tables.ts';
import { createTransactions } from '../../gateway/transactions.ts';

const [pace = 15_000, seconds = 4] = process.argv.slice(2).map(Number);
const TICK_MS = 4;
const folder = mkdtempSync(join(tmpdir(), 'shoal-pace-'));

function open(name: string): { ledger: OwnedLedger; close(): void } {
  const path = join(folder, `${name}.sqlite`);
  const database = openTables(path);
  const facts = systemProcessFacts();
  const owner = registerOwner(database, facts);
  const store = createLedgerStore({ database, transactions: createTransactions(database), path, owner, facts });
  const ledger = createLedger({ store, owner, durable: true, now: Date.now, holdMs: 3_600_000 });
  const tending = setInterval(() => void ledger.tend(), 100);
  return {
    ledger,
    close: () => {
      clearInterval(tending);
      ledger.shut();
      database.close();
    },
  };
}

const ms = (nanos: number): string => (nanos / 1e6 - 1).toFixed(1);

/** Calls at a steady pace: reserve, wait for the disk, settle one tick later. Returns CPU microseconds per call. */
async function spend(ledger: OwnedLedger, leaves: readonly string[], count: number): Promise<number> {
  const perTick = (pace * TICK_MS) / 1000;
  let begun = 0;
  let held: string[] = [];
  let dry: string[] = [];
  const started = performance.now();
  const before = process.cpuUsage();
  while (begun < count) {
    for (const id of held) ledger.settle(id, 2_000, 300);
    held = [];
    const due = Math.min(count, Math.floor(((performance.now() - started) / TICK_MS) * perTick));
    for (; begun < due; begun++) {
      const leaf = leaves[begun % leaves.length] ?? '';
      const answer = ledger.take(leaf, 13_000, 2_000);
      if (answer.kind === 'held') held.push(answer.id);
      else dry.push(leaf);
    }
    // As admission does it: all that are dry ask together.
    while (dry.length > 0) {
      await ledger.refilled();
      dry = dry.filter((leaf) => {
        const answer = ledger.take(leaf, 13_000, 2_000);
        if (answer.kind === 'held') held.push(answer.id);
        return answer.kind === 'dry';
      });
    }
    await ledger.durable();
    await pause(TICK_MS);
  }
  for (const id of held) ledger.settle(id, 2_000, 300);
  const used = process.cpuUsage(before);
  return (used.user + used.system) / count;
}

/** What the work returns, and how late the event loop was meanwhile. */
async function watched(work: () => Promise<number>): Promise<[number, string]> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const result = await work();
  delay.disable();
  return [result, `p50 ${ms(delay.percentile(50))}, p99 ${ms(delay.percentile(99))}, most ${ms(delay.max)} ms`];
}

/** The same loop without a ledger: what the pacing itself costs. */
async function idle(count: number): Promise<number> {
  const nothing = { take: () => ({ kind: 'held', id: 'x' }), settle: () => 0, durable: () => undefined };
  return spend(nothing as unknown as OwnedLedger, ['x'], count);
}

try {
  const limited = open('limited');
  const free = open('free');
  for (const [{ ledger }, limit] of [
    [limited, 10 ** 13],
    [free, undefined],
  ] as const) {
    ledger.open({ id: 'org', parent: undefined, limitNanoUsd: limit, limitTokens: limit });
    ledger.open({ id: 'team', parent: 'org', limitNanoUsd: limit, window: { kind: 'rolling', hours: 24 } });
    ledger.open({ id: 'run', parent: 'team', limitNanoUsd: limit });
    ledger.open({ id: 'stage', parent: 'run', limitNanoUsd: limit });
  }
  const count = pace * seconds;
  await spend(free.ledger, ['stage'], pace);
  const base = await idle(count);
  const rows = [
    ['4 levels, none limited', await spend(free.ledger, ['stage'], count)],
    ['4 levels, all limited', await spend(limited.ledger, ['stage'], count)],
  ] as const;
  free.close();
  limited.close();
  console.log(`${pace} reserve + settle a second for ${seconds} s, one process, journal and catalogue on ${tmpdir()}`);
  for (const [name, total] of rows)
    console.log(`${name}: ${(total - base).toFixed(2)} µs CPU per pair (pacing alone ${base.toFixed(2)})`);

  const many = open('many');
  many.ledger.open({ id: 'org', parent: undefined, limitNanoUsd: 10 ** 14 });
  const leaves = Array.from({ length: 10_000 }, (_, index) => `org/key:${String(index).padStart(5, '0')}`);
  for (const id of leaves) many.ledger.open({ id, parent: 'org', limitNanoUsd: 10 ** 10 });
  await spend(many.ledger, leaves, pace);
  const [cost, delay] = await watched(() => spend(many.ledger, leaves, count));
  const [, quiet] = await watched(() => idle(count));
  console.log(
    `10,000 limited nodes, all in use: ${(cost - base).toFixed(2)} µs CPU per pair with booking; event loop delay ${delay}; of the pacing alone ${quiet}`,
  );
  many.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
