// Budgets: how they stand, and what may be done to them. An id with slashes is given URL-encoded.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { BudgetAlertView, BudgetChangeView, BudgetExtensionRequest, BudgetRequest, BudgetView } from '#api/contract';
import type { BudgetChange } from '#gateway/contract';
import { recordChange } from '../../budgets/record-change.ts';
import { extendBudget, knownBudget, setBudget } from '../../budgets/set-budget.ts';
import type { GatewaySystem } from '../../gateway-system.ts';
import { budgetAlertView, budgetChangeView, budgetView } from '../../views/budget-view.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

const params = z.object({ id: z.string().min(1).max(300) });
const url = '/api/v1/budgets/:id';

export function budgetRoutes(server: FastifyInstance, { gateway: { ledger, audit } }: GatewaySystem): void {
  const recorded = (change: BudgetChange, request: FastifyRequest): BudgetChangeView =>
    budgetChangeView(recordChange(audit, change, actorOf(request)));

  route(server, { method: 'GET', url: '/api/v1/budgets', summary: 'The budget tree', answer: z.array(BudgetView) }, () =>
    ledger.balances().map(budgetView),
  );
  route(server, { method: 'GET', url, summary: 'One budget', params, answer: BudgetView }, ({ params: { id } }) =>
    budgetView(knownBudget(ledger, id)),
  );
  route(
    server,
    { method: 'PUT', url, summary: 'Open or change a budget', params, body: BudgetRequest, answer: BudgetChangeView },
    ({ params: { id }, body, request }) => recorded(setBudget(ledger, id, body), request),
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
    ({ params: { id }, body, request }) => recorded(extendBudget(ledger, id, body), request),
  );
  route(
    server,
    { method: 'DELETE', url, summary: 'Close a budget: it admits nothing any more', params, answer: BudgetChangeView },
    ({ params: { id }, request }) => recorded(ledger.close(knownBudget(ledger, id).id), request),
  );
  const query = z.object({ node: z.string().max(300).optional(), limit: z.coerce.number().int().min(1).max(1000).default(100) });
  route(
    server,
    { method: 'GET', url: '/api/v1/budget-alerts', summary: 'Alerts, newest first', query, answer: z.array(BudgetAlertView) },
    ({ query: { node, limit } }) => ledger.alerts({ limit, ...(node === undefined ? {} : { node }) }).map(budgetAlertView),
  );
}
