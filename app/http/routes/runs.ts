// Runs: upload, estimate, start, steer, watch, remove.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import {
  CostsView,
  Estimate,
  InjectRequest,
  RunRequest,
  RunView,
  UploadAnswer,
  type RunEvent,
  type UploadedFile,
} from '#api/contract';
import { ShoalError } from '#foundation';
import { readDocuments } from '#knowledge-graph';
import { countCharacters, estimateRun } from '../../runs/estimate.ts';
import { loadRequest } from '../../runs/load-request.ts';
import type { System } from '../../system.ts';
import { costsView } from '../../views/costs-view.ts';
import { route } from '../route.ts';

export const RunParams = z.object({ id: z.string().regex(/^[a-z0-9-]{1,80}$/, 'is not a run id') });

export function runRoutes(server: FastifyInstance, system: System): void {
  const { runs, gateway } = system;

  route(
    server,
    { method: 'POST', url: '/api/v1/uploads', summary: 'Upload documents; each is read at once', answer: UploadAnswer },
    async ({ request }) => {
      const files: UploadedFile[] = [];
      for await (const part of request.files()) files.push(await takeUpload(system, part.filename, await part.toBuffer()));
      if (files.length === 0) {
        throw new ShoalError('no_documents', 'The upload holds no file.', {
          hint: 'Send multipart/form-data with one or more `files` parts.',
        });
      }
      return { files };
    },
  );

  route(
    server,
    { method: 'POST', url: '/api/v1/estimate', summary: 'Time and cost before starting', body: RunRequest, answer: Estimate },
    async ({ body }) => {
      const { loaded } = await loadRequest(body, system.blobs);
      const modelId = loaded.scenario.models.model ?? 'embedded/rules-1';
      const model = gateway.models().find((candidate) => candidate.id === modelId);
      return estimateRun({
        scenario: loaded.scenario,
        characters: await countCharacters(loaded.documents),
        model: model ?? {
          id: modelId,
          kind: 'provider',
          price: undefined,
          contextTokens: 0,
          maxOutputTokens: 0,
          available: false,
        },
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
      const key = request.headers['idempotency-key'];
      const view = runs.create(loaded, typeof key === 'string' ? key : undefined);
      start(system, view.id, threads);
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
      summary: 'Live one round of a resting run',
      params: RunParams,
      answer: RunView,
    },
    ({ params }) => runs.step(params.id),
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
function start({ runs }: System, id: string, threads: number | undefined): void {
  runs.go(id, threads === undefined ? {} : { threads }).catch(() => undefined);
}

async function takeUpload(system: System, name: string, bytes: Uint8Array): Promise<UploadedFile> {
  const facts = { name, bytes: bytes.byteLength };
  const read = await readDocuments([{ name, bytes }]);
  const [document] = read.documents;
  if (document === undefined) return { ...facts, refused: read.rejected[0]?.reason ?? 'It holds no text.' };
  return {
    ...facts,
    sha256: system.blobs.put(bytes),
    mediaType: document.mediaType,
    language: document.language,
    characters: read.documents.reduce((sum, part) => sum + part.text.length, 0),
    documents: read.documents.length,
  };
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
