// What is asked of any graph, a run's or one that stands by itself: its map, a search, an entity, a path, a document.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { DocumentTextView, EntityView, GraphView, PathView, SearchAnswer } from '#api/contract';
import { SEARCH_MODES } from '#knowledge-graph/contract';
import type { KnowledgeGraph, SearchHit } from '#knowledge-graph/contract';
import type { Asked as SearchAsked } from '../../graphs/open-graphs.ts';
import { documentTextView } from '../../views/document-view.ts';
import { entityView, graphView, pathView, searchView, type AgentOfEntity } from '../../views/graph-view.ts';
import { optional } from '../../views/optional.ts';
import { route } from '../route.ts';
import { asOf, AsOfQuery } from './as-of.ts';

const SearchQuery = z.object({
  q: z.string().min(1).max(400),
  k: z.coerce.number().int().min(1).max(100).default(20),
  mode: z.enum(SEARCH_MODES).default('local').describe('local: nearest; global: communities; drift: local and on from there'),
  asOf: z.string().max(40).optional().describe('ISO date: passages published by then, and the facts that held then'),
  vectors: z.enum(['true', 'false']).default('true').describe('false: by words alone, also in a graph that has vectors'),
});
const id = z.string().min(1).max(300);
const PathQuery = AsOfQuery.extend({ from: id, to: id });
const PlaceQuery = z.object({
  at: z.coerce.number().int().min(0).default(0).describe('place in the text, in UTF-16 code units, around which it is shown'),
});

export interface Asked<Params> {
  /** Path of the routes, with the parameters that name the graph. */
  readonly base: string;
  readonly params: z.ZodObject<z.ZodRawShape> & z.ZodType<Params>;
  readonly graph: (params: Params) => KnowledgeGraph;
  readonly agents: (params: Params) => AgentOfEntity;
  readonly search: (
    params: Params,
    query: string,
    k: number,
    asked: SearchAsked,
  ) => Promise<readonly SearchHit[]> | readonly SearchHit[];
}

export function graphQuestionRoutes<Params>(
  server: FastifyInstance,
  { base, params, graph, agents, search }: Asked<Params>,
): void {
  const withId = <K extends string>(name: K) => params.extend({ [name]: id }) as unknown as z.ZodType<Params & Record<K, string>>;
  route(
    server,
    { method: 'GET', url: base, summary: 'The knowledge graph, most salient part', params, answer: GraphView },
    (input) => graphView(graph(input.params).snapshot, agents(input.params)),
  );
  route(
    server,
    {
      method: 'GET',
      url: `${base}/search`,
      summary: 'What is nearest to a query: passages, entities, claims, communities; facts at a date',
      params,
      query: SearchQuery,
      answer: SearchAnswer,
    },
    async ({ params: named, query: { q, k, mode, asOf: date, vectors } }) =>
      searchView(
        graph(named).snapshot,
        await search(named, q, k, { mode, ...optional('asOf', date), byVectors: vectors === 'true' }),
      ),
  );
  route(
    server,
    {
      method: 'GET',
      url: `${base}/entities/:entity`,
      summary: 'One entity with its relations and sources',
      params: withId('entity'),
      query: AsOfQuery,
      answer: EntityView,
    },
    ({ params: named, query }) => entityView(graph(named), named.entity, agents(named), asOf(query)),
  );
  route(
    server,
    {
      method: 'GET',
      url: `${base}/path`,
      summary: 'The shortest chain of facts from one entity to another',
      params,
      query: PathQuery,
      answer: PathView,
    },
    ({ params: named, query }) => pathView(graph(named), query.from, query.to, asOf(query)),
  );
  route(
    server,
    {
      method: 'GET',
      url: `${base}/documents/:document`,
      summary: 'The text of a document around a place, with its layout',
      params: withId('document'),
      query: PlaceQuery,
      answer: DocumentTextView,
    },
    ({ params: named, query }) => documentTextView(graph(named).snapshot, named.document, query.at),
  );
}
