// The graphs that stand by themselves: built of files, grown, edited by hand, asked. Every change is a rebuild from the
// documents and edits that the graph holds, so a graph is always what a full build of them gives. Changes come one by one.
import { ShoalError } from '#foundation';
import type { LanguageModel, ReportProgress } from '#foundation';
import {
  buildGraph,
  buildIntoLibrary,
  checkEdit,
  embedPassages,
  openGraphLibrary,
  readDocuments,
  withDocuments,
} from '#knowledge-graph';
import type { BuildOptions, GraphLibrary, StoredGraph } from '#knowledge-graph';
import type {
  BuildStep,
  GraphEdit,
  GraphSnapshot,
  InputFile,
  ReadResult,
  RejectedFile,
  VectorUse,
} from '#knowledge-graph/contract';
import { createOpenGraphs } from './open-graphs.ts';
import type { OpenGraphs } from './open-graphs.ts';

export interface ShelfOptions {
  readonly path: string;
  /** Undefined = the embedded one. Throws `model_unknown` or `model_unavailable`. */
  readonly model: (name: string | undefined) => LanguageModel;
  /** A model that embeds. Throws as `model` does. */
  readonly embedding: (name: string) => Pick<LanguageModel, 'embed'>;
  /** Which one makes vectors where nobody names one. */
  readonly usualEmbedding: () => string;
}

/** Whose vectors of its passages a graph is to have; an empty choice is the usual model's. */
export interface Embedding {
  readonly model?: string | undefined;
}

export interface Work {
  /** Who reads: `provider/name`; left out, rules, or where a graph grows or is edited the model that read it before. */
  readonly model?: string | undefined;
  readonly onModelUse?: NonNullable<BuildOptions['onModelUse']>;
  /** Left out, none, or where a graph grows or is edited the one it has. */
  readonly embedding?: Embedding | undefined;
  readonly onVectorUse?: (use: VectorUse) => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
  /** Told at the beginning of each step; progress is that of the step. */
  readonly onStep?: (step: BuildStep) => void;
}

/** A graph as it was stored, and which files or parts of files could not be read. */
export interface Made extends StoredGraph {
  readonly rejected: readonly RejectedFile[];
}

export interface Added {
  readonly graph: GraphSnapshot;
  /** Names of documents that the graph had already. */
  readonly known: readonly string[];
}

export interface GraphShelf extends Pick<OpenGraphs, 'open' | 'search'> {
  list(): readonly StoredGraph[];
  /**
   * A graph of a name that is free; the event loop stays free. Throws `conflict` for one that is taken, `no_documents`, and
   * what the models throw; then nothing is stored under the name.
   */
  create(name: string, files: readonly InputFile[], work?: Work): Promise<Made>;
  /** Builds anew; a graph of that name hands its edits on. Throws `no_documents`. */
  build(name: string, files: readonly InputFile[], work?: Work): Promise<GraphSnapshot>;
  /** Throws `not_found`, and `no_documents` where none of the files could be read. */
  add(reference: string, files: readonly InputFile[], work?: Work): Promise<Added>;
  /** Throws `not_found`. */
  edit(reference: string, change: Change, work?: Work): Promise<GraphSnapshot>;
  close(): void;
}

/** What a graph's edits become. */
export type Change = (graph: GraphSnapshot) => readonly GraphEdit[];

/** Smaller graphs are built in less time than a thread takes to start. */
const APART_FROM_CHARACTERS = 100_000;
/** All graphs of the shelf have one map. */
const SEED = 1;

export function createGraphShelf({ path, model, embedding, usualEmbedding }: ShelfOptions): GraphShelf {
  let opened: GraphLibrary | undefined;
  const library = (): GraphLibrary => (opened ??= openGraphLibrary(path));
  const entryOf = (name: string): StoredGraph | undefined =>
    library()
      .list()
      .find((entry) => entry.name === name);
  const asking = createOpenGraphs({ library, embedding });
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
  const rebuild = async (
    name: string,
    read: ReadResult,
    edits: readonly GraphEdit[],
    { model: asked, ...work }: Work,
    embeddingModel: string | undefined,
  ): Promise<GraphSnapshot> => {
    const graph = await buildGraph(read, { ...work, model: model(asked), seed: SEED, edits, findings: library().findings });
    library().save(name, graph, embeddingModel);
    return graph;
  };
  /** Before anything else is built: it fails soonest, and no graph is stored that lacks what was asked for. */
  const embed = async ({ documents }: ReadResult, work: Work): Promise<string | undefined> => {
    if (work.embedding === undefined || documents.length === 0) return undefined;
    const embeddingModel = work.embedding.model ?? usualEmbedding();
    work.onStep?.('embedding');
    const { signal, onProgress } = work;
    const cache = library().vectors;
    const use = await embedPassages(documents, { embeddingModel, model: embedding(embeddingModel), cache, signal, onProgress });
    work.onVectorUse?.(use);
    return embeddingModel;
  };
  /** As the graph was made before, unless something else is asked for. */
  const asBefore = (name: string, graph: GraphSnapshot, work: Work): Work => {
    const embeddingModel = asking.embeddingModelOf(name);
    const had = embeddingModel === undefined ? undefined : { model: embeddingModel };
    return { ...asRead(graph, work), embedding: work.embedding ?? had };
  };
  return {
    list: () => library().list(),
    open: (reference) => asking.open(reference),
    search: (...asked) => asking.search(...asked),
    create: (name, files, work = {}) =>
      inTurn(async () => {
        work.signal?.throwIfAborted();
        if (entryOf(name) !== undefined) throw nameTaken(name);
        const read = await readDocuments(files, work);
        const reader = model(work.model);
        const embeddingModel = await embed(read, work);
        // A provider's model is waited for, and asked through the gateway, which is here.
        if (reader.kind === 'provider' || sizeOf(read) < APART_FROM_CHARACTERS)
          await rebuild(name, read, [], work, embeddingModel);
        else await buildIntoLibrary({ path, name, read, edits: [], seed: SEED, model: reader.model, embeddingModel }, work);
        work.onStep?.('storing');
        const stored = entryOf(name);
        if (stored === undefined) throw new ShoalError('internal', `The graph “${name}” was built and is not there.`);
        return { ...stored, rejected: read.rejected };
      }),
    build: (name, files, work = {}) =>
      inTurn(async () => {
        const before = entryOf(name) === undefined ? [] : library().load(name).edits;
        const read = await readDocuments(files, work);
        return rebuild(name, read, before, work, await embed(read, work));
      }),
    add: (reference, files, work = {}) =>
      inTurn(async () => {
        const name = library().nameOf(reference);
        const graph = library().load(name);
        const more = await readDocuments(files, work);
        if (more.documents.length === 0) throw nothingRead(more);
        const { read, known } = withDocuments(graph, more);
        const again = asBefore(name, graph, work);
        return { graph: await rebuild(name, read, graph.edits, again, await embed(read, again)), known };
      }),
    edit: (reference, change, work = {}) =>
      inTurn(async () => {
        const name = library().nameOf(reference);
        const graph = library().load(name);
        const edits = change(graph);
        const again = asBefore(name, graph, work);
        return rebuild(name, graph, edits, again, await embed(graph, again));
      }),
    close: () => opened?.close(),
  };
}

const sizeOf = ({ documents }: ReadResult): number => documents.reduce((sum, { text }) => sum + text.length, 0);

/** By the model that read it before, unless another one is asked for. */
function asRead({ extractor }: GraphSnapshot, work: Work): Work {
  return work.model !== undefined || !extractor.model.includes('/') ? work : { ...work, model: extractor.model };
}

const nameTaken = (name: string): ShoalError =>
  new ShoalError('conflict', `There is a graph called “${name}” already.`, {
    hint: 'Choose another name, or add the documents to that graph.',
  });

const nothingRead = ({ rejected }: ReadResult): ShoalError =>
  new ShoalError('no_documents', `None of the ${rejected.length} files could be read; the graph is as it was.`, {
    details: { rejected },
    hint: rejected.map(({ name, reason }) => `${name}: ${reason}`).join('\n') || 'Give at least one document.',
  });

/** The edits with one more. Throws `not_found` for an edit of what the graph does not hold. */
export const withEdit =
  (edit: GraphEdit): Change =>
  (graph) => [...graph.edits, checkEdit(graph, edit)];

/** The edits without the one at a place, counted from 1. Throws `not_found` for a place that is none. */
export const withoutEdit =
  (place: number): Change =>
  ({ edits }) => {
    if (edits[place - 1] !== undefined) return edits.filter((_, index) => index !== place - 1);
    throw new ShoalError('not_found', `The graph has no edit ${place}; it has ${edits.length}.`, {
      hint: 'List them: npx shoal graph edits <graph>.',
    });
  };
