// One history of a tree of budgets: what several processes did to it, in order, told by a list of operations. `play`
// does it with real ledgers and checks after each admission, and at the end, what the ledger promises. The truth is kept
// beside the ledger, by a list of all calls that were ever admitted.
import { strictEqual } from 'node:assert/strict';
import { expect } from 'vitest';
import type { BudgetWindow, Reservation } from '#gateway/contract';
import type { OwnedLedger } from '../../../gateway/policy/budgets/ledger.ts';
import { bucketAt } from '../../../gateway/policy/budgets/window.ts';
import { createMachine, HOLD_MS, HOUR_MS } from './machine.ts';
import type { Process } from './machine.ts';

const PARENTS = { root: undefined, left: 'root', right: 'root', leaf: 'left' } as const;
export type Node = keyof typeof PARENTS;
export const NODES = Object.keys(PARENTS) as Node[];
const pathOf = (node: Node): readonly Node[] => {
  const parent = PARENTS[node];
  return parent === undefined ? [node] : [node, ...pathOf(parent)];
};

/** A call that was admitted, and what it may have cost: other than it held only once that is known for sure. */
interface AdmittedCall {
  readonly id: string;
  readonly node: Node;
  readonly at: number;
  readonly by: number;
  /** What it held, in nano-USD and in tokens. */
  readonly amounts: readonly [number, number];
  billed: readonly [number, number];
  least: readonly [number, number];
  most: readonly [number, number];
  open: boolean;
  swept: boolean;
}

export type Tree = Readonly<
  Record<Node, { readonly nano: number | undefined; readonly tokens: number | undefined; readonly window: BudgetWindow }>
>;

export type Act =
  | 'reserve'
  | 'settle'
  | 'release'
  | 'wait'
  | 'tend'
  | 'tend unwatched'
  | 'book'
  | 'crash'
  | 'crash in a booking'
  | 'quit'
  | 'extend'
  | 'limit';

export interface Operation {
  readonly do: Act;
  /** Which of the two processes does it. */
  readonly on: number;
  readonly node: Node;
  /** In nano-USD. */
  readonly amount: number;
  readonly tokens: number;
  /** Which of the open calls ends, among others. */
  readonly pick: number;
  /** What is billed, in percent of what was held. */
  readonly share: number;
  /** Whether a reservation asks at once, and whether a settlement is on disk before the next thing happens. */
  readonly written: boolean;
  readonly minutes: number;
}

/** From when a call has to have been admitted to count now, or for rolling windows to count at the very latest. */
function countedSince(window: BudgetWindow, now: number, slackMs: number): number {
  if (window.kind === 'none') return -Infinity;
  return window.kind === 'rolling' ? now - window.hours * HOUR_MS - slackMs + 1 : bucketAt(window, now).start;
}

/** As calls do it: from memory, and where that is dry, by asking together with others. */
async function taken(step: Operation, ledger: OwnedLedger): Promise<Reservation> {
  for (;;) {
    const answer = ledger.take(step.node, step.amount, step.tokens);
    if (answer.kind !== 'dry') return answer;
    await ledger.refilled();
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/** Returns how many calls were admitted. */
export async function play(path: string, tree: Tree, operations: readonly Operation[]): Promise<number> {
  const machine = createMachine(path);
  const calls: AdmittedCall[] = [];
  const extensions: { node: Node; nano: number; tokens: number; until: number }[] = [];
  const limits = structuredClone(tree) as Record<Node, { nano: number | undefined; tokens: number | undefined }>;
  const start = (): Process => {
    const process = machine.start();
    for (const id of NODES) {
      const { window } = tree[id];
      const { nano, tokens } = limits[id];
      process.ledger.open({ id, parent: PARENTS[id], limitNanoUsd: nano, limitTokens: tokens, window });
    }
    return process;
  };
  const processes = [start(), start()];
  /** Ten times a second, processes look for what the others have changed; time here goes by in larger steps than that. */
  let unheard = false;
  const hear = async (): Promise<void> => {
    for (const { ledger } of processes) await ledger.tend();
    unheard = false;
  };
  const unwatched: Promise<void>[] = [];

  const countedCalls = (node: Node, slackMs = 0): readonly AdmittedCall[] => {
    const since = countedSince(tree[node].window, machine.now, slackMs);
    return calls.filter((call) => call.at >= since && pathOf(call.node).includes(node));
  };
  const limitOf = (node: Node, dimension: 0 | 1): number => {
    const own = dimension === 0 ? limits[node].nano : limits[node].tokens;
    const more = extensions.filter((one) => one.node === node && one.until > machine.now);
    return (own ?? Infinity) + sum(more.map((one) => (dimension === 0 ? one.nano : one.tokens)));
  };
  /** What this call takes is within each limit; what others were billed in excess of what they held was not admitted. */
  const checkLimits = (admitted: AdmittedCall): void => {
    for (const node of pathOf(admitted.node)) {
      for (const dimension of [0, 1] as const) {
        // One that costs nothing takes nothing, even where the end of an extension has left a limit passed.
        if (admitted.amounts[dimension] === 0) continue;
        const gone = sum(countedCalls(node).map(({ least, amounts }) => Math.min(least[dimension], amounts[dimension])));
        if (gone > limitOf(node, dimension)) throw new Error(`${node} is overspent`);
      }
    }
  };
  /** Until a settlement is on disk, a crash may count its call as what it held. */
  const onDisk = async ({ pid, ledger }: Process): Promise<void> => {
    await ledger.durable();
    for (const call of calls) if (call.by === pid && !call.open && !call.swept) call.least = call.most = call.billed;
  };
  const end = async (step: Operation, process: Process): Promise<void> => {
    const { ledger } = process;
    const open = calls.filter((call) => call.open && call.by === process.pid);
    const call = open[step.pick % Math.max(1, open.length)];
    if (call === undefined) return;
    call.open = false;
    const share = step.do === 'settle' ? step.share / 100 : 0;
    const [nano, tokens] = [Math.floor(call.amounts[0] * share), Math.floor(call.amounts[1] * share)];
    // By now the sweeper may have ended it, in full.
    call.swept = machine.now - call.at >= HOLD_MS;
    if (step.do === 'release') ledger.release(call.id);
    else if (!call.swept) strictEqual(ledger.settle(call.id, nano, tokens), nano);
    else ledger.settle(call.id, nano, tokens);
    strictEqual(ledger.settle(call.id, 400, 40), 0, 'a second settlement changes nothing');
    call.billed = [nano, tokens];
    call.least = [Math.min(nano, call.amounts[0]), Math.min(tokens, call.amounts[1])];
    call.most = [Math.max(nano, call.amounts[0]), Math.max(tokens, call.amounts[1])];
    if (step.written) await onDisk(process);
  };

  for (const step of operations) {
    const process = processes[step.on] as Process;
    const { ledger } = process;
    if (step.do === 'reserve') {
      const answer = step.written ? ledger.reserve(step.node, step.amount, { tokens: step.tokens }) : await taken(step, ledger);
      if (answer.kind === 'held') {
        const amounts = [step.amount, step.tokens] as const;
        const call = {
          id: answer.id,
          node: step.node,
          at: machine.now,
          by: process.pid,
          amounts,
          billed: amounts,
          least: amounts,
          most: amounts,
          open: true,
          swept: false,
        };
        calls.push(call);
        // It goes out.
        await onDisk(process);
        checkLimits(call);
      }
    } else if (step.do === 'settle' || step.do === 'release') await end(step, process);
    else if (step.do === 'wait') {
      if (unheard) await hear();
      machine.now += step.minutes * 60_000 + step.pick;
    } else if (step.do === 'tend') await ledger.tend();
    else if (step.do === 'tend unwatched') unwatched.push(ledger.tend().catch(() => undefined));
    else if (step.do === 'book') {
      ledger.book();
      await onDisk(process);
    } else if (step.do === 'extend') {
      const until = machine.now + step.minutes * 60_000;
      ledger.extend(step.node, { nanoUsd: step.amount, tokens: step.tokens, untilMs: until });
      extensions.push({ node: step.node, nano: step.amount, tokens: step.tokens, until });
      unheard = true;
    } else if (step.do === 'limit') {
      const limit = { nano: step.amount * 4, tokens: step.tokens * 5 };
      limits[step.node] = limit;
      ledger.change(step.node, { limitNanoUsd: limit.nano, limitTokens: limit.tokens });
      // Until it has heard of a lower limit, another process may still spend what it has leased.
      await hear();
    } else {
      // Its open calls may have gone out: they count in full.
      for (const call of calls) if (call.by === process.pid) call.open = false;
      if (step.do === 'crash') process.die();
      else if (step.do === 'crash in a booking') {
        machine.now += 1000;
        unwatched.push(ledger.tend().catch(() => undefined));
        for (let turns = step.pick % 6; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve));
        process.die();
      } else {
        process.quit();
        for (const call of calls) if (call.by === process.pid && !call.swept) call.least = call.most = call.billed;
      }
      processes[step.on] = start();
    }
    if (step.do === 'quit' || step.do === 'book') await Promise.all(unwatched);
  }
  for (const process of processes) process.die();
  machine.now += 1;
  const last = machine.start();
  for (const balance of last.ledger.balances()) {
    const node = balance.id as Node;
    const slack = tree[node].window.kind === 'rolling' ? (tree[node].window.hours * HOUR_MS) / 60 : 0;
    expect(balance.reservedNanoUsd + balance.reservedTokens, `${node} is not held`).toBe(0);
    for (const [dimension, spent] of [balance.spentNanoUsd, balance.spentTokens].entries()) {
      expect(spent, node).toBeGreaterThanOrEqual(sum(countedCalls(node).map(({ least }) => least[dimension as 0 | 1])));
      expect(spent, node).toBeLessThanOrEqual(sum(countedCalls(node, slack).map(({ most }) => most[dimension as 0 | 1])));
    }
  }
  // All that is left can be spent.
  const room = { nano: 2 ** 40, tokens: 2 ** 20 };
  for (const id of pathOf('leaf')) {
    const balance = last.ledger.balance(id);
    room.nano = Math.min(room.nano, balance?.headroomNanoUsd ?? Infinity);
    room.tokens = Math.min(room.tokens, balance?.headroomTokens ?? Infinity);
  }
  expect(last.ledger.reserve('leaf', room.nano, { tokens: room.tokens })).toMatchObject({ kind: 'held' });
  last.quit();
  await Promise.all(unwatched);
  return calls.length;
}
