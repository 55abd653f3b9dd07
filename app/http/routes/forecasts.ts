// The ledger of forecasts over HTTP: list, seal, say what became of them, score, verify, take away.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  LedgerForecastView,
  LedgerScoreView,
  LedgerVerdictView,
  ObjectionRequest,
  ResolveRequest,
  SealRequest,
} from '#api/contract';
import { scoreLedger } from '#reports';
import { forecastOfRun } from '../../forecasts/forecast-of-run.ts';
import { ledgerExport } from '../../forecasts/ledger-export.ts';
import type { System } from '../../system.ts';
import { ledgerForecastView, ledgerScoreView } from '../../views/ledger-view.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

const params = z.object({ id: z.string().min(1).max(100) });
const url = '/api/v1/forecasts/:id';

export function forecastRoutes(server: FastifyInstance, system: System): void {
  const { forecasts } = system;
  route(
    server,
    { method: 'GET', url: '/api/v1/forecasts', summary: 'All sealed forecasts', answer: z.array(LedgerForecastView) },
    () => forecasts.list().map(ledgerForecastView),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/forecasts',
      summary: 'Seal a run’s forecast',
      body: SealRequest,
      answer: LedgerForecastView,
      status: 201,
    },
    async ({ body, request }) => {
      const { run, ...options } = body;
      return ledgerForecastView(forecasts.seal(actorOf(request), await forecastOfRun(system, run, options)));
    },
  );
  route(
    server,
    { method: 'GET', url, summary: 'One forecast and its history', params, answer: LedgerForecastView },
    ({ params: { id } }) => ledgerForecastView(forecasts.get(id)),
  );
  route(
    server,
    {
      method: 'POST',
      url: `${url}/resolve`,
      summary: 'Enter what came true',
      params,
      body: ResolveRequest,
      answer: LedgerForecastView,
    },
    ({ params: { id }, body, request }) => ledgerForecastView(forecasts.resolve(actorOf(request), id, body)),
  );
  route(
    server,
    {
      method: 'POST',
      url: `${url}/void`,
      summary: 'Its question has no answer',
      params,
      body: ObjectionRequest,
      answer: LedgerForecastView,
    },
    ({ params: { id }, body, request }) => ledgerForecastView(forecasts.makeVoid(actorOf(request), id, body)),
  );
  route(
    server,
    {
      method: 'POST',
      url: `${url}/dispute`,
      summary: 'Doubt what was entered',
      params,
      body: ObjectionRequest,
      answer: LedgerForecastView,
    },
    ({ params: { id }, body, request }) => ledgerForecastView(forecasts.dispute(actorOf(request), id, body)),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/forecast-score', summary: 'How the resolved forecasts did', answer: LedgerScoreView },
    () => ledgerScoreView(scoreLedger(forecasts.list())),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/forecast-chain',
      summary: 'Whether the ledger is as it was written',
      answer: LedgerVerdictView,
    },
    () => forecasts.verify(),
  );
  route(server, { method: 'GET', url: '/api/v1/forecast-export', summary: 'The whole ledger as one JSON file' }, ({ reply }) =>
    reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', 'attachment; filename="forecasts.json"')
      .send(JSON.stringify(ledgerExport(forecasts))),
  );
}
