// What is asked of graphs, a run's or one that stands by itself, and what the latter are told. All keys of one graph begin
// with its source's key.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import {
  DocumentTextView,
  EditsView,
  EntityView,
  GraphBuildView,
  GraphGrowth,
  GraphMade,
  GraphView,
  MergesPage,
  OntologyView,
  PathView,
  SearchAnswer,
  StoredGraphView,
  type GraphRequest,
} from '#api/contract';
import { API, queryString, request } from './request.ts';

/** Where a graph is asked. */
export interface GraphSource {
  readonly key: readonly string[];
  readonly path: string;
  readonly exportPath: string;
}

const graph = (name: string): string => `/graphs/${encodeURIComponent(name)}`;

export const graphOfRun = (id: string): GraphSource => ({
  key: ['run', id],
  path: `/runs/${encodeURIComponent(id)}/graph`,
  exportPath: `${API}${graph(id)}/export`,
});
export const graphAlone = (name: string): GraphSource => ({
  key: ['graphs', name],
  path: graph(name),
  exportPath: `${API}${graph(name)}/export`,
});

export const graphsKey = ['graphs'] as const;
export const graphsQuery = queryOptions({
  queryKey: [...graphsKey, ''],
  queryFn: ({ signal }) => request(z.array(StoredGraphView), '/graphs', { signal }),
  staleTime: 0,
});

export const graphQuery = ({ key, path }: GraphSource) =>
  queryOptions({
    queryKey: [...key, 'graph'],
    queryFn: ({ signal }) => request(GraphView, path, { signal }),
    staleTime: Infinity,
  });
export const graphSearchQuery = (
  { key, path }: GraphSource,
  q: string,
  mode: 'local' | 'global' | 'drift',
  asOf: string | undefined,
) =>
  queryOptions({
    queryKey: [...key, 'graph-search', q, mode, asOf],
    queryFn: ({ signal }) => request(SearchAnswer, `${path}/search${queryString({ q, k: 12, mode, asOf })}`, { signal }),
    enabled: q.trim() !== '',
    placeholderData: keepPreviousData,
  });
export const entityQuery = ({ key, path }: GraphSource, entity: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: [...key, 'entity', entity, asOf],
    queryFn: ({ signal }) =>
      request(EntityView, `${path}/entities/${encodeURIComponent(entity)}${queryString({ asOf })}`, { signal }),
    staleTime: Infinity,
    placeholderData: (previous) => (previous?.id === entity ? previous : undefined),
  });
export const pathQuery = ({ key, path }: GraphSource, from: string, to: string, asOf: string | undefined) =>
  queryOptions({
    queryKey: [...key, 'path', from, to, asOf],
    queryFn: ({ signal }) => request(PathView, `${path}/path${queryString({ from, to, asOf })}`, { signal }),
    staleTime: Infinity,
    enabled: from !== '' && to !== '',
  });
export const documentTextQuery = ({ key, path }: GraphSource, document: string, at: number) =>
  queryOptions({
    queryKey: [...key, 'document', document, at],
    queryFn: ({ signal }) =>
      request(DocumentTextView, `${path}/documents/${encodeURIComponent(document)}${queryString({ at })}`, { signal }),
    staleTime: Infinity,
  });

export const mergesQuery = (name: string, entity: string) =>
  queryOptions({
    queryKey: [...graphsKey, name, 'merges', entity],
    queryFn: ({ signal }) => request(MergesPage, `${graph(name)}/merges${queryString({ entity, limit: 500 })}`, { signal }),
  });
export const ontologyQuery = (name: string) =>
  queryOptions({
    queryKey: [...graphsKey, name, 'ontology'],
    queryFn: ({ signal }) => request(OntologyView, `${graph(name)}/ontology`, { signal }),
  });
export const editsQuery = (name: string) =>
  queryOptions({
    queryKey: [...graphsKey, name, 'edits'],
    queryFn: ({ signal }) => request(EditsView, `${graph(name)}/edits`, { signal }),
  });

/** Asked for as long as somebody looks on. */
export const graphBuildsQuery = queryOptions({
  queryKey: ['graph-builds'],
  queryFn: ({ signal }) => request(z.array(GraphBuildView), '/graph-builds', { signal }),
  staleTime: 0,
  refetchInterval: 700,
});
export const cancelBuild = (name: string): Promise<readonly GraphBuildView[]> =>
  request(z.array(GraphBuildView), `/graph-builds/${encodeURIComponent(name)}`, { method: 'DELETE' });

/** A decision of a person; the server checks it. */
export type Edit = Readonly<Record<string, unknown>> & { readonly kind: string };

export const makeGraph = (body: GraphRequest): Promise<GraphMade> => request(GraphMade, '/graphs', { method: 'POST', body });
export const addDocuments = (name: string, uploads: GraphRequest['uploads']): Promise<GraphGrowth> =>
  request(GraphGrowth, `${graph(name)}/documents`, { method: 'POST', body: { uploads } });
export const editGraph = (name: string, body: Edit): Promise<EditsView> =>
  request(EditsView, `${graph(name)}/edits`, { method: 'POST', body });
export const undoEdit = (name: string, place: number): Promise<EditsView> =>
  request(EditsView, `${graph(name)}/edits/${place}`, { method: 'DELETE' });
