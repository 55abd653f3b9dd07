// Alerts at thresholds: looked for when spending is booked, so they cost the calls nothing and come within about a
// second. The table holds each once per window and threshold, whoever writes first.
import type { BudgetAlert } from '../../contract.ts';
import { limitsAt } from './catalogue.ts';
import type { Amounts, BudgetCatalogue, Definition } from './catalogue.ts';

/** Writes what has been crossed and returns what was new. */
export function crossedAlerts(
  catalogue: BudgetCatalogue,
  node: Definition,
  booked: Amounts,
  now: number,
): readonly BudgetAlert[] {
  const limits = limitsAt(node, now);
  const crossed: BudgetAlert[] = [];
  const look = (measure: BudgetAlert['measure'], spent: number, limit: number | undefined): void => {
    if (limit === undefined || spent === 0) return;
    for (const percent of node.alertPercents) {
      if (spent * 100 < percent * limit) continue;
      const alert = { node: node.id, measure, percent, atMs: now, spent, limit };
      if (catalogue.alert(node, alert)) crossed.push(alert);
    }
  };
  look('usd', booked.nanoUsd, limits.nanoUsd);
  look('tokens', booked.tokens, limits.tokens);
  return crossed;
}
