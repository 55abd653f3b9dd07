// Documents → graph: extract per document, resolve over all, then derive structure. Everything after extraction is a
// pure function of the findings and the seed, so equal inputs give equal hashes.
import { hashOf, ShoalError } from '#foundation';
import { chunkDocuments } from './chunking/chunks.ts';
import { describeCommunities } from './communities/describe.ts';
import { SNAPSHOT_VERSION } from './contract.ts';
import type {
  BuildStep,
  Claim,
  Document,
  Entity,
  FindingsCache,
  GraphEdit,
  GraphSnapshot,
  ModelStage,
  ModelUse,
  ReadResult,
  Relation,
  SourceSpan,
} from './contract.ts';
import type { ExtractedCorpus, ExtractOptions } from './extraction/extract.ts';
import { createAsker } from './extraction/with-model/asker.ts';
import type { Asker } from './extraction/with-model/asker.ts';
import { decideMerges } from './extraction/with-model/decide-merges.ts';
import { extractWithModel } from './extraction/with-model/read-documents.ts';
import { computeLayout } from './layout/compute.ts';
import { splitSentences } from './language/sentences.ts';
import { depthOf } from './language/taggers.ts';
import { extractKnown } from './library/known-findings.ts';
import { deriveOntology } from './ontology/derive.ts';
import { createVocabulary } from './ontology/vocabulary.ts';
import type { RelationVocabulary } from './ontology/vocabulary.ts';
import { describeEntity } from './resolution/describe.ts';
import { resolveEntities, toEntity } from './resolution/entities.ts';
import type { Resolution } from './resolution/entities.ts';
import type { Merged } from './resolution/merged.ts';
import { listMerges } from './resolution/merges.ts';
import { mentionsOf } from './resolution/mentions.ts';
import { resolveClaims, resolveRelations } from './resolution/facts.ts';
import { buildNetwork } from './salience/network.ts';
import type { Network } from './salience/network.ts';
import { scoreSalience } from './salience/score.ts';
import { findStructure } from './structure/structure.ts';
import type { Structure } from './structure/structure.ts';

export interface BuildOptions extends ExtractOptions {
  readonly seed: number;
  /** What a person decided about this graph; applied in order. */
  readonly edits?: readonly GraphEdit[];
  /** Findings of earlier builds: what they hold is not read again, and the graph is the same. */
  readonly findings?: FindingsCache;
  /** Told at the beginning of each step. */
  readonly onStep?: (step: BuildStep) => void;
  /** Told at the end what a provider's model was asked for, and the tokens of it. */
  readonly onModelUse?: (use: Readonly<Record<ModelStage, ModelUse>>) => void;
}

const IN_NETWORK = (merged: Merged): boolean => merged.type !== 'date' && merged.type !== 'amount';

/** Builds the graph. Throws `no_documents` when nothing could be read, and whatever the model throws. */
export async function buildGraph(read: ReadResult, options: BuildOptions): Promise<GraphSnapshot> {
  if (read.documents.length === 0) throw noDocuments(read);
  return assemble(read, await resolveCorpus(read, options), options);
}

interface ResolvedCorpus {
  readonly counts: Omit<ExtractedCorpus, 'findings'>;
  readonly vocabulary: RelationVocabulary;
  readonly resolution: Resolution;
  readonly relations: readonly Relation[];
  readonly claims: readonly Claim[];
}

/** A function of its own, so that the findings of a large corpus are gone before the graph is put together. */
async function resolveCorpus({ documents }: ReadResult, options: BuildOptions): Promise<ResolvedCorpus> {
  const { edits = [], findings: cache, model, signal, onProgress, onStep } = options;
  onStep?.('extracting');
  const asker = model.kind === 'provider' ? createAsker(model, cache, signal) : undefined;
  const { findings, ...counts } =
    asker === undefined
      ? await extractKnown(documents, options, cache, edits)
      : await extractWithModel(documents, { asker, signal, onProgress });
  signal?.throwIfAborted();
  onStep?.('joining');
  const vocabulary = createVocabulary(edits);
  const resolution = await resolve(findings, documents, edits, asker);
  if (asker !== undefined) options.onModelUse?.(asker.use);
  return {
    counts,
    vocabulary,
    resolution,
    relations: resolveRelations(findings, resolution, vocabulary),
    claims: resolveClaims(findings, resolution),
  };
}

/** Names meet by rules; a model is asked about those that rules leave open. */
async function resolve(
  findings: ExtractedCorpus['findings'],
  documents: readonly Document[],
  edits: readonly GraphEdit[],
  asker: Asker | undefined,
): Promise<Resolution> {
  const byRules = resolveEntities(findings, edits);
  if (asker === undefined) return byRules;
  const decided = await decideMerges(asker, byRules.merged, documents);
  return decided.length === 0 ? byRules : resolveEntities(findings, edits, decided);
}

async function assemble(
  read: ReadResult,
  { counts, vocabulary, resolution, relations, claims }: ResolvedCorpus,
  { model, seed, signal, onStep, edits = [] }: BuildOptions,
): Promise<GraphSnapshot> {
  onStep?.('structuring');
  const { documents } = read;
  const chunks = chunkDocuments(documents);
  const idOf = (merged: Merged): string => resolution.ids.get(merged) ?? '';
  const mentions = mentionsOf(resolution, documents);
  const members = resolution.merged.filter(IN_NETWORK);
  const network = buildNetwork(members.map(idOf), relations, mentions, chunks);
  // In its own thread, where it takes long, while what entities are is read in this one.
  const finding = findStructure(network, seed, signal);
  const sentences = sentencesOf(documents);
  const descriptions = descriptionsOf(resolution, documents, sentences);
  const { communities: tree, ...structure } = await finding;
  const entities = entitiesOf(resolution, documents, network, structure, descriptions);
  const byId = new Map(entities.map((entity) => [entity.id, entity] as const));
  const nodes = network.ids.flatMap((id) => byId.get(id) ?? []);
  onStep?.('describing');
  // In its own thread, while communities are described in this one.
  const placing = computeLayout({ network, weights: nodes.map(({ salience }) => salience), communities: tree, seed }, signal);
  const communities = describeCommunities(tree, { documents, entities: nodes, relations, mentions, sentences });
  const layout = await placing;
  const graph: Omit<GraphSnapshot, 'hash'> = {
    version: SNAPSHOT_VERSION,
    documents,
    rejected: read.rejected,
    chunks,
    entities,
    mentions,
    relations,
    claims,
    communities,
    ontology: deriveOntology(entities, relations, vocabulary, counts.proposal),
    merges: listMerges(resolution, mentions),
    edits,
    layout,
    extractor: {
      model: model.kind === 'embedded' ? 'embedded (rule-based)' : model.model,
      ...counts,
      notes: [...(model.kind === 'embedded' ? notesOn(documents) : []), ...notesOnMap(network.ids.length, layout.length)],
    },
  };
  return { ...graph, hash: hashOf(graph) };
}

/** In the order of the resolution. */
function descriptionsOf(
  { merged, names }: Resolution,
  documents: readonly Document[],
  sentences: readonly SourceSpan[],
): readonly (string | undefined)[] {
  const describe = describeEntity(documents, sentences);
  return merged.map((thing) => describe(names.get(thing) ?? '', thing.type, thing.spans));
}

function entitiesOf(
  resolution: Resolution,
  documents: readonly Document[],
  network: Network,
  { ranks, places }: Pick<Structure, 'ranks' | 'places'>,
  descriptions: readonly (string | undefined)[],
): readonly Entity[] {
  const idOf = (merged: Merged): string => resolution.ids.get(merged) ?? '';
  const position = new Map(network.ids.map((id, index) => [id, index] as const));
  const inNetwork = resolution.merged.filter((merged) => position.has(idOf(merged)));
  const scores = scoreSalience(inNetwork, documents, ranks);
  // Literals hang on nothing: they rank below every named thing, by how often they occur.
  const salienceOf = (merged: Merged): number =>
    scores[position.get(idOf(merged)) ?? -1] ?? Math.min(0.05, merged.spans.length / 200);
  return resolution.merged
    .map((merged, at) => {
      const [id, name] = [idOf(merged), resolution.names.get(merged) ?? ''];
      return {
        ...toEntity(merged, { id, name, salience: salienceOf(merged), description: descriptions[at] }),
        centrality: places[position.get(id) ?? -1],
      };
    })
    .toSorted((left, right) => right.salience - left.salience || (left.id < right.id ? -1 : 1));
}

/** Says what the rules read by names only: whole documents, and passages within others. */
function notesOn(documents: readonly Document[]): readonly string[] {
  const shallow = documents.map(({ language }) => language).filter(isShallow);
  const passages = documents
    .filter(({ language }) => !isShallow(language))
    .flatMap(({ blocks }) => blocks.flatMap(({ language }) => language ?? []))
    .filter(isShallow);
  return [
    ...(shallow.length === 0 ? [] : [noteOn(`${shallow.length} of ${documents.length} documents`, shallow)]),
    ...(passages.length === 0 ? [] : [noteOn('Passages in other languages than their documents', passages)]),
  ];
}

const isShallow = (language: string): boolean => depthOf(language) === 'names';

const noteOn = (what: string, languages: readonly string[]): string =>
  `${what} (${[...new Set(languages)].toSorted().join(', ')}) were read for names, dates, amounts and statements only: the rules know the grammar of English and Chinese.`;

const notesOnMap = (nodes: number, shown: number): readonly string[] =>
  shown < nodes
    ? [`The map shows the ${shown} most central of ${nodes} entities; search, lists and exports have all of them.`]
    : [];

const PROSE = new Set(['paragraph', 'quote']);

const sentencesOf = (documents: readonly Document[]): readonly SourceSpan[] =>
  documents.flatMap((document) =>
    document.blocks
      .filter((block) => PROSE.has(block.kind))
      .flatMap((block) =>
        splitSentences(document.text, block.start, block.end).map((span) => ({ document: document.id, ...span })),
      ),
  );

function noDocuments(read: ReadResult): ShoalError {
  const reasons = read.rejected.map(({ name, reason }) => `${name}: ${reason}`);
  return new ShoalError('no_documents', `None of the ${read.rejected.length} files could be read.`, {
    details: { rejected: read.rejected },
    hint: reasons.length === 0 ? 'Give at least one document.' : reasons.join('\n'),
  });
}
