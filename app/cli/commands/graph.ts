// `shoal graph build | add | show | search`: the knowledge graph alone, from files, a stored graph or a run.
import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShoalError } from '#foundation';
import { snapshotText } from '#knowledge-graph';
import type { GraphSnapshot, KnowledgeGraph, SearchHit, SearchMode } from '#knowledge-graph/contract';
import type { GraphShelf, Work } from '../../graphs/graph-shelf.ts';
import type { CommandContext } from '../command-context.ts';
import { findGraph, graphOutside } from '../find-graph.ts';
import { inputFiles } from '../input-files.ts';
import type { Output } from '../output.ts';
import { modelUseWords, vectorUseWords } from '../../views/model-use.ts';
import { withSystem } from '../with-system.ts';

interface BuildChoices {
  readonly out?: string;
  readonly name?: string;
  readonly model?: string;
  readonly vectors?: boolean;
  readonly embeddingModel?: string;
  readonly allowUrl?: boolean;
}

export async function buildCommand(context: CommandContext, options: BuildChoices, ...operands: string[]): Promise<void> {
  const { vectors = false, embeddingModel } = options;
  if (embeddingModel !== undefined && !vectors) throw vectorsMissing(embeddingModel);
  const embedding = vectors ? { model: embeddingModel } : undefined;
  const files = await inputFiles(operands, options, context);
  const fallback = files
    .map((file) => file.name)
    .join(', ')
    .slice(0, 200);
  const graph = await withSystem(context, ({ graphs }) =>
    graphs.build(options.name ?? fallback, files, { ...workOf(context), model: options.model, embedding }),
  );
  const { output } = context;
  for (const { name, reason } of graph.rejected) output.note(`not read: ${name}: ${reason}`);
  if (graph.edits.length > 0) output.note(`${graph.edits.length} edits of the graph of that name were kept`);
  write(options.out, graph);
  output.result(graph, `${summaryOf(graph)}\n\nShow it: npx shoal graph show ${graph.hash.slice(0, 12)}`);
}

export async function addCommand(
  context: CommandContext,
  options: { readonly out?: string; readonly allowUrl?: boolean },
  reference = '',
  ...operands: string[]
): Promise<void> {
  const { output } = context;
  const files = await inputFiles(operands, options, context);
  const { graph, known } = await withSystem(context, ({ graphs }) => graphs.add(reference, files, workOf(context)));
  for (const name of known) output.note(`in the graph already: ${name}`);
  write(options.out, graph);
  output.result(graph, `${summaryOf(graph)}\n\nShow it: npx shoal graph show ${graph.hash.slice(0, 12)}`);
}

export async function showCommand(context: CommandContext, _options: unknown, reference = ''): Promise<void> {
  await withSystem(context, (system) => {
    if (reference === '') return listGraphs(context.output, system.graphs);
    const { snapshot } = findGraph(system, reference);
    context.output.result(snapshot, detailsOf(snapshot));
  });
}

interface SearchChoices {
  readonly k: number;
  readonly mode: SearchMode;
  readonly asOf?: string;
  readonly vectors: boolean;
}

export async function searchCommand(
  context: CommandContext,
  { k, mode, asOf, vectors }: SearchChoices,
  reference = '',
  query = '',
): Promise<void> {
  await withSystem(context, async (system) => {
    const outside = graphOutside(system, reference);
    const graph = outside ?? system.graphs.open(reference);
    const options = { mode, ...(asOf === undefined ? {} : { asOf }) };
    const hits =
      outside === undefined
        ? await system.graphs.search(reference, query, k, { ...options, byVectors: vectors }, context.signal)
        : outside.search(query, k, options);
    const nameOf = (id: string): string => graph.snapshot.documents.find((document) => document.id === id)?.name ?? id;
    const lines = hits.map(
      (hit) =>
        `${hit.kind.padEnd(9)} ${labelled(graph, hit).replaceAll(/\s+/g, ' ').slice(0, 160)}\n          ${nameOf(hit.source.document)} ${hit.source.start}–${hit.source.end}`,
    );
    context.output.result(hits, lines.length === 0 ? 'Nothing found.' : lines.join('\n'));
  });
}

function labelled(graph: KnowledgeGraph, { kind, id, text }: SearchHit): string {
  const name = kind === 'entity' ? graph.entity(id)?.name : undefined;
  return name === undefined || name === text ? text : `${name}: ${text}`;
}

const workOf = ({ output, signal }: CommandContext): Work => ({
  signal,
  onModelUse: (use) => output.note(`asked: ${modelUseWords(use)}`),
  onVectorUse: (use) => output.note(`vectors: ${vectorUseWords(use)}`),
  onProgress: ({ done, total, message }) => output.progress(`… ${done}/${total} ${message}`),
});

function write(path: string | undefined, graph: GraphSnapshot): void {
  if (path === undefined) return;
  const file = openSync(resolve(path), 'w');
  try {
    for (const piece of snapshotText(graph)) writeSync(file, piece);
  } finally {
    closeSync(file);
  }
}

const vectorsMissing = (model: string): ShoalError =>
  new ShoalError('invalid_input', `--embedding-model ${model} is given without --vectors.`, {
    hint: 'Add --vectors, or leave the model out.',
  });

function listGraphs(output: Output, shelf: GraphShelf): void {
  const graphs = shelf.list();
  const lines = graphs.map(
    (graph) =>
      `${graph.hash.slice(0, 12)}  ${graph.entities} entities, ${graph.documents} documents  ${graph.name}${graph.embeddingModel === null ? '' : `  (vectors: ${graph.embeddingModel})`}`,
  );
  output.result(graphs, lines.length === 0 ? 'No graphs yet. Build one: npx shoal graph build <files…>' : lines.join('\n'));
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
