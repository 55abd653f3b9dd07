// Whatever several processes do to one tree of budgets, whenever they die and whatever the clock says: what is held or
// spent in any window stays within every hard limit, no spending is lost, and nothing is held for ever.
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetWindow } from '#gateway/contract';
import { temporaryFolder } from '../open-gateway.ts';
import { NODES, play } from './world.ts';
import type { Act, Operation, Tree } from './world.ts';

const acts = (weight: number, ...acts: readonly Act[]) => ({ weight, arbitrary: fc.constantFrom(...acts) });
const operation: fc.Arbitrary<Operation> = fc.record({
  do: fc.oneof(
    acts(10, 'reserve'),
    acts(7, 'settle'),
    acts(2, 'release'),
    acts(4, 'wait', 'wait', 'tend', 'tend unwatched'),
    acts(4, 'book', 'crash', 'crash in a booking', 'quit', 'extend', 'extend', 'limit'),
  ),
  on: fc.nat(1),
  node: fc.constantFrom(...NODES),
  amount: fc.nat(400),
  tokens: fc.nat(40),
  pick: fc.nat(50),
  share: fc.integer({ min: 0, max: 130 }),
  written: fc.boolean(),
  minutes: fc.constantFrom(1, 29, 30, 59, 60, 119),
});
const window: fc.Arbitrary<BudgetWindow> = fc.constantFrom<BudgetWindow>(
  { kind: 'none' },
  { kind: 'rolling', hours: 1 },
  { kind: 'rolling', hours: 2 },
  { kind: 'calendar', unit: 'hour', timeZone: 'UTC' },
  { kind: 'calendar', unit: 'day', timeZone: 'Asia/Kolkata' },
);
const limit = fc.option(fc.integer({ min: 0, max: 2500 }), { nil: undefined });
const definition = fc.record({ nano: limit, tokens: fc.option(fc.integer({ min: 20, max: 300 }), { nil: undefined }), window });
const tree: fc.Arbitrary<Tree> = fc.record({ root: definition, left: definition, right: definition, leaf: definition });

const operations = fc.array(operation, { minLength: 5, maxLength: 90, size: 'max' });

/** Plays worlds and returns how many calls were admitted in all of them. The time limit bounds shrinking, too. */
async function playWorlds(parameters: { readonly seed?: number; readonly numRuns: number }): Promise<number> {
  const folder = temporaryFolder();
  let files = 0;
  let admitted = 0;
  const worlds = fc.asyncProperty(tree, operations, async (tree, operations) => {
    admitted += await play(join(folder, `${files++}.sqlite`), tree, operations);
  });
  await fc.assert(worlds, { interruptAfterTimeLimit: 8000, ...parameters });
  return admitted;
}

describe('the ledger never passes a limit in any window and never loses spending, whatever is interleaved and whoever dies', () => {
  // Of this seed, since among its worlds are some that once made the ledger pass a limit.
  it('in the same worlds each time', async () => {
    expect(await playWorlds({ seed: 5, numRuns: 80 })).toBeGreaterThan(100);
  });

  // Where this fails, it says of which seed: with that and the path it can be played again.
  it('in worlds that nobody has seen', async () => {
    expect(await playWorlds({ numRuns: 60 })).toBeGreaterThan(0);
  });
});
