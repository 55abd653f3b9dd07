// `shoal graph build | show | search`: the knowledge graph alone, from files, a stored graph or a run.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { ShoalError } from '#foundation';
import { buildGraph, openGraph, openGraphLibrary, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot, KnowledgeGraph, SearchHit, SearchMode } from '#knowledge-graph/contract';
import { homeAt, type Home } from '../../home.ts';
import { openSystem, type System } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';
import type { Output } from '../output.ts';
import { EMBEDDED_MODEL } from '../../runs/run-model.ts';

export async function buildCommand(
  { output, homeOption, signal }: CommandContext,
  options: { readonly out?: string },
  ...paths: string[]
): Promise<void> {
  const files = paths.map((path) => {
    if (!existsSync(path) || !statSync(path).isFile())
      throw new ShoalError('not_found', `There is no file ${path}.`, { hint: 'Check the path.' });
    return { name: basename(path), bytes: readFileSync(path) };
  });
  const home = homeAt(homeOption, process.env);
  const system = openSystem(home, process.env);
  try {
    const read = await readDocuments(files, {
      signal,
      onProgress: ({ done, total, message }) => output.progress(`… documents ${done}/${total} ${message}`),
    });
    for (const { name, reason } of read.rejected) output.note(`not read: ${name}: ${reason}`);
    const graph = await buildGraph(read, {
      model: system.gateway.languageModel({ model: EMBEDDED_MODEL }),
      seed: 1,
      signal,
      onProgress: ({ done, total, message }) => output.progress(`… graph ${done}/${total} ${message}`),
    });
    const library = openGraphLibrary(home.library);
    library.save(
      files
        .map((file) => file.name)
        .join(', ')
        .slice(0, 200),
      graph,
    );
    library.close();
    if (options.out !== undefined) writeFileSync(resolve(options.out), JSON.stringify(graph, null, 2));
    output.result(graph, `${summaryOf(graph)}\n\nShow it: npx shoal graph show ${graph.hash.slice(0, 12)}`);
  } finally {
    await system.close();
  }
}

export async function showCommand({ output, homeOption }: CommandContext, _options: unknown, reference = ''): Promise<void> {
  if (reference === '') return listGraphs(output, homeAt(homeOption, process.env));
  const graph = await findGraph(homeOption, reference);
  output.result(graph, detailsOf(graph));
}

export async function searchCommand(
  { output, homeOption }: CommandContext,
  { k, mode, asOf }: { readonly k: number; readonly mode: SearchMode; readonly asOf?: string },
  reference = '',
  query = '',
): Promise<void> {
  const graph = openGraph(await findGraph(homeOption, reference));
  const hits = graph.search(query, k, { mode, ...(asOf === undefined ? {} : { asOf }) });
  const nameOf = (id: string): string => graph.snapshot.documents.find((document) => document.id === id)?.name ?? id;
  const lines = hits.map(
    (hit) =>
      `${hit.kind.padEnd(9)} ${labelled(graph, hit).replaceAll(/\s+/g, ' ').slice(0, 160)}\n          ${nameOf(hit.source.document)} ${hit.source.start}–${hit.source.end}`,
  );
  output.result(hits, lines.length === 0 ? 'Nothing found.' : lines.join('\n'));
}

function labelled(graph: KnowledgeGraph, { kind, id, text }: SearchHit): string {
  const name = kind === 'entity' ? graph.entity(id)?.name : undefined;
  return name === undefined || name === text ? text : `${name}: ${text}`;
}

/** A run's id, a stored graph's hash or its first letters, or a JSON file written by `graph build -o`. */
async function findGraph(homeOption: string | undefined, reference: string): Promise<GraphSnapshot> {
  const home = homeAt(homeOption, process.env);
  if (existsSync(reference) && statSync(reference).isFile()) return readGraphFile(reference);
  if (existsSync(home.runFile(reference))) {
    const system: System = openSystem(home, process.env);
    try {
      return system.runs.graph(reference);
    } finally {
      await system.close();
    }
  }
  const library = openGraphLibrary(home.library);
  try {
    return library.load(reference);
  } finally {
    library.close();
  }
}

function listGraphs(output: Output, home: Home): void {
  const library = openGraphLibrary(home.library);
  try {
    const graphs = library.list();
    const lines = graphs.map(
      (graph) => `${graph.hash.slice(0, 12)}  ${graph.entities} entities, ${graph.documents} documents  ${graph.name}`,
    );
    output.result(graphs, lines.length === 0 ? 'No graphs yet. Build one: npx shoal graph build <files…>' : lines.join('\n'));
  } finally {
    library.close();
  }
}

function readGraphFile(path: string): GraphSnapshot {
  const value = parsedOrUndefined(readFileSync(path, 'utf8'));
  if (typeof value === 'object' && value !== null && 'entities' in value && 'documents' in value) return value as GraphSnapshot;
  throw new ShoalError('invalid_input', `${path} is not a graph.`, { hint: 'Give a file written by `shoal graph build -o`.' });
}

function parsedOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const summaryOf = (graph: GraphSnapshot): string =>
  `${graph.documents.length} documents, ${graph.chunks.length} chunks, ${graph.entities.length} entities, ${graph.relations.length} relations, ${graph.claims.length} claims, ${graph.communities.length} communities  (${graph.extractor.model})`;

function detailsOf(graph: GraphSnapshot): string {
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  const top = graph.entities.toSorted((a, b) => b.salience - a.salience).slice(0, 40);
  const entities = top.map(
    (entity) => `  ${entity.type.padEnd(13)} ${entity.name}${entity.subtype === undefined ? '' : ` (${entity.subtype})`}`,
  );
  const relations = graph.relations
    .slice(0, 40)
    .map(
      (relation) =>
        `  ${names.get(relation.subject)} — ${relation.polarity === 'negated' ? 'not ' : ''}${relation.predicate} → ${relation.object === undefined ? relation.literal : names.get(relation.object)}`,
    );
  const communities = graph.communities.map((community) => `  ${community.label} (${community.members.length})`);
  return [summaryOf(graph), '', 'entities', ...entities, '', 'relations', ...relations, '', 'communities', ...communities].join(
    '\n',
  );
}
