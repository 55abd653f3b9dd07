// Runs: estimate, start, steer, watch, remove.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { CostsView, Estimate, InjectRequest, RunRequest, RunView, StepRequest, type RunEvent } from '#api/contract';
import { countCharacters, estimateRun } from '../../runs/estimate.ts';
import { loadRequest } from '../../runs/load-request.ts';
import { modelInfoOf } from '../../runs/run-model.ts';
import { RUN_ID } from '../../runs/run-path.ts';
import type { System } from '../../system.ts';
import { costsView } from '../../views/costs-view.ts';
import { route } from '../route.ts';

const IdempotencyKey = z.string().min(1, 'Idempotency-Key is empty').max(200, 'Idempotency-Key is longer than 200').optional();
export const RunParams = z.object({ id: z.string().regex(RUN_ID, 'is not a run id') });

export function runRoutes(server: FastifyInstance, system: System): void {
  const { runs, gateway } = system;

  route(
    server,
    { method: 'POST', url: '/api/v1/estimate', summary: 'Time and cost before starting', body: RunRequest, answer: Estimate },
    async ({ body }) => {
      const { loaded } = await loadRequest(body, system.blobs);
      return estimateRun({
        scenario: loaded.scenario,
        characters: await countCharacters(loaded.documents),
        model: modelInfoOf(gateway, loaded.scenario),
      });
    },
  );

  route(
    server,
    { method: 'POST', url: '/api/v1/runs', summary: 'Start a run', body: RunRequest, answer: RunView, status: 201 },
    async ({ body, request }) => {
      const { loaded, threads } = await loadRequest(body, system.blobs);
      // Unknown or unconfigured models are refused now, not in the middle of the run.
      if (loaded.scenario.models.model !== undefined) gateway.languageModel({ model: loaded.scenario.models.model });
      const view = runs.create(loaded, IdempotencyKey.parse(request.headers['idempotency-key']));
      // A repeated request gets the run that the first one made, as it is now; nobody asked to go on with it.
      if (view.status === 'queued') start(system, view.id, threads);
      return runs.view(view.id);
    },
  );

  route(server, { method: 'GET', url: '/api/v1/runs', summary: 'All runs, newest first', answer: z.array(RunView) }, () =>
    runs.list(),
  );
  route(
    server,
    { method: 'GET', url: '/api/v1/runs/:id', summary: 'One run', params: RunParams, answer: RunView },
    ({ params }) => runs.view(params.id),
  );
  route(
    server,
    { method: 'DELETE', url: '/api/v1/runs/:id', summary: 'Delete a run and its file', params: RunParams, status: 204 },
    ({ params, reply }) => {
      runs.remove(params.id);
      return reply.code(204).send();
    },
  );

  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/pause',
      summary: 'Rest after the round under way',
      params: RunParams,
      answer: RunView,
    },
    ({ params }) => runs.pause(params.id),
  );
  route(
    server,
    { method: 'POST', url: '/api/v1/runs/:id/stop', summary: 'Stop; it can be resumed', params: RunParams, answer: RunView },
    ({ params }) => runs.stop(params.id),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/step',
      summary: 'Live one round, or some, of a resting run',
      params: RunParams,
      body: StepRequest.optional(),
      answer: RunView,
    },
    ({ params, body }) => runs.step(params.id, body?.rounds),
  );
  route(
    server,
    { method: 'POST', url: '/api/v1/runs/:id/resume', summary: 'Go on', params: RunParams, answer: RunView },
    ({ params }) => {
      start(system, params.id, undefined);
      return runs.view(params.id);
    },
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/inject',
      summary: 'Breaking news at the next round',
      params: RunParams,
      body: InjectRequest,
      answer: z.object({ round: z.int() }),
    },
    async ({ params, body }) => ({ round: await runs.inject(params.id, body) }),
  );

  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/costs',
      summary: 'Calls, tokens and cost by model and stage',
      params: RunParams,
      answer: CostsView,
    },
    ({ params }) => costsView(runs.view(params.id), gateway),
  );

  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/stream',
      summary: 'Live events (server-sent events, resumable by Last-Event-ID)',
      params: RunParams,
    },
    ({ params, request, reply }) => {
      runs.view(params.id);
      const seen = Number(request.headers['last-event-id']);
      const abort = new AbortController();
      reply.raw.once('close', () => abort.abort());
      return sendEvents(reply, runs.events(params.id, Number.isSafeInteger(seen) && seen > 0 ? seen : undefined, abort.signal));
    },
  );
}

/** Work that outlives the request; its faults are in the run's view, which is where people look for them. */
export function start({ runs }: System, id: string, threads: number | undefined): void {
  runs.go(id, threads === undefined ? {} : { threads }).catch(() => undefined);
}

function sendEvents(reply: FastifyReply, events: AsyncGenerator<RunEvent>): FastifyReply {
  const text = async function* (): AsyncGenerator<string> {
    yield 'retry: 1000\n\n';
    for await (const event of events) yield `event: ${event.kind}\nid: ${event.seq}\ndata: ${JSON.stringify(event)}\n\n`;
  };
  return reply
    .type('text/event-stream')
    .header('cache-control', 'no-store')
    .header('x-accel-buffering', 'no')
    .send(Readable.from(text()));
}
