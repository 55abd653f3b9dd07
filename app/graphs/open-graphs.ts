// Graphs of the library with questions asked of them: a few keep their indexes, and the query of a graph with vectors is
// embedded before it is searched.
import { ShoalError } from '#foundation';
import type { LanguageModel } from '#foundation';
import { openGraph, passageVectors } from '#knowledge-graph';
import type { GraphLibrary } from '#knowledge-graph';
import type { KnowledgeGraph, SearchHit, SearchOptions } from '#knowledge-graph/contract';

export interface Asked extends Omit<SearchOptions, 'vector'> {
  /** False = by words alone, also in a graph that has vectors. */
  readonly byVectors?: boolean;
}

export interface OpenGraphs {
  /** By name, hash or the start of one. Throws `not_found`. */
  open(reference: string): KnowledgeGraph;
  /** Whose vectors of its passages a graph has. Throws `not_found`. */
  embeddingModelOf(reference: string): string | undefined;
  /** As `KnowledgeGraph.search`. Throws `not_found`, and what the embedding model throws. */
  search(reference: string, query: string, k: number, asked: Asked, signal?: AbortSignal): Promise<readonly SearchHit[]>;
}

export interface OpenGraphsOptions {
  readonly library: () => GraphLibrary;
  /** Throws `model_unknown` or `model_unavailable`. */
  readonly embedding: (name: string) => Pick<LanguageModel, 'embed'>;
}

/** Indexes for questions are made at the first one. */
const OPEN_GRAPHS = 4;

export function createOpenGraphs({ library, embedding }: OpenGraphsOptions): OpenGraphs {
  const graphs = new Map<string, KnowledgeGraph>();
  const embeddingModelOf: OpenGraphs['embeddingModelOf'] = (reference) => {
    const hash = library().hashOf(reference);
    const stored = library().list();
    const entry = stored.find(({ name }) => name === reference) ?? stored.find((candidate) => candidate.hash === hash);
    return entry?.embeddingModel ?? undefined;
  };
  const load = (hash: string, embeddingModel: string | undefined): KnowledgeGraph => {
    const snapshot = library().load(hash);
    const { vectors } = library();
    return openGraph(snapshot, embeddingModel === undefined ? undefined : passageVectors(snapshot, embeddingModel, vectors));
  };
  const open: OpenGraphs['open'] = (reference) => {
    const hash = library().hashOf(reference);
    const embeddingModel = embeddingModelOf(reference);
    // The same graph may stand under two names, with vectors and without.
    const key = `${hash} ${embeddingModel ?? ''}`;
    const graph = graphs.get(key) ?? load(hash, embeddingModel);
    graphs.delete(key);
    graphs.set(key, graph);
    for (const [oldest] of graphs) if (graphs.size > OPEN_GRAPHS) graphs.delete(oldest);
    return graph;
  };
  return {
    open,
    embeddingModelOf,
    search: async (reference, query, k, { byVectors = true, ...options }, signal) => {
      const embeddingModel = byVectors && options.mode !== 'global' ? embeddingModelOf(reference) : undefined;
      if (embeddingModel === undefined || query.trim() === '') return open(reference).search(query, k, options);
      const { vectors } = await embedding(embeddingModel)
        .embed([query], 'extraction', signal)
        .catch((cause: unknown) => {
          throw explained(cause, embeddingModel);
        });
      const [vector] = vectors;
      return open(reference).search(query, k, vector === undefined ? options : { ...options, vector });
    },
  };
}

/** A fault of the provider keeps its code; words can be searched without it. */
function explained(cause: unknown, embeddingModel: string): unknown {
  if (!(cause instanceof ShoalError) || cause.code === 'cancelled') return cause;
  return new ShoalError(cause.code, `${embeddingModel} gave no vector of the query: ${cause.message}`, {
    cause,
    details: cause.details,
    hint: 'Search by words alone: --no-vectors, or vectors=false over HTTP.',
  });
}
