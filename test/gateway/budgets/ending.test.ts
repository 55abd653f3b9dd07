// The end of a budget, and more of it for good: what is given back, what stays in the books, what may be forgotten.
import { expect, it } from 'vitest';
import { createMachine, held, HOLD_MS } from './machine.ts';

const tree = (ledger: ReturnType<ReturnType<typeof createMachine>['start']>['ledger']): void => {
  ledger.open({ id: 'root', parent: undefined, limitNanoUsd: 100_000 });
  ledger.open({ id: 'run', parent: 'root', limitNanoUsd: 50_000 });
};

it('a closed budget gives back what was leased to it, and keeps what was spent in the books', async () => {
  const machine = createMachine();
  const [one, other] = [machine.start(), machine.start()];
  tree(one.ledger);
  await other.ledger.tend();
  const id = held(one.ledger.reserve('run', 1_000));
  // A block is leased, more than the call needs: another process sees it as reserved.
  expect(other.ledger.balance('run')?.reservedNanoUsd).toBeGreaterThan(1_000);
  one.ledger.settle(id, 400);
  const { act, before, after } = one.ledger.close('run');
  expect([act, before?.closed, after.closed, after.closedAtMs]).toEqual(['close', false, true, machine.now]);
  one.ledger.book();
  expect(other.ledger.balance('run')).toMatchObject({ closed: true, spentNanoUsd: 400, reservedNanoUsd: 0 });
  await other.ledger.tend();
  expect(() => other.ledger.reserve('run', 1)).toThrow(/closed/);
  expect(other.ledger.balances().map((balance) => balance.id)).toEqual(['root']);
  expect(other.ledger.balances({ closed: true }).map((balance) => balance.id)).toEqual(['root', 'run']);
  // All of the root that is not spent can be held.
  machine.now += 5_000;
  await one.ledger.tend();
  machine.now += 5_000;
  await one.ledger.tend();
  expect(other.ledger.reserve('root', 99_600)).toMatchObject({ kind: 'held' });
});

it('a call that is under way when its budget is closed is charged as ever', () => {
  const { ledger } = createMachine().start();
  tree(ledger);
  const id = held(ledger.reserve('run', 1_000));
  ledger.close('run');
  expect(ledger.balance('run')?.reservedNanoUsd).toBe(1_000);
  expect(ledger.settle(id, 700)).toBe(700);
  ledger.book();
  expect(ledger.balance('run')).toMatchObject({ spentNanoUsd: 700, reservedNanoUsd: 0 });
  expect(ledger.balance('root')).toMatchObject({ spentNanoUsd: 700, reservedNanoUsd: 0 });
});

it('what several add at once is all added, whatever each had seen', async () => {
  const machine = createMachine();
  const [one, other] = [machine.start(), machine.start()];
  tree(one.ledger);
  await other.ledger.tend();
  for (let turn = 0; turn < 5; turn++) {
    one.ledger.raise('run', { nanoUsd: 1_000, tokens: 0 });
    other.ledger.raise('run', { nanoUsd: 10, tokens: 0 });
  }
  expect(one.ledger.balance('run')?.limitNanoUsd).toBe(55_050);
  await one.ledger.tend();
  expect(one.ledger.reserve('run', 55_050)).toMatchObject({ kind: 'held' });
  expect(one.ledger.reserve('run', 1)).toMatchObject({ kind: 'denied' });
});

it('nothing is added where there is no limit, and a closed budget that gets more is open', () => {
  const { ledger } = createMachine().start();
  tree(ledger);
  expect(() => ledger.raise('run', { nanoUsd: 0, tokens: 5 })).toThrow(/no limit in tokens/);
  expect(() => ledger.raise('nowhere', { nanoUsd: 1, tokens: 0 })).toThrow(/no budget called nowhere/);
  ledger.close('run');
  expect(ledger.raise('run', { nanoUsd: 1, tokens: 0 })).toMatchObject({
    act: 'raise',
    before: { closed: true, limitNanoUsd: 50_000 },
    after: { closed: false, closedAtMs: undefined, limitNanoUsd: 50_001 },
  });
});

it('forgets what was closed long enough ago, children first, and its ancestors keep what was spent', async () => {
  const machine = createMachine();
  const { ledger } = machine.start();
  tree(ledger);
  ledger.open({ id: 'part', parent: 'run', limitNanoUsd: undefined });
  ledger.open({ id: 'young', parent: 'root', limitNanoUsd: undefined });
  ledger.settle(held(ledger.reserve('part', 1_000)), 600);
  ledger.extend('part', { nanoUsd: 5, tokens: 0, untilMs: machine.now + 1 });
  ledger.close('part');
  ledger.close('run');
  machine.now += 3 * HOLD_MS;
  await ledger.tend();
  ledger.close('young');
  // Not while a call of theirs might still have to be booked.
  expect(ledger.purge(machine.now + 1)).toBe(2);
  expect(ledger.balances({ closed: true }).map(({ id }) => id)).toEqual(['root', 'young']);
  expect(ledger.balance('root')?.spentNanoUsd).toBe(600);
  ledger.open({ id: 'run', parent: 'root', limitNanoUsd: 10 });
  expect(ledger.balance('run')).toMatchObject({ spentNanoUsd: 0, limitNanoUsd: 10 });
});

it('books what a dead process had spent on a closed budget before it forgets that', async () => {
  const machine = createMachine();
  const [dying, other] = [machine.start(), machine.start()];
  tree(dying.ledger);
  dying.ledger.open({ id: 'free', parent: 'root', limitNanoUsd: undefined });
  held(dying.ledger.reserve('free', 1_000));
  await dying.ledger.durable();
  dying.ledger.close('free');
  dying.die();
  machine.now += 3 * HOLD_MS;
  expect(other.ledger.purge(machine.now)).toBe(1);
  expect(other.ledger.balance('root')?.spentNanoUsd).toBe(1_000);
});
