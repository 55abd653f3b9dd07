// Limits that are lower than what is held and spent: an extension has ended, someone has lowered them, a provider has
// billed more than was held. What comes back pays for that first, and only the rest is for new calls.
import { describe, expect, it } from 'vitest';
import type { BudgetNode } from '#gateway/contract';
import { createMachine, held } from './machine.ts';
import type { Machine, Process } from './machine.ts';

const MINUTE_MS = 60_000;

function onRoot(machine: Machine, limitNanoUsd: number, more: Partial<BudgetNode> = {}): Process {
  const process = machine.start();
  process.ledger.open({ id: 'root', parent: undefined, limitNanoUsd, ...more });
  return process;
}

describe('a limit that is passed', () => {
  it('since an extension has ended is paid for first by what an open call gives back', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 1000);
    ledger.extend('root', { nanoUsd: 500, tokens: 0, untilMs: machine.now + MINUTE_MS });
    const open = held(ledger.reserve('root', 1500));
    machine.now += MINUTE_MS;
    expect(ledger.reserve('root', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    ledger.settle(open, 600);
    expect(ledger.reserve('root', 401)).toMatchObject({ kind: 'denied', headroomNanoUsd: 400 });
    expect(ledger.reserve('root', 400)).toMatchObject({ kind: 'held' });
    quit();
  });

  it('since it was lowered is paid for first by what open calls give back, in whichever process', async () => {
    const machine = createMachine();
    const [first, second] = [onRoot(machine, 1500), onRoot(machine, 1500)];
    const [one, two] = [held(first.ledger.reserve('root', 700)), held(second.ledger.reserve('root', 800))];
    first.ledger.change('root', { limitNanoUsd: 1000 });
    await second.ledger.tend();
    first.ledger.settle(one, 300);
    expect(first.ledger.reserve('root', 1)).toMatchObject({ kind: 'denied', headroomNanoUsd: 0 });
    second.ledger.settle(two, 500);
    expect(second.ledger.reserve('root', 201)).toMatchObject({ kind: 'denied', headroomNanoUsd: 200 });
    expect(second.ledger.reserve('root', 200)).toMatchObject({ kind: 'held' });
    first.quit();
    second.quit();
  });

  it('since it was set where there was none is paid for first by what an open call gives back', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 0, { limitNanoUsd: undefined });
    const open = held(ledger.reserve('root', 1500));
    ledger.change('root', { limitNanoUsd: 1000 });
    ledger.settle(open, 600);
    expect(ledger.reserve('root', 401)).toMatchObject({ kind: 'denied', headroomNanoUsd: 400 });
    expect(ledger.reserve('root', 400)).toMatchObject({ kind: 'held' });
    quit();
  });

  it('lets calls through that take nothing of it', () => {
    const machine = createMachine();
    const { ledger, quit } = onRoot(machine, 10 ** 6, { limitTokens: 20 });
    ledger.extend('root', { nanoUsd: 0, tokens: 36, untilMs: machine.now + MINUTE_MS });
    held(ledger.reserve('root', 235, { tokens: 34 }));
    machine.now += MINUTE_MS;
    expect(ledger.reserve('root', 1, { tokens: 1 })).toMatchObject({ kind: 'denied', measure: 'tokens', headroomTokens: 0 });
    expect(ledger.reserve('root', 280, { tokens: 0 })).toMatchObject({ kind: 'held' });
    expect(ledger.balance('root')).toMatchObject({ reservedTokens: 34, reservedNanoUsd: 515 });
    quit();
  });
});

it('a call that was billed more than it held does not uncover what else is held', () => {
  const machine = createMachine();
  const [first, second] = [onRoot(machine, 5000), onRoot(machine, 5000)];
  const dear = held(first.ledger.reserve('root', 600));
  held(first.ledger.reserve('root', 100));
  expect(first.ledger.settle(dear, 1500)).toBe(1500);
  first.ledger.book();
  expect(second.ledger.reserve('root', 3401)).toMatchObject({ kind: 'denied', headroomNanoUsd: 3400 });
  expect(second.ledger.reserve('root', 3400)).toMatchObject({ kind: 'held' });
  first.quit();
  second.quit();
});
