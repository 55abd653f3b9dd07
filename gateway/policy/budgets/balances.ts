// How budgets stand, for people: the catalogue's view with this process's own, unbooked part added. Reads the
// catalogue, so nothing in the request path may ask here.
import type { BudgetBalance } from '../../contract.ts';
import type { Accounts, Pot } from './accounts.ts';
import { limitsAt } from './catalogue.ts';
import type { Definition } from './catalogue.ts';
import type { LedgerStore } from './ledger-store.ts';
import { resetsAt } from './window.ts';

export function balanceOf(store: LedgerStore, accounts: Accounts, owner: string, node: Definition, now: number): BudgetBalance {
  const { catalogue } = store;
  const account = accounts.find(node.id);
  if (account !== undefined && now >= account.turnsAt) accounts.turn(account, now);
  const booked = catalogue.booked(node, now);
  // What other processes lease may be held or not; from here it cannot be told, so it shows as reserved.
  const leased = catalogue.leased(node, now, owner);
  const spent = { nano: booked.nanoUsd, tokens: booked.tokens };
  const reserved = { nano: leased.nanoUsd, tokens: leased.tokens };
  const add = (pot: Pot): void => {
    spent.nano += pot.spentNano;
    spent.tokens += pot.spentTokens;
    reserved.nano += pot.reservedNano;
    reserved.tokens += pot.reservedTokens;
  };
  if (account !== undefined) add(account.pot);
  for (const pot of accounts.past) {
    if (pot.account === account && pot.node.windowSince !== node.windowSince) add(pot);
  }
  const limits = limitsAt(node, now);
  const { id, parent, limitNanoUsd, limitTokens, window, edge, alertPercents, closed, closedAtMs, extensions } = node;
  return {
    id,
    parent,
    limitNanoUsd,
    limitTokens,
    window,
    edge,
    alertPercents,
    closed,
    closedAtMs,
    extensions,
    spentNanoUsd: spent.nano,
    spentTokens: spent.tokens,
    reservedNanoUsd: reserved.nano,
    reservedTokens: reserved.tokens,
    headroomNanoUsd: left(limits.nanoUsd, spent.nano + reserved.nano),
    headroomTokens: left(limits.tokens, spent.tokens + reserved.tokens),
    resetsAtMs: resetsAt(node.window, now, booked.oldestBucket),
    alerts: catalogue.alertsOfWindow(node, now),
  };
}

function left(limit: number | undefined, gone: number): number | undefined {
  return limit === undefined ? undefined : Math.max(0, limit - gone);
}
