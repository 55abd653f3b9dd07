// `shoal budgets`: list, show, set, add, extend, close, purge, alerts. A server that runs on the same home sees changes at once.
import type { z } from 'zod';
import { BudgetAddRequest, BudgetExtensionRequest, BudgetRequest } from '#api/contract';
import type { BudgetAlertView, BudgetView } from '#api/contract';
import type { BudgetChange, Ledger } from '#gateway/contract';
import { purgeBudgets, recordChange } from '../../budgets/record-change.ts';
import { addToBudget, extendBudget, knownBudget, setBudget } from '../../budgets/set-budget.ts';
import { invalidInput } from '../../problem.ts';
import { budgetAlertView, budgetChangeView, budgetView } from '../../views/budget-view.ts';
import type { CommandContext } from '../command-context.ts';
import { timeGone, timeToCome } from '../times.ts';
import { withSystem } from '../with-system.ts';

/** Who acts, as the audit chain names it: whoever may open the files is trusted with them. */
const ACTOR = 'command line';

interface SetOptions {
  readonly usd?: string;
  readonly tokens?: string;
  readonly window?: string;
  readonly edge?: string;
  readonly alerts?: string;
  readonly parent?: string;
}

export async function list(context: CommandContext, { all = false }: { readonly all?: boolean }): Promise<void> {
  const shown = await withLedger(context, (ledger) => ledger.balances({ closed: all }).map(budgetView));
  context.output.result(shown, [HEAD, ...shown.map(line)].join('\n'));
}

export async function show(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  const view = await withLedger(context, (ledger) => budgetView(knownBudget(ledger, id)));
  const more = [
    `window ${view.window}${view.resetsAt === undefined ? '' : `, resets at ${view.resetsAt}`}; edge ${view.edge}; alerts at ${view.alertPercents.join(', ') || 'none'} %`,
    ...view.extensions.map((one) => `extended by ${dollars(one.usd)} and ${one.tokens} tokens until ${one.until}`),
    ...view.alerts.map(alertLine),
  ];
  context.output.result(view, [HEAD, line(view), ...more].join('\n'));
}

export async function set(context: CommandContext, options: SetOptions, id = ''): Promise<void> {
  const { usd, tokens, window, edge, alerts, parent } = options;
  const request = parsed(BudgetRequest, {
    ...(usd === undefined ? {} : { limitUsd: amount(usd) }),
    ...(tokens === undefined ? {} : { limitTokens: amount(tokens) }),
    ...(window === undefined ? {} : { window }),
    ...(edge === undefined ? {} : { edge }),
    ...(alerts === undefined ? {} : { alertPercents: alerts === 'none' ? [] : alerts.split(',').map(Number) }),
    ...(parent === undefined ? {} : { parent }),
  });
  await act(context, (ledger) => setBudget(ledger, id, request));
}

interface MoreOptions {
  readonly usd?: string;
  readonly tokens?: string;
}

export async function add(context: CommandContext, options: MoreOptions, id = ''): Promise<void> {
  const request = parsed(BudgetAddRequest, moreOf(options));
  await act(context, (ledger) => addToBudget(ledger, id, request));
}

export async function extend(
  context: CommandContext,
  { until, ...more }: MoreOptions & { readonly until: string },
  id = '',
): Promise<void> {
  const request = parsed(BudgetExtensionRequest, {
    ...moreOf(more),
    until: new Date(timeToCome('--until', until, Date.now())).toISOString(),
  });
  await act(context, (ledger) => extendBudget(ledger, id, request));
}

export async function close(context: CommandContext, _options: unknown, id = ''): Promise<void> {
  await act(context, (ledger) => ledger.close(knownBudget(ledger, id).id));
}

export async function purge(context: CommandContext, { before }: { readonly before: string }): Promise<void> {
  const closedBeforeMs = timeGone('--before', before, Date.now());
  const purged = await withSystem(context, ({ gateway }) => purgeBudgets(gateway, ACTOR, closedBeforeMs));
  context.output.result({ purged }, `${purged} closed budgets forgotten; those above them keep what was spent.`);
}

export async function alerts(context: CommandContext, _options: unknown, node?: string): Promise<void> {
  const views = await withLedger(context, (ledger) =>
    ledger.alerts({ limit: 1000, ...(node === undefined ? {} : { node }) }).map(budgetAlertView),
  );
  context.output.result(views, views.length === 0 ? 'No alerts.' : views.map(alertLine).join('\n'));
}

async function act(context: CommandContext, work: (ledger: Ledger) => BudgetChange): Promise<void> {
  const change = await withSystem(context, ({ gateway: { ledger, audit } }) =>
    budgetChangeView(recordChange(audit, ACTOR, () => work(ledger))),
  );
  context.output.result(change, [HEAD, line(change.after)].join('\n'));
}

const withLedger = <T>(context: CommandContext, work: (ledger: Ledger) => T): Promise<T> =>
  withSystem(context, ({ gateway }) => work(gateway.ledger));

const HEAD = `${'budget'.padEnd(44)} ${'spent'.padStart(14)} ${'reserved'.padStart(12)} ${'limit'.padStart(14)} ${'tokens'.padStart(22)}  window`;

function line(view: BudgetView): string {
  const limit = view.limitUsd === undefined ? 'none' : dollars(view.limitUsd);
  const tokens = `${view.spentTokens + view.reservedTokens}/${view.limitTokens ?? 'none'}`;
  const marks = `${view.edge === 'soft' ? ' (soft)' : ''}${view.closed ? ' (closed)' : ''}`;
  const more = view.extensions.reduce((sum, { usd }) => sum + usd, 0);
  const extended = view.extensions.length === 0 ? '' : `, extended${more > 0 ? ` by ${dollars(more)}` : ''}`;
  return `${view.id.padEnd(44)} ${dollars(view.spentUsd).padStart(14)} ${dollars(view.reservedUsd).padStart(12)} ${limit.padStart(14)} ${tokens.padStart(22)}  ${view.window}${extended}${marks}`;
}

function alertLine({ at, node, percent, measure, spent, limit }: BudgetAlertView): string {
  const amount = measure === 'usd' ? dollars : (tokens: number): string => `${tokens} tokens`;
  return `${at}  ${node} passed ${percent} %: ${amount(spent)} of ${amount(limit)}`;
}

const dollars = (usd: number): string => `$${usd.toFixed(usd !== 0 && usd < 0.01 ? 6 : 2)}`;

const amount = (text: string): number | null => (text === 'none' ? null : text.trim() === '' ? Number.NaN : Number(text));

const moreOf = ({ usd, tokens }: MoreOptions): object => ({
  ...(usd === undefined ? {} : { usd: Number(usd) }),
  ...(tokens === undefined ? {} : { tokens: Number(tokens) }),
});

function parsed<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidInput(result.error, 'See npx shoal budgets --help.');
}
