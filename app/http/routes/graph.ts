// The knowledge graph of a run.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { EntityView, GraphView, SearchAnswer } from '#api/contract';
import { openGraph } from '#knowledge-graph';
import { SEARCH_MODES } from '#knowledge-graph/contract';
import type { GraphSnapshot, KnowledgeGraph } from '#knowledge-graph/contract';
import type { System } from '../../system.ts';
import { entityView, graphView, searchView, type AgentOfEntity } from '../../views/graph-view.ts';
import { route } from '../route.ts';
import { asOf, AsOfQuery } from './as-of.ts';
import { RunParams } from './runs.ts';

const SearchQuery = z.object({
  q: z.string().min(1).max(400),
  k: z.coerce.number().int().min(1).max(100).default(20),
  mode: z.enum(SEARCH_MODES).default('local').describe('local: nearest; global: communities; drift: local and on from there'),
  asOf: z.string().max(40).optional().describe('ISO date: passages published by then, and the facts that held then'),
});
const EntityParams = RunParams.extend({ entity: z.string().min(1).max(300) });

export function graphRoutes(server: FastifyInstance, { runs }: System): void {
  const opened = new WeakMap<GraphSnapshot, KnowledgeGraph>();
  const graphOf = (id: string): KnowledgeGraph => {
    const snapshot = runs.graph(id);
    const graph = opened.get(snapshot) ?? openGraph(snapshot);
    opened.set(snapshot, graph);
    return graph;
  };
  const agentsOf = (id: string): AgentOfEntity =>
    runs.view(id).roundsDone === 0
      ? new Map()
      : new Map(runs.record(id).population.actors.map((actor) => [actor.entity, actor.agent]));

  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/graph',
      summary: 'The knowledge graph, most salient part',
      params: RunParams,
      answer: GraphView,
    },
    ({ params }) => graphView(runs.graph(params.id), agentsOf(params.id)),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/graph/search',
      summary: 'What is nearest to a query: passages, entities, claims, communities; facts at a date',
      params: RunParams,
      query: SearchQuery,
      answer: SearchAnswer,
    },
    ({ params, query: { q, k, mode, asOf } }) =>
      searchView(graphOf(params.id), q, k, { mode, ...(asOf === undefined ? {} : { asOf }) }),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/runs/:id/graph/entities/:entity',
      summary: 'One entity with its relations and sources',
      params: EntityParams,
      query: AsOfQuery,
      answer: EntityView,
    },
    ({ params, query }) => entityView(graphOf(params.id), params.entity, agentsOf(params.id), asOf(query)),
  );
}
