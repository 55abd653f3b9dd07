// The knowledge graph of a run.
import type { FastifyInstance } from 'fastify';
import { openGraph } from '#knowledge-graph';
import type { GraphSnapshot, KnowledgeGraph } from '#knowledge-graph/contract';
import type { System } from '../../system.ts';
import { graphQuestionRoutes } from './graph-questions.ts';
import { RunParams } from './runs.ts';

export function graphRoutes(server: FastifyInstance, { runs }: System): void {
  const opened = new WeakMap<GraphSnapshot, KnowledgeGraph>();
  const graphOf = (id: string): KnowledgeGraph => {
    const snapshot = runs.graph(id);
    const graph = opened.get(snapshot) ?? openGraph(snapshot);
    opened.set(snapshot, graph);
    return graph;
  };
  graphQuestionRoutes(server, {
    base: '/api/v1/runs/:id/graph',
    params: RunParams,
    graph: ({ id }) => graphOf(id),
    // A run's graph is frozen without vectors.
    search: ({ id }, query, k, asked) => graphOf(id).search(query, k, asked),
    agents: ({ id }) =>
      runs.view(id).roundsDone === 0
        ? new Map()
        : new Map(runs.record(id).population.actors.map((actor) => [actor.entity, actor.agent])),
  });
}
