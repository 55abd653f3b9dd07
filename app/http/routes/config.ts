// What a changed config.yaml would change, and the word to let it.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApplyRequest, ConfigChangeView, ConfigStateView } from '#api/contract';
import type { ConfigReload, ConfigState } from '../../config-reload.ts';
import { problemOf } from '../../problem.ts';
import { actorOf } from '../guard-routes.ts';
import { route } from '../route.ts';

export function configRoutes(server: FastifyInstance, config: ConfigReload): void {
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/config/pending',
      summary: 'What config.yaml says that is not in force, or why it is refused',
      answer: ConfigStateView,
    },
    () => viewOf(config.look()),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/config/apply',
      summary: 'Bring the changes into force that were shown under this digest',
      body: ApplyRequest,
      answer: z.object({ applied: z.array(ConfigChangeView) }),
    },
    ({ body, request }) => ({ applied: config.apply(body.digest, actorOf(request)) }),
  );
}

function viewOf(state: ConfigState): ConfigStateView {
  if (state.kind === 'refused') return { ...state, problem: problemOf(state.problem) };
  return state.kind === 'pending' ? { ...state, changes: [...state.changes] } : state;
}
