// Graphs that stand by themselves: facts in both times, merges, ontology, and what a person edits. A graph is named by its
// name or its hash.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import {
  EditsView,
  FactsPage,
  GraphDocumentsRequest,
  GraphGrowth,
  GraphMade,
  GraphRequest,
  MergesPage,
  OntologyView,
  StoredGraphView,
} from '#api/contract';
import { ENTITY_TYPES, GraphEdit } from '#knowledge-graph/contract';
import type { GraphSnapshot, VectorUse } from '#knowledge-graph/contract';
import { createBuildBoard } from '../../graphs/build-board.ts';
import { withEdit, withoutEdit } from '../../graphs/graph-shelf.ts';
import type { System } from '../../system.ts';
import { excerptsOf } from '../../views/excerpt.ts';
import { factView } from '../../views/fact-view.ts';
import { vectorUseView } from '../../views/model-use.ts';
import { optional } from '../../views/optional.ts';
import { route } from '../route.ts';
import { asOf, AsOfQuery } from './as-of.ts';
import { graphBuildRoutes } from './graph-builds.ts';
import { graphQuestionRoutes } from './graph-questions.ts';

const GraphParams = z.object({ graph: z.string().min(1).max(300) });
const EditParams = GraphParams.extend({ place: z.coerce.number().int().min(1) });
const PageQuery = z.object({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
const FactsQuery = PageQuery.extend({ ...AsOfQuery.shape, entity: z.string().min(1).max(300).optional() });
const MergesQuery = PageQuery.extend({ entity: z.string().min(1).max(300).optional() });
const SHOWN_EXCERPTS = 3;

/** A page of a list and where the next one begins. */
function pageOf<T>(items: readonly T[], { after, limit }: z.infer<typeof PageQuery>) {
  const end = after + limit;
  return { total: items.length, items: items.slice(after, end), ...optional('next', end < items.length ? end : undefined) };
}

const editsOf = ({ hash, edits }: GraphSnapshot): EditsView => ({ hash, edits: [...edits] });

export function graphsRoutes(server: FastifyInstance, { graphs, blobs }: System): void {
  const builds = createBuildBoard();
  graphBuildRoutes(server, builds);
  // A server that is told to stop does not wait for minutes of building.
  server.addHook('preClose', async () => {
    for (const { name } of builds.list()) builds.cancel(name);
  });
  const filesOf = (uploads: GraphRequest['uploads']) => uploads.map(({ sha256, name }) => ({ name, bytes: blobs.get(sha256) }));
  graphQuestionRoutes(server, {
    base: '/api/v1/graphs/:graph',
    params: GraphParams,
    graph: (params) => graphs.open(params.graph),
    search: (params, query, k, asked) => graphs.search(params.graph, query, k, asked),
    agents: () => new Map(),
  });
  route(
    server,
    { method: 'GET', url: '/api/v1/graphs', summary: 'Graphs that stand by themselves', answer: z.array(StoredGraphView) },
    () => graphs.list(),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/graphs',
      summary: 'Build a graph of uploaded documents under a free name; answers when it is built (see graph-builds)',
      body: GraphRequest,
      answer: GraphMade,
      status: 201,
    },
    async ({ body }): Promise<GraphMade> => {
      const { model, vectors = false, embeddingModel } = body;
      let use: VectorUse | undefined;
      const { name, hash, documents, rejected } = await builds.run(body.name, (watched) =>
        graphs.create(body.name, filesOf(body.uploads), {
          ...watched,
          model,
          embedding: vectors ? { model: embeddingModel } : undefined,
          onVectorUse: (made) => (use = made),
        }),
      );
      return { name, hash, documents, rejected: [...rejected], ...optional('vectors', use && vectorUseView(use)) };
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graphs/:graph/facts',
      summary: 'Facts of the graph or of one entity, as of a point in both times',
      params: GraphParams,
      query: FactsQuery,
      answer: FactsPage,
    },
    ({ params, query }) => {
      const graph = graphs.open(params.graph);
      const facts = query.entity === undefined ? graph.facts(asOf(query)) : graph.neighbours(query.entity, asOf(query));
      const { items, ...page } = pageOf(facts, query);
      return { ...page, facts: items.map((relation) => factView(graph, relation)) };
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graphs/:graph/merges',
      summary: 'Names that were taken for one thing, of all things or of one, with the reasons',
      params: GraphParams,
      query: MergesQuery,
      answer: MergesPage,
    },
    ({ params, query }) => {
      const { snapshot } = graphs.open(params.graph);
      const merges =
        query.entity === undefined ? snapshot.merges : snapshot.merges.filter(({ entity }) => entity === query.entity);
      const { items, ...page } = pageOf(merges, query);
      const views = items.map(({ sources, ...merge }) => ({ ...merge, excerpts: excerptsOf(snapshot, sources, SHOWN_EXCERPTS) }));
      return { ...page, merges: views };
    },
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graphs/:graph/ontology',
      summary: 'Types and relations with their signatures',
      params: GraphParams,
      answer: OntologyView,
    },
    ({ params }) => ({ ...graphs.open(params.graph).snapshot.ontology, allTypes: ENTITY_TYPES }),
  );
  route(
    server,
    {
      method: 'GET',
      url: '/api/v1/graphs/:graph/edits',
      summary: 'What a person decided about the graph, in order',
      params: GraphParams,
      answer: EditsView,
    },
    ({ params }) => editsOf(graphs.open(params.graph).snapshot),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/graphs/:graph/edits',
      summary: 'Merge, split, or change a type or relation; the graph is built again from its findings',
      params: GraphParams,
      body: GraphEdit,
      answer: EditsView,
      status: 201,
    },
    async ({ params, body }) => editsOf(await graphs.edit(params.graph, withEdit(body))),
  );
  route(
    server,
    {
      method: 'DELETE',
      url: '/api/v1/graphs/:graph/edits/:place',
      summary: 'Undo an edit by its place, counted from 1',
      params: EditParams,
      answer: EditsView,
    },
    async ({ params }) => editsOf(await graphs.edit(params.graph, withoutEdit(params.place))),
  );
  route(
    server,
    {
      method: 'POST',
      url: '/api/v1/graphs/:graph/documents',
      summary: 'Add uploaded documents; only they are read',
      params: GraphParams,
      body: GraphDocumentsRequest,
      answer: GraphGrowth,
    },
    async ({ params, body }) => {
      const { graph, known } = await graphs.add(params.graph, filesOf(body.uploads));
      return { hash: graph.hash, documents: graph.documents.length, known };
    },
  );
}
