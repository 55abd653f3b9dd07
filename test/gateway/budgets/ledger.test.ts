// What the ledger promises, example by example: windows, tokens, soft edges, extensions, alerts, leases, deaths.
import { writeFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { BudgetAlert, BudgetNode } from '#gateway/contract';
import { temporaryFolder } from '../open-gateway.ts';
import { createMachine, held, HOLD_MS, HOUR_MS } from './machine.ts';
import type { Machine, Process } from './machine.ts';

function tree(process: Process, ...nodes: readonly (Partial<BudgetNode> & { readonly id: string })[]): void {
  for (const node of nodes) process.ledger.open({ parent: undefined, limitNanoUsd: undefined, ...node });
}

const root = (limitNanoUsd: number | undefined, more: Partial<BudgetNode> = {}) => ({ id: 'root', limitNanoUsd, ...more });
const left = { id: 'left', parent: 'root' };
const right = { id: 'right', parent: 'root' };

function onRoot(machine: Machine, limitNanoUsd: number | undefined, more: Partial<BudgetNode> = {}): Process {
  const process = machine.start();
  tree(process, root(limitNanoUsd, more), left, right);
  return process;
}

describe('windows', () => {
  it.each([
    ['calendar hour', { kind: 'calendar', unit: 'hour', timeZone: 'UTC' }, HOUR_MS],
    ['calendar day of a zone', { kind: 'calendar', unit: 'day', timeZone: 'America/New_York' }, 16 * HOUR_MS],
    ['rolling hours', { kind: 'rolling', hours: 2 }, 2 * HOUR_MS + 2 * 60_000],
  ] as const)('a %s gives room back when it is over, and says when', (_name, window, resetMs) => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000, { window });
    ledger.settle(held(ledger.reserve('left', 1000)), 1000);
    const denied = ledger.reserve('right', 1);
    ledger.book();
    expect(denied).toMatchObject({ kind: 'denied', node: 'root', headroomNanoUsd: 0, measure: 'usd' });
    expect(ledger.reserve('right', 1)).toMatchObject({ retryAfterMs: resetMs });
    expect(ledger.balance('root')?.resetsAtMs).toBe(machine.now + resetMs);
    machine.now += resetMs - 1;
    expect(ledger.reserve('right', 1)).toMatchObject({ kind: 'denied' });
    machine.now += 1;
    expect(ledger.reserve('right', 1000)).toMatchObject({ kind: 'held' });
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 1000, headroomNanoUsd: 0 });
    quit();
  });

  it('a hold belongs to the window in which it was admitted, even if it is settled in the next', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000, { window: { kind: 'calendar', unit: 'hour', timeZone: 'UTC' } });
    const late = held(ledger.reserve('left', 900));
    machine.now += HOUR_MS;
    expect(ledger.reserve('right', 1000)).toMatchObject({ kind: 'held' });
    expect(ledger.settle(late, 800)).toBe(800);
    ledger.book();
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 1000 });
    // The one without a window counts both.
    expect(ledger.balance('left')?.spentNanoUsd).toBe(800);
    quit();
  });

  it('the room under a budget is known from the first moment of a new window of one above it', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000, { window: { kind: 'calendar', unit: 'hour', timeZone: 'UTC' } });
    ledger.change('left', { limitNanoUsd: 300 });
    ledger.settle(held(ledger.reserve('left', 100)), 100);
    machine.now += HOUR_MS;
    expect(ledger.take('left', 250, 0)).toMatchObject({ kind: 'denied', node: 'left', headroomNanoUsd: 200 });
    expect(ledger.room('left')).toEqual({ nanoUsd: 200, tokens: Infinity });
    quit();
  });

  it('a new window counts what the old one counted', () => {
    const machine = createMachine();
    const first = onRoot(machine, 1000, { window: { kind: 'calendar', unit: 'month', timeZone: 'UTC' } });
    const { ledger } = first;
    ledger.settle(held(ledger.reserve('left', 400)), 400);
    ledger.book();
    const open = held(ledger.reserve('left', 300));
    const unbooked = held(ledger.reserve('left', 200));
    ledger.settle(unbooked, 200);
    const change = ledger.change('root', { window: { kind: 'rolling', hours: 24 } });
    expect(change.before).toMatchObject({ spentNanoUsd: 600, reservedNanoUsd: 300 });
    expect(change.after).toMatchObject({ window: { kind: 'rolling', hours: 24 }, spentNanoUsd: 600, reservedNanoUsd: 300 });
    expect(ledger.reserve('right', 101)).toMatchObject({ kind: 'denied' });
    ledger.settle(open, 300);
    ledger.book();
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 900, reservedNanoUsd: 0 });
    expect(ledger.reserve('right', 100)).toMatchObject({ kind: 'held' });
    first.quit();
  });
});

describe('limits', () => {
  it('in tokens hold as those in USD do', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, undefined, { limitTokens: 1000 });
    const first = held(ledger.reserve('left', 10 ** 12, { tokens: 900 }));
    expect(ledger.reserve('left', 1, { tokens: 101 })).toMatchObject({ kind: 'denied', measure: 'tokens', headroomTokens: 100 });
    ledger.settle(first, 5, 100);
    expect(ledger.reserve('left', 1, { tokens: 900 })).toMatchObject({ kind: 'held' });
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 5, spentTokens: 100, reservedTokens: 900, headroomTokens: 0 });
    quit();
  });

  it('with a soft edge admit, flag and alert', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000, { edge: 'soft' });
    const alerts: BudgetAlert[] = [];
    ledger.onAlert((alert) => alerts.push(alert));
    expect(ledger.reserve('left', 900)).toMatchObject({ overSoft: [] });
    const over = ledger.reserve('left', 200);
    expect(over).toMatchObject({ kind: 'held', overSoft: ['root'] });
    ledger.settle(held(over), 1200);
    ledger.book();
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 1200, headroomNanoUsd: 0 });
    expect(alerts.map(({ percent }) => percent)).toEqual([50, 80, 100]);
    quit();
  });

  it('write each alert once per window and threshold, whoever notices', () => {
    const machine = createMachine();
    const window = { kind: 'calendar', unit: 'hour', timeZone: 'UTC' } as const;
    const first = onRoot(machine, 1000, { window, alertPercents: [50, 90] });
    const second = onRoot(machine, 1000, { window, alertPercents: [50, 90] });
    for (const { ledger } of [first, second]) {
      ledger.settle(held(ledger.reserve('left', 300)), 300);
      ledger.book();
    }
    first.ledger.settle(held(first.ledger.reserve('left', 10)), 10);
    first.ledger.book();
    expect(first.ledger.alerts()).toEqual([
      { node: 'root', measure: 'usd', percent: 50, atMs: machine.now, spent: 600, limit: 1000 },
    ]);
    machine.now += HOUR_MS;
    expect(first.ledger.balance('root')?.alerts).toEqual([]);
    first.ledger.settle(held(first.ledger.reserve('left', 950)), 950);
    first.ledger.book();
    expect(first.ledger.alerts({ node: 'root', limit: 2 }).map(({ percent }) => percent)).toEqual([90, 50]);
    expect(first.ledger.alerts({ node: 'left' })).toEqual([]);
    first.quit();
    second.quit();
  });

  it('can be extended for a while, and the extension ends by itself', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000);
    ledger.settle(held(ledger.reserve('left', 1000)), 1000);
    const untilMs = machine.now + 60_000;
    const change = ledger.extend('root', { nanoUsd: 500, tokens: 0, untilMs });
    expect(change.after).toMatchObject({ headroomNanoUsd: 500, extensions: [{ nanoUsd: 500, fromMs: machine.now, untilMs }] });
    ledger.settle(held(ledger.reserve('left', 100)), 100);
    machine.now = untilMs;
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'denied' });
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 1100, headroomNanoUsd: 0, extensions: [] });
    expect(() => ledger.extend('root', { nanoUsd: 1, tokens: 0, untilMs })).toThrow('future');
    quit();
  });

  it('do not give what an extension had let a process lease, once it is over', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 0, { window: { kind: 'rolling', hours: 1 } });
    ledger.extend('root', { nanoUsd: 16_000, tokens: 0, untilMs: machine.now + 90_000 });
    ledger.settle(held(ledger.reserve('left', 10)), 10);
    // Past the end of a bucket, and of the extension.
    machine.now += 91_000;
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'denied', node: 'root' });
    quit();
  });

  it('can be raised, lowered and taken away; lowering takes back what is leased and not held', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 100_000);
    held(ledger.reserve('left', 100));
    ledger.change('root', { limitNanoUsd: 150 });
    expect(ledger.reserve('left', 51)).toMatchObject({ kind: 'denied', headroomNanoUsd: 50 });
    ledger.change('root', { limitNanoUsd: 400 });
    expect(ledger.reserve('left', 300)).toMatchObject({ kind: 'held' });
    ledger.change('root', { limitNanoUsd: undefined });
    expect(ledger.reserve('left', 10 ** 12)).toMatchObject({ kind: 'held' });
    ledger.change('root', { limitNanoUsd: 1000 });
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    quit();
  });

  it('of a closed budget admit nothing, until it is opened again', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000);
    expect(ledger.close('root')).toMatchObject({ act: 'close', before: { closed: false }, after: { closed: true } });
    expect(() => ledger.reserve('left', 1)).toThrow('The budget root is closed.');
    ledger.open({ id: 'root', parent: undefined, limitNanoUsd: 1000 });
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'held' });
    quit();
  });
});

describe('holds', () => {
  it('with the same key are the same hold, charged once', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000);
    const first = held(ledger.reserve('left', 600, { key: 'order 1' }));
    expect(held(ledger.reserve('left', 600, { key: 'order 1' }))).toBe(first);
    expect(ledger.settle(first, 500)).toBe(500);
    expect(held(ledger.reserve('left', 600, { key: 'order 1' }))).toBe(first);
    expect(ledger.settle(first, 500)).toBe(0);
    expect(held(ledger.reserve('left', 100, { key: 'order 2' }))).not.toBe(first);
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 500, reservedNanoUsd: 100 });
    quit();
  });

  it('whose call is gone are ended by the sweeper, in full', async () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000);
    const lost = held(ledger.reserve('left', 600));
    machine.now += HOLD_MS - 1;
    const young = held(ledger.reserve('left', 100));
    await ledger.tend();
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 700 });
    machine.now += 1001;
    await ledger.tend();
    expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 600, reservedNanoUsd: 100 });
    expect(ledger.settle(lost, 1)).toBe(0);
    expect(ledger.settle(young, 50)).toBe(50);
    quit();
  });

  it.each([-1, 0.5, Number.NaN, Infinity])('of %d are refused', (amount) => {
    const { ledger, quit } = onRoot(createMachine(), 1000);
    expect(() => ledger.reserve('left', amount)).toThrow('whole number');
    expect(() => ledger.reserve('left', 1, { tokens: amount })).toThrow('whole number');
    expect(() => ledger.reserve('nowhere', 1)).toThrow('no budget called nowhere');
    quit();
  });

  it('that cost more than they held are booked in full, and nothing is admitted after them', () => {
    const { ledger, quit } = onRoot(createMachine(), 1000);
    expect(ledger.settle(held(ledger.reserve('left', 600)), 1500)).toBe(1500);
    expect(ledger.balance('root')?.spentNanoUsd).toBe(1500);
    expect(ledger.headroom('left')).toBe(0);
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    ledger.book();
    expect(ledger.reserve('left', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    quit();
  });
});

describe('several processes', () => {
  it('keep their leases while they use them, and give them back when they do not', async () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, 16_000), onRoot(machine, 16_000)];
    first.ledger.settle(held(first.ledger.reserve('left', 10)), 10);
    machine.now += 1000;
    await first.ledger.tend();
    const leased = (): number =>
      (second.ledger.balance('root')?.reservedNanoUsd ?? 0) + (second.ledger.balance('root')?.spentNanoUsd ?? 0);
    expect(leased()).toBeGreaterThan(10);
    machine.now += 1000;
    await first.ledger.tend();
    expect(leased()).toBe(10);
    first.quit();
    second.quit();
  });

  it('hand over what lies idle as soon as another wants it', async () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, 1600), onRoot(machine, 1600)];
    first.ledger.settle(held(first.ledger.reserve('left', 5)), 5);
    expect(second.ledger.reserve('right', 1590)).toMatchObject({ kind: 'denied', node: 'root' });
    expect(second.ledger.mayFree('root')).toBe(true);
    machine.now += 100;
    await first.ledger.tend();
    const freed: string[] = [];
    second.ledger.onFreed((nodes) => freed.push(...nodes));
    await second.ledger.tend();
    expect(freed).toEqual(['root']);
    expect(second.ledger.take('right', 1590, 0)).toEqual({ kind: 'dry' });
    await second.ledger.refilled();
    expect(second.ledger.take('right', 1590, 0)).toMatchObject({ kind: 'held' });
    first.quit();
    second.quit();
  });

  it('see each other’s nodes, limits and extensions', async () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, 16_000), onRoot(machine, 16_000)];
    held(first.ledger.reserve('left', 10));
    second.ledger.open({ id: 'new', parent: 'left', limitNanoUsd: 5 });
    second.ledger.change('root', { limitNanoUsd: 20 });
    await first.ledger.tend();
    expect(first.ledger.reserve('new', 6)).toMatchObject({ kind: 'denied', node: 'new' });
    expect(first.ledger.reserve('left', 11)).toMatchObject({ kind: 'denied', node: 'root', headroomNanoUsd: 10 });
    second.ledger.extend('root', { nanoUsd: 5, tokens: 0, untilMs: machine.now + 1000 });
    await first.ledger.tend();
    expect(first.ledger.reserve('left', 15)).toMatchObject({ kind: 'held' });
    first.quit();
    second.quit();
  });

  it('need no lease, and no transaction, where nothing is limited', () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, undefined), onRoot(machine, undefined)];
    const before = first.transactions();
    for (let index = 0; index < 100; index++) expect(first.ledger.take('left', 10 ** 9, 10)).toMatchObject({ kind: 'held' });
    expect(first.transactions()).toBe(before);
    expect(second.ledger.balance('root')).toMatchObject({ spentNanoUsd: 0, reservedNanoUsd: 0 });
    first.quit();
    expect(second.ledger.balance('root')).toMatchObject({ spentNanoUsd: 100 * 10 ** 9, reservedNanoUsd: 0 });
    second.quit();
  });

  it('sweep up after a dead one without being asked', async () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, 1000), onRoot(machine, 1000)];
    held(first.ledger.reserve('left', 600));
    await first.ledger.durable();
    first.die();
    machine.now += 1000;
    await second.ledger.tend();
    expect(second.ledger.balance('root')).toMatchObject({ spentNanoUsd: 600, reservedNanoUsd: 0 });
    second.quit();
  });

  it('stop one that was taken for dead, instead of letting it spend what others have now', async () => {
    const machine = createMachine();
    const ghost = onRoot(machine, 100_000);
    held(ghost.ledger.reserve('left', 10));
    await ghost.ledger.durable();
    // Its number is seen by nobody, though it runs: as from inside another container.
    machine.hide(ghost.pid);
    const other = machine.start();
    expect(other.ledger.balance('root')).toMatchObject({ spentNanoUsd: 10, reservedNanoUsd: 0 });
    expect(() => ghost.ledger.reserve('left', 50_000)).toThrow('taken this one for dead');
    ghost.die();
    other.quit();
  });
});

describe('after the death of a process', () => {
  it('a whole lease counts as spent when the machine itself has died, since the journal may not have reached the disk', () => {
    const machine = createMachine();
    const before = onRoot(machine, 100_000);
    before.ledger.settle(held(before.ledger.reserve('left', 500)), 100);
    before.die();
    machine.reboot();
    const after = machine.start();
    const spent = after.ledger.balance('root')?.spentNanoUsd ?? 0;
    expect(spent).toBeGreaterThanOrEqual(500);
    expect(spent).toBeLessThanOrEqual(100_000 / 16);
    expect(after.ledger.balance('root')?.reservedNanoUsd).toBe(0);
    after.quit();
  });

  it('a journal that makes no sense counts as a lost one: the whole lease is spent', () => {
    const folder = temporaryFolder();
    const machine = createMachine(join(folder, 'catalog.sqlite'));
    const before = onRoot(machine, 100_000);
    held(before.ledger.reserve('left', 500));
    before.die();
    const journal = readdirSync(folder).find((name) => name.includes('-ledger-')) ?? '';
    writeFileSync(join(folder, journal), 'x 1 2 3\n');
    const after = machine.start();
    expect(after.ledger.balance('root')?.spentNanoUsd).toBe(100_000 / 16);
    expect(readdirSync(folder).filter((name) => name.includes('-ledger-'))).toHaveLength(1);
    after.quit();
  });

  it('in the middle of a booking, each amount is booked once', async () => {
    const machine = createMachine();
    const first = onRoot(machine, undefined);
    const leaves = Array.from({ length: 250 }, (_, index) => `root/${index}`);
    for (const id of leaves) first.ledger.open({ id, parent: 'root', limitNanoUsd: 1000 });
    for (const id of leaves) first.ledger.settle(held(first.ledger.reserve(id, 10)), 7);
    await first.ledger.durable();
    machine.now += 1000;
    // Books a slice in each turn of the event loop, and does not live to see the last.
    const tending = first.ledger.tend().catch(() => undefined);
    const view = machine.start();
    const booked = (): number => leaves.filter((id) => view.ledger.balance(id)?.spentNanoUsd === 7).length;
    while (booked() === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(booked()).toBeLessThan(250);
    first.die();
    view.quit();
    const second = machine.start();
    expect(second.ledger.balance('root')?.spentNanoUsd).toBe(250 * 7);
    expect(new Set(leaves.map((id) => second.ledger.balance(id)?.spentNanoUsd))).toEqual(new Set([7]));
    await tending;
    second.quit();
  });
});
