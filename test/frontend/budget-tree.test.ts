import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BudgetView } from '#api/contract';
import { matching, treeOf, windowWords } from '../../frontend/budgets/budget-tree.ts';

const node = (id: string, parent: string | undefined): BudgetView => ({
  id,
  ...(parent === undefined ? {} : { parent }),
  window: 'none',
  edge: 'hard',
  alertPercents: [],
  closed: false,
  spentUsd: 0,
  spentTokens: 0,
  reservedUsd: 0,
  reservedTokens: 0,
  extensions: [],
  alerts: [],
});
const HOUSE = [
  node('shoal/team:b/key:1', 'shoal/team:b'),
  node('shoal/team:b', 'shoal'),
  node('shoal', undefined),
  node('shoal/team:a', 'shoal'),
  node('elsewhere', 'shoal/team:a'),
];

describe('the budget tree', () => {
  it('puts children under their parent, by name, and says only what the parent does not', () => {
    const rows = treeOf(HOUSE, new Set());
    expect(rows.map(({ name, depth, hasChildren }) => [name, depth, hasChildren])).toEqual([
      ['shoal', 0, true],
      ['team:a', 1, true],
      ['elsewhere', 2, false],
      ['team:b', 1, true],
      ['key:1', 2, false],
    ]);
  });

  it('hides what is folded away, however deep', () => {
    expect(treeOf(HOUSE, new Set(['shoal'])).map(({ name }) => name)).toEqual(['shoal']);
  });

  it('keeps what stands above a match', () => {
    expect(
      matching(HOUSE, 'KEY:1')
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['shoal', 'shoal/team:b', 'shoal/team:b/key:1']);
    expect(matching(HOUSE, '')).toBe(HOUSE);
  });

  it('shows every node once, whatever the order and whoever is missing', () => {
    const tree = fc.array(fc.nat(30), { minLength: 1, maxLength: 30 }).map((parents) =>
      // Each node hangs under an earlier one, the first under nobody.
      parents.map((parent, index) => node(`n${index}`, index === 0 ? undefined : `n${parent % index}`)),
    );
    fc.assert(
      fc.property(
        tree.chain((nodes) => fc.shuffledSubarray(nodes)),
        (nodes) => {
          const ids = treeOf(nodes, new Set()).map(({ view }) => view.id);
          expect(ids.toSorted()).toEqual(nodes.map(({ id }) => id).toSorted());
        },
      ),
    );
  });

  it('says windows in words', () => {
    expect(['none', 'rolling 24h', 'rolling 168h', 'month', 'day Europe/Berlin'].map(windowWords)).toEqual([
      'prepaid',
      'any 24 hours',
      'any 7 days',
      'each month',
      'each day (Europe/Berlin)',
    ]);
  });
});
