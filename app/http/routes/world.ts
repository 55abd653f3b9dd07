// What happened in the world of a run: measures and posts, as of any round.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MeasuresView, PostView, PostsView } from '#api/contract';
import { ShoalError } from '#foundation';
import type { System } from '../../system.ts';
import { measuresView, postView, roundOf } from '../../views/world-view.ts';
import { optional } from '../../views/optional.ts';
import { route } from '../route.ts';
import { RunParams } from './runs.ts';

const whole = z.coerce.number().int();
export const RoundQuery = z.object({ round: whole.min(-1).optional() });
const PostsQuery = z.object({
  round: whole.min(-1).optional(),
  platform: z.string().max(40).optional(),
  agent: whole.min(0).optional(),
  issue: whole.min(0).max(7).optional(),
  sort: z.enum(['recent', 'top']).default('recent'),
  limit: whole.min(1).max(200).default(50),
  before: whole.min(0).optional(),
});
const PostParams = RunParams.extend({ seq: whole.min(0) });

export function worldRoutes(server: FastifyInstance, { runs }: System): void {
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/measures',
      summary: 'Series of all measures',
      params: RunParams,
      answer: MeasuresView,
    },
    ({ params }) => measuresView(runs.record(params.id)),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/posts',
      summary: 'Posts as of a round',
      params: RunParams,
      query: PostsQuery,
      answer: PostsView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      const round = roundOf(record, query.round);
      const posts = record.posts({
        round,
        sort: query.sort,
        limit: query.limit,
        ...optional('platform', query.platform),
        ...optional('agent', query.agent),
        ...optional('issue', query.issue),
        ...optional('before', query.before),
      });
      return { round, posts: posts.map((post) => postView(record, post)) };
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/posts/:seq',
      summary: 'One post as of a round',
      params: PostParams,
      query: RoundQuery,
      answer: PostView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      const post = record.post(params.seq, roundOf(record, query.round));
      if (post === undefined) {
        throw new ShoalError('not_found', `Event ${params.seq} is not a post, or not yet written by that round.`, {
          hint: 'Take the number from a post.',
        });
      }
      return postView(record, post);
    },
  );
}
