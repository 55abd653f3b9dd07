// Documents → graph: extract per document, resolve over all, then derive structure. Everything after extraction is a
// pure function of the findings and the seed, so equal inputs give equal hashes.
import { hashOf, ShoalError } from '#foundation';
import type { LanguageModel, ReportProgress } from '#foundation';
import { chunkDocuments } from './chunking/chunks.ts';
import { describeCommunities } from './communities/describe.ts';
import { detectCommunities } from './communities/detect.ts';
import type { Claim, Document, Entity, GraphSnapshot, ReadResult, Relation, SourceSpan } from './contract.ts';
import { extractCorpus } from './extraction/extract.ts';
import type { ExtractedCorpus } from './extraction/extract.ts';
import { computeLayout } from './layout/compute.ts';
import { splitSentences } from './language/sentences.ts';
import { depthOf } from './language/taggers.ts';
import { deriveOntology } from './ontology/derive.ts';
import { describeEntity } from './resolution/describe.ts';
import { resolveEntities, toEntity } from './resolution/entities.ts';
import type { Resolution } from './resolution/entities.ts';
import type { Merged } from './resolution/merged.ts';
import { nameOf } from './resolution/naming.ts';
import { mentionsOf } from './resolution/mentions.ts';
import { resolveClaims, resolveRelations } from './resolution/facts.ts';
import { buildNetwork } from './salience/network.ts';
import type { Network } from './salience/network.ts';
import { scoreSalience } from './salience/score.ts';

export interface BuildOptions {
  readonly model: LanguageModel;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

const IN_NETWORK = (merged: Merged): boolean => merged.type !== 'date' && merged.type !== 'amount';

/** Builds the graph. Throws `no_documents` when nothing could be read, and whatever the model throws. */
export async function buildGraph(read: ReadResult, options: BuildOptions): Promise<GraphSnapshot> {
  if (read.documents.length === 0) throw noDocuments(read);
  const corpus = await extractCorpus(read.documents, options);
  options.signal?.throwIfAborted();
  const resolution = resolveEntities(corpus.findings);
  const relations = resolveRelations(corpus.findings, resolution);
  const claims = resolveClaims(corpus.findings, resolution);
  return assemble(read, corpus, resolution, relations, claims, options);
}

async function assemble(
  read: ReadResult,
  corpus: ExtractedCorpus,
  resolution: Resolution,
  relations: readonly Relation[],
  claims: readonly Claim[],
  { model, seed, signal }: BuildOptions,
): Promise<GraphSnapshot> {
  const { documents } = read;
  const chunks = chunkDocuments(documents);
  const idOf = (merged: Merged): string => resolution.ids.get(merged) ?? '';
  const mentions = mentionsOf(resolution, documents);
  const members = resolution.merged.filter(IN_NETWORK);
  const network = buildNetwork(members.map(idOf), relations, mentions, chunks);
  const sentences = sentencesOf(documents);
  const entities = entitiesOf(resolution, documents, network, sentences, idOf);
  const nodes = network.ids.flatMap((id) => entities.find((entity) => entity.id === id) ?? []);
  const communities = describeCommunities(detectCommunities(network, seed), nodes, mentions, documents, sentences);
  const layout = await computeLayout(network, seed, signal);
  const graph: Omit<GraphSnapshot, 'hash'> = {
    version: 1,
    documents,
    rejected: read.rejected,
    chunks,
    entities,
    mentions,
    relations,
    claims,
    communities,
    ontology: deriveOntology(entities, relations),
    layout,
    extractor: {
      model: model.kind === 'embedded' ? 'embedded (rule-based)' : model.model,
      chunks: corpus.chunks,
      fallbacks: corpus.fallbacks,
      notes: model.kind === 'embedded' ? notesOn(documents) : [],
    },
  };
  return { ...graph, hash: hashOf(graph) };
}

function entitiesOf(
  resolution: Resolution,
  documents: readonly Document[],
  network: Network,
  sentences: readonly SourceSpan[],
  idOf: (merged: Merged) => string,
): readonly Entity[] {
  const position = new Map(network.ids.map((id, index) => [id, index] as const));
  const inNetwork = resolution.merged.filter((merged) => position.has(idOf(merged)));
  const scores = scoreSalience(inNetwork, documents, network);
  // Literals hang on nothing: they rank below every named thing, by how often they occur.
  const salienceOf = (merged: Merged): number =>
    scores[position.get(idOf(merged)) ?? -1] ?? Math.min(0.05, merged.spans.length / 200);
  const describe = describeEntity(documents, sentences);
  return resolution.merged
    .map((merged) => toEntity(merged, idOf(merged), salienceOf(merged), describe(nameOf(merged), merged.type, merged.spans)))
    .toSorted((left, right) => right.salience - left.salience || (left.id < right.id ? -1 : 1));
}

/** Says which documents the rules read by names only. */
function notesOn(documents: readonly Document[]): readonly string[] {
  const shallow = documents.filter((document) => depthOf(document.language) === 'names');
  if (shallow.length === 0) return [];
  const languages = [...new Set(shallow.map((document) => document.language))]
    .toSorted((left, right) => (left < right ? -1 : 1))
    .join(', ');
  return [
    `${shallow.length} of ${documents.length} documents (${languages}) were read for names, dates, amounts and statements only: the rules know the grammar of English and Chinese.`,
  ];
}

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
