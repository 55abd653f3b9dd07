// What stands on the platforms of a run's world beside posts: groups and the market, as of any round.
import type { FastifyInstance } from 'fastify';
import { GroupsView, MarketView } from '#api/contract';
import type { System } from '../../system.ts';
import { groupsView, marketView } from '../../views/platforms-view.ts';
import { roundOf } from '../../views/world-view.ts';
import { route } from '../route.ts';
import { RunParams } from './runs.ts';
import { RoundQuery } from './world.ts';

export function platformRoutes(server: FastifyInstance, { runs }: System): void {
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/groups',
      summary: 'Chat groups as of a round',
      params: RunParams,
      query: RoundQuery,
      answer: GroupsView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      return groupsView(record, roundOf(record, query.round));
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/market',
      summary: 'The market as of a round: prices, offers and the last trades',
      params: RunParams,
      query: RoundQuery,
      answer: MarketView,
    },
    ({ params, query }) => {
      const record = runs.record(params.id);
      return marketView(record, roundOf(record, query.round));
    },
  );
}
