// Going back: fork a run, see how far two have come apart, and live one again to check it.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DivergenceView, ForkRequest, ReplayView, RunView } from '#api/contract';
import { replay } from '#engine';
import type { System } from '../../system.ts';
import { checkSound } from '../../runs/damaged-file.ts';
import { RUN_ID } from '../../runs/run-path.ts';
import { divergenceView } from '../../views/divergence-view.ts';
import { optional } from '../../views/optional.ts';
import { route } from '../route.ts';
import { RunParams, start } from './runs.ts';

const DivergenceQuery = z.object({ with: z.string().regex(RUN_ID, 'is not a run id').optional() });

export function forkRoutes(server: FastifyInstance, system: System): void {
  const { runs, gateway, home } = system;
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/fork',
      summary: 'A new run that begins with this one’s rounds, and goes on (unless it is to rest)',
      params: RunParams,
      body: ForkRequest,
      answer: RunView,
      status: 201,
    },
    ({ params, body }) => {
      // Unknown or unconfigured models are refused now, not in the middle of the run.
      const model = body.set?.['models.model'];
      if (typeof model === 'string') gateway.languageModel({ model });
      const { id } = runs.fork(params.id, body);
      if (body.rest !== true) start(system, id, undefined);
      return runs.view(id);
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/divergence',
      summary: 'How far this run and another (default: the one it was forked from) have come apart, by round',
      params: RunParams,
      query: DivergenceQuery,
      answer: DivergenceView,
    },
    ({ params, query }) => divergenceView(runs, params.id, query.with),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/runs/:id/replay',
      summary: 'Live the run again from its file and compare digests',
      params: RunParams,
      answer: ReplayView,
    },
    async ({ params, reply }) => {
      runs.view(params.id);
      const abort = new AbortController();
      reply.raw.once('close', () => !reply.raw.writableFinished && abort.abort());
      const path = home.runFile(params.id);
      checkSound(params.id, path);
      const { divergedAt, ...result } = await replay(path, { threads: 1, signal: abort.signal });
      return { ...result, ...optional('divergedAt', divergedAt) };
    },
  );
}
