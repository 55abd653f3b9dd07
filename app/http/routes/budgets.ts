// Budgets: how they stand, and what may be done to them. An id with slashes is given URL-encoded.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import {
  BudgetAddRequest,
  BudgetAlertView,
  BudgetChangeView,
  BudgetExtensionRequest,
  BudgetPurgeQuery,
  BudgetPurgeView,
  BudgetRequest,
  BudgetView,
} from '#api/contract';
import type { BudgetChange } from '#gateway/contract';
import { purgeBudgets, recordChange } from '../../budgets/record-change.ts';
import { addToBudget, extendBudget, knownBudget, setBudget } from '../../budgets/set-budget.ts';
import type { GatewaySystem } from '../../gateway-system.ts';
import { budgetAlertView, budgetChangeView, budgetView } from '../../views/budget-view.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

const params = z.object({ id: z.string().min(1).max(300) });
const url = '/api/v1/budgets/:id';

export function budgetRoutes(server: FastifyInstance, { gateway: { ledger, audit } }: GatewaySystem): void {
  const recorded = (request: FastifyRequest, work: () => BudgetChange): BudgetChangeView =>
    budgetChangeView(recordChange(audit, actorOf(request), work));

  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/budgets',
      summary: 'The budget tree: open ones, or with `closed=true` all',
      query: z.strictObject({ closed: z.stringbool().default(false) }),
      answer: z.array(BudgetView),
    },
    ({ query }) => ledger.balances(query).map(budgetView),
  );
  route(
    server,
    {
      method: 'DELETE',
      url: '/api/v1/budgets',
      summary: 'Forget budgets that were closed before then; those above them keep what was spent',
      query: BudgetPurgeQuery,
      answer: BudgetPurgeView,
    },
    ({ query, request }) => ({ purged: purgeBudgets({ ledger, audit }, actorOf(request), Date.parse(query.closedBefore)) }),
  );
  route(server, { method: 'GET', url, summary: 'One budget', params, answer: BudgetView }, ({ params: { id } }) =>
    budgetView(knownBudget(ledger, id)),
  );
  route(
    server,
    { method: 'PUT', url, summary: 'Open or change a budget', params, body: BudgetRequest, answer: BudgetChangeView },
    ({ params: { id }, body, request }) => recorded(request, () => setBudget(ledger, id, body)),
  );
  route(
    server,
    {
      method: 'POST',
      url: `${url}/add`,
      summary: 'Give a budget more for good; two who add at once both add',
      params,
      body: BudgetAddRequest,
      answer: BudgetChangeView,
    },
    ({ params: { id }, body, request }) => recorded(request, () => addToBudget(ledger, id, body)),
  );
  route(
    server,
    {
      method: 'POST',
      url: `${url}/extend`,
      summary: 'Give a budget more for a while',
      params,
      body: BudgetExtensionRequest,
      answer: BudgetChangeView,
    },
    ({ params: { id }, body, request }) => recorded(request, () => extendBudget(ledger, id, body)),
  );
  route(
    server,
    { method: 'DELETE', url, summary: 'Close a budget: it admits nothing any more', params, answer: BudgetChangeView },
    ({ params: { id }, request }) => recorded(request, () => ledger.close(knownBudget(ledger, id).id)),
  );
  const query = z.object({ node: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(1000).default(100) });
  route(
    server,
    { method: 'GET', url: '/api/v1/budget-alerts', summary: 'Alerts, newest first', query, answer: z.array(BudgetAlertView) },
    ({ query: { node, limit } }) => ledger.alerts({ limit, ...(node === undefined ? {} : { node }) }).map(budgetAlertView),
  );
}
