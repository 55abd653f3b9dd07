// The budget race: 128 callers at once against a budget worth 10, 100 and 1,000 calls, each call 50 ms long and truly
// costing 1/6.5 of its worst case. How much of the limit is spent, by our admission and by the usual check-then-charge?
//
// What is spendable: a call needs room for at least its smallest useful hold (the input and 64 output tokens at worst
// case) when it begins. So with limit L, least hold H and true cost C, calls can follow one another until less than H
// is left: floor((L - H) / C) + 1 of them, and never more than the callers make.
//   node test/bench/budget-race.ts
import { setTimeout as pause } from 'node:timers/promises';
import { registerOwner, systemProcessFacts } from '../../gateway/owners.ts';
import { createAdmission } from '../../gateway/policy/budgets/admission.ts';
import { largestCap, LEAST_OUTPUT_TOKENS } from '../../gateway/policy/budgets/budgeted.ts';
import type { Amounts } from '../../gateway/policy/budgets/catalogue.ts';
import { createLedger } from '../../gateway/policy/budgets/ledger.ts';
import { createLedgerStore } from '../../gateway/policy/budgets/ledger-store.ts';
import { openTables } from '../../gateway/tables.ts';
import { createTransactions } from '../../gateway/transactions.ts';

const CALLERS = 128;
const CALL_MS = 50;
const INPUT = { tokens: 200, nanoUsdPerToken: 150 };
const OUTPUT = { cap: 1024, nanoUsdPerToken: 600 };
const worst = (cap: number): number => INPUT.tokens * INPUT.nanoUsdPerToken + cap * OUTPUT.nanoUsdPerToken;
const WORST = worst(OUTPUT.cap);
const TRUE_COST = Math.round(WORST / 6.5);
const LEAST_HOLD = worst(LEAST_OUTPUT_TOKENS);

const amounts = (cap: number): Amounts => ({ nanoUsd: worst(cap), tokens: INPUT.tokens + cap });

interface Outcome {
  readonly spentNanoUsd: number;
  readonly calls: number;
  readonly elapsedMs: number;
}

/** Each caller goes on until it is refused, or all have made so many calls as the limit is worth three times. */
async function race(limit: number, call: () => Promise<boolean>): Promise<{ calls: number; elapsedMs: number }> {
  const most = Math.ceil((3 * limit) / TRUE_COST) + CALLERS;
  let begun = 0;
  let calls = 0;
  const started = performance.now();
  const caller = async (): Promise<void> => {
    while (begun++ < most) {
      if (!(await call())) return;
      calls++;
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  return { calls, elapsedMs: performance.now() - started };
}

async function ours(limit: number): Promise<Outcome> {
  const database = openTables(':memory:');
  const facts = systemProcessFacts();
  const owner = registerOwner(database, facts);
  const store = createLedgerStore({ database, transactions: createTransactions(database), path: ':memory:', owner, facts });
  const ledger = createLedger({ store, owner, durable: false, now: Date.now, holdMs: 3_600_000 });
  ledger.open({ id: 'run', parent: undefined, limitNanoUsd: limit });
  const admission = createAdmission(ledger, 600_000, CALLERS);
  const { signal } = new AbortController();
  const outcome = await race(limit, async () => {
    try {
      const admitted = await admission.admit({
        ...amounts(OUTPUT.cap),
        node: 'run',
        within: (room) => {
          const cap = largestCap(LEAST_OUTPUT_TOKENS, OUTPUT.cap, (tokens) => worst(tokens) <= room.nanoUsd);
          return cap === undefined ? undefined : amounts(cap);
        },
        signal,
      });
      await pause(CALL_MS);
      ledger.settle(admitted.hold, Math.min(TRUE_COST, admitted.nanoUsd));
      return true;
    } catch {
      return false;
    }
  });
  const spentNanoUsd = ledger.balance('run')?.spentNanoUsd ?? 0;
  ledger.shut();
  database.close();
  return { ...outcome, spentNanoUsd };
}

/** What most gateways do: look whether the limit is reached, call, add the cost. */
async function checkThenCharge(limit: number): Promise<Outcome> {
  let spent = 0;
  const outcome = await race(limit, async () => {
    if (spent >= limit) return false;
    await pause(CALL_MS);
    spent += TRUE_COST;
    return true;
  });
  return { ...outcome, spentNanoUsd: spent };
}

const percent = (part: number, whole: number): string => `${((part / whole) * 100).toFixed(1)} %`;
console.log(
  `${CALLERS} callers, ${CALL_MS} ms a call; worst case ${WORST}, true cost ${TRUE_COST}, smallest useful hold ${LEAST_HOLD} nano-USD\n`,
);
console.log('| limit worth | policy | calls | spent of limit | spendable of limit | spent of spendable | seconds |');
console.log('|--:|---|--:|--:|--:|--:|--:|');
let sound = true;
for (const worth of [10, 100, 1000]) {
  const limit = worth * TRUE_COST;
  const spendable = (Math.floor((limit - LEAST_HOLD) / TRUE_COST) + 1) * TRUE_COST;
  for (const [name, policy] of [
    ['check-then-charge', checkThenCharge],
    ['Shoal', ours],
  ] as const) {
    const { calls, spentNanoUsd, elapsedMs } = await policy(limit);
    const cells = [percent(spentNanoUsd, limit), percent(spendable, limit), percent(spentNanoUsd, spendable)];
    console.log(`| ${worth} calls | ${name} | ${calls} | ${cells.join(' | ')} | ${(elapsedMs / 1000).toFixed(1)} |`);
    if (policy === ours) sound &&= spentNanoUsd <= limit && spentNanoUsd > 0.9 * spendable;
  }
}
process.exitCode = sound ? 0 : 1;
