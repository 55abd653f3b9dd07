// Whatever several processes do to one tree of budgets, and whenever they die: spent + reserved stays within every
// limit, and no spending is lost.
import { strictEqual } from 'node:assert/strict';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registerOwner, removeOwner } from '../../../gateway/owners.ts';
import { createLedger } from '../../../gateway/policy/ledger.ts';
import type { OwnedLedger } from '../../../gateway/policy/ledger.ts';
import { createLedgerStore } from '../../../gateway/policy/ledger-store.ts';
import { openTables } from '../../../gateway/tables.ts';
import { temporaryFolder } from '../open-gateway.ts';

const PARENTS = { root: undefined, left: 'root', right: 'root', leaf: 'left' } as const;
type Node = keyof typeof PARENTS;
const NODES = Object.keys(PARENTS) as Node[];

interface Process {
  readonly pid: number;
  readonly ledger: OwnedLedger;
  readonly open: { id: string; node: Node; amount: number }[];
  quit(): void;
  die(): void;
}

/** Real ledgers on one real file; only the deaths of processes are staged. */
function machine(path: string, limits: Readonly<Record<Node, number | undefined>>) {
  const alive = new Set<number>();
  let boot = 1;
  let pids = 100;
  const start = (): Process => {
    const pid = pids++;
    alive.add(pid);
    const facts = { pid, boot: `boot-${boot}-`, startOf: (other: number) => (alive.has(other) ? `start-${other}` : undefined) };
    const database = openTables(path);
    // The property is about processes; without this it would mostly wait for the disk.
    database.exec('PRAGMA synchronous = OFF');
    const owner = registerOwner(database, facts);
    const ledger = createLedger(createLedgerStore(database, path, owner, facts), owner, true);
    for (const id of NODES) ledger.open({ id, parent: PARENTS[id], limitNanoUsd: limits[id] });
    const leave = (): void => {
      alive.delete(pid);
      database.close();
    };
    return {
      pid,
      ledger,
      open: [],
      die: leave,
      quit: () => {
        ledger.close();
        removeOwner(database, owner.id);
        leave();
      },
    };
  };
  return {
    start,
    hide: (pid: number) => alive.delete(pid),
    reboot: () => {
      boot++;
    },
  };
}

/** What one of the two processes does next. */
const operation = fc.record({
  do: fc.oneof(
    { weight: 8, arbitrary: fc.constant('reserve') },
    { weight: 6, arbitrary: fc.constant('settle') },
    { weight: 2, arbitrary: fc.constant('release') },
    { weight: 1, arbitrary: fc.constantFrom('book', 'crash', 'quit') },
  ),
  on: fc.nat(1),
  node: fc.constantFrom(...NODES),
  amount: fc.nat(400),
  pick: fc.nat(50),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
});
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;
const limit = fc.option(fc.integer({ min: 0, max: 5000 }), { nil: undefined });
const limits = fc.record({ root: fc.integer({ min: 200, max: 5000 }), left: limit, right: limit, leaf: limit });

const pathOf = (node: Node): readonly Node[] => {
  const parent = PARENTS[node];
  return parent === undefined ? [node] : [node, ...pathOf(parent)];
};

/** Reserves, settles or releases, and tells what was truly spent. */
function trade({ ledger, open }: Process, step: Operation, spend: (node: Node, amount: number) => void): void {
  if (step.do === 'reserve') {
    const answer = ledger.reserve(step.node, step.amount);
    if (answer.kind === 'held') open.push({ id: answer.id, node: step.node, amount: step.amount });
    return;
  }
  const [hold] = open.splice(step.pick % Math.max(1, open.length), 1);
  if (hold === undefined) return;
  const amount = step.do === 'settle' ? Math.floor(hold.amount * step.share) : 0;
  if (step.do === 'release') ledger.release(hold.id);
  else strictEqual(ledger.settle(hold.id, amount), amount);
  strictEqual(ledger.settle(hold.id, 400), 0, 'a second settlement changes nothing');
  spend(hold.node, amount);
}

describe('the ledger', () => {
  it('never passes a limit and never loses spending, whatever is interleaved and whoever dies', () => {
    const folder = temporaryFolder();
    let files = 0;
    fc.assert(
      fc.property(limits, fc.array(operation, { minLength: 5, maxLength: 80, size: 'max' }), (limits, operations) => {
        const world = machine(join(folder, `${files++}.sqlite`), limits);
        const processes = [world.start(), world.start()];
        /** What must be booked in the end, exactly: settlements, and the holds of the dead in full. */
        const truth: Record<Node, number> = { root: 0, left: 0, right: 0, leaf: 0 };
        const spend = (node: Node, amount: number): void => {
          for (const one of pathOf(node)) truth[one] += amount;
        };
        const give = (process: Process): void => {
          for (const hold of process.open) spend(hold.node, hold.amount);
        };
        for (const step of operations) {
          const process = processes[step.on] as Process;
          if (step.do === 'crash' || step.do === 'quit') {
            give(process);
            if (step.do === 'crash') process.die();
            else process.quit();
            processes[step.on] = world.start();
          } else if (step.do === 'book') process.ledger.book();
          else trade(process, step, spend);
          for (const { ledger } of processes) {
            for (const { id, limitNanoUsd, spentNanoUsd, reservedNanoUsd } of ledger.balances()) {
              expect(spentNanoUsd + reservedNanoUsd, `${id} after ${step.do}`).toBeLessThanOrEqual(limitNanoUsd ?? Infinity);
              expect(spentNanoUsd + reservedNanoUsd, `${id} after ${step.do}`).toBeGreaterThanOrEqual(truth[id as Node]);
            }
          }
        }
        for (const process of processes) {
          give(process);
          process.die();
        }
        const last = world.start();
        for (const { id, spentNanoUsd, reservedNanoUsd } of last.ledger.balances()) {
          expect({ id, spentNanoUsd, reservedNanoUsd }).toEqual({ id, spentNanoUsd: truth[id as Node], reservedNanoUsd: 0 });
        }
        last.quit();
      }),
      { numRuns: 120 },
    );
  });

  it('counts a whole lease as spent when the machine itself has died, since the journal may not have reached the disk', () => {
    const world = machine(join(temporaryFolder(), 'power.sqlite'), {
      root: 100_000,
      left: undefined,
      right: undefined,
      leaf: undefined,
    });
    const before = world.start();
    const held = before.ledger.reserve('leaf', 500);
    before.ledger.settle(held.kind === 'held' ? held.id : '', 100);
    before.die();
    world.reboot();
    const after = world.start();
    const spent = after.ledger.balance('root')?.spentNanoUsd ?? 0;
    expect(spent).toBeGreaterThanOrEqual(500);
    expect(spent).toBeLessThanOrEqual(100_000 / 16);
    expect(after.ledger.balance('root')?.reservedNanoUsd).toBe(0);
    after.quit();
  });

  it('gives headroom back to other processes once it is booked', () => {
    const world = machine(join(temporaryFolder(), 'two.sqlite'), {
      root: 1000,
      left: undefined,
      right: undefined,
      leaf: undefined,
    });
    const [first, second] = [world.start(), world.start()];
    const held = first.ledger.reserve('left', 900);
    expect(second.ledger.reserve('right', 200)).toMatchObject({ kind: 'denied', node: 'root' });
    expect(second.ledger.mayFree('root')).toBe(true);
    first.ledger.settle(held.kind === 'held' ? held.id : '', 100);
    first.ledger.book();
    expect(second.ledger.reserve('right', 900)).toMatchObject({ kind: 'held' });
    first.quit();
    second.quit();
  });

  it('stops a process that was taken for dead, instead of letting it spend what others have now', () => {
    const path = join(temporaryFolder(), 'ghost.sqlite');
    const world = machine(path, { root: 100_000, left: undefined, right: undefined, leaf: undefined });
    const ghost = world.start();
    ghost.ledger.reserve('leaf', 10);
    // Its number is seen by nobody, though it runs: as from inside another container.
    world.hide(ghost.pid);
    const other = world.start();
    expect(other.ledger.balance('root')).toMatchObject({ spentNanoUsd: 10, reservedNanoUsd: 0 });
    expect(() => ghost.ledger.reserve('leaf', 50_000)).toThrow('taken this one for dead');
    expect(() => ghost.ledger.book()).toThrow('taken this one for dead');
    ghost.die();
    other.quit();
  });

  it('books in full what a provider bills beyond its cap, and admits nothing after it', () => {
    const world = machine(join(temporaryFolder(), 'over.sqlite'), {
      root: 1000,
      left: undefined,
      right: undefined,
      leaf: undefined,
    });
    const process = world.start();
    const held = process.ledger.reserve('leaf', 600);
    expect(process.ledger.settle(held.kind === 'held' ? held.id : '', 1500)).toBe(1500);
    expect(process.ledger.balance('root')?.spentNanoUsd).toBe(1500);
    expect(process.ledger.headroom('leaf')).toBe(0);
    expect(process.ledger.reserve('leaf', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    process.quit();
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('refuses %d as an amount of money', (amount) => {
    const world = machine(join(temporaryFolder(), 'odd.sqlite'), {
      root: 1000,
      left: undefined,
      right: undefined,
      leaf: undefined,
    });
    const process = world.start();
    expect(() => process.ledger.reserve('leaf', amount)).toThrow('whole number');
    expect(() => process.ledger.reserve('nowhere', 1)).toThrow('no budget called nowhere');
    process.quit();
  });
});
