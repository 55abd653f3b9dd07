// Runs the rules over all documents: one call of the embedded model for each, or threads where there is much to read.
import { availableParallelism } from 'node:os';
import type { LanguageModel, ReportProgress } from '#foundation';
import type { Document, ProposedOntology } from '../contract.ts';
import type { Finding } from '../resolution/merged.ts';
import type { DeclaredRelation } from '../relations/declared.ts';
import { withAllAuthors } from './authors.ts';
import { extractInThreads } from './extract-in-threads.ts';
import { Extraction } from './schema.ts';
import type { ExtractInput } from './skills.ts';

/** Below this threads take longer to start than the rules take to read. */
const THREADS_FROM_CHARACTERS = 400_000;

export interface ExtractOptions {
  readonly model: LanguageModel;
  /** Threads for the rules over large inputs; as many as there are processors unless said. The result is the same. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
  /** Relations that a person declared, for the documents that they concern. */
  readonly declared?: ReadonlyMap<string, readonly DeclaredRelation[]>;
}

export interface ExtractedCorpus {
  readonly findings: readonly Finding[];
  readonly chunks: number;
  readonly fallbacks: number;
  readonly proposal?: ProposedOntology;
}

export async function extractCorpus(
  documents: readonly Document[],
  { model, workers = availableParallelism(), signal, onProgress, declared }: ExtractOptions,
): Promise<ExtractedCorpus> {
  if (documents.reduce((sum, { text }) => sum + text.length, 0) >= THREADS_FROM_CHARACTERS) {
    const read = await extractInThreads(
      documents.map((document) => inputOf(document, declared)),
      { workers, signal, onProgress },
    );
    return { findings: read, chunks: documents.length, fallbacks: 0 };
  }
  const findings: Finding[] = [];
  for (const document of documents) {
    signal?.throwIfAborted();
    const input = inputOf(document, declared);
    const { value } = await model.generate(
      { task: 'extract', stage: 'extraction', messages: [], input, schema: { name: 'extraction', type: Extraction } },
      signal,
    );
    findings.push({ document, extraction: value ?? { entities: [], relations: [], claims: [] } });
    onProgress?.({ done: findings.length, total: documents.length, message: `Read ${document.name}` });
  }
  return { findings: withAllAuthors(findings), chunks: documents.length, fallbacks: 0 };
}

function inputOf(document: Document, declared: ExtractOptions['declared']): ExtractInput {
  const own = declared?.get(document.id);
  return own === undefined ? { document } : { document, declared: own };
}
