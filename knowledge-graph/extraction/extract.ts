// Runs the rules over all documents, one call of the embedded model for each.
import type { LanguageModel, ReportProgress } from '#foundation';
import type { Document, ProposedOntology } from '../contract.ts';
import type { Finding } from '../resolution/merged.ts';
import type { DeclaredRelation } from '../relations/declared.ts';
import { withAllAuthors } from './authors.ts';
import { Extraction } from './schema.ts';
import type { ExtractInput } from './skills.ts';

export interface ExtractOptions {
  readonly model: LanguageModel;
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
  { model, signal, onProgress, declared }: ExtractOptions,
): Promise<ExtractedCorpus> {
  const findings: Finding[] = [];
  for (const document of documents) {
    signal?.throwIfAborted();
    const own = declared?.get(document.id);
    const input: ExtractInput = { document, ...(own === undefined ? {} : { declared: own }) };
    const { value } = await model.generate(
      { task: 'extract', stage: 'extraction', messages: [], input, schema: { name: 'extraction', type: Extraction } },
      signal,
    );
    findings.push({ document, extraction: value ?? { entities: [], relations: [], claims: [] } });
    onProgress?.({ done: findings.length, total: documents.length, message: `Read ${document.name}` });
  }
  return { findings: withAllAuthors(findings), chunks: documents.length, fallbacks: 0 };
}
