// Runs an extractor over all documents: one call per document for the embedded model, or threads where there is much to
// read; one call per passage of 600–1,200 tokens for a provider's model, whose unusable answers are replaced by the
// embedded result for that passage and counted.
import { availableParallelism } from 'node:os';
import type { LanguageModel, ReportProgress } from '#foundation';
import type { Document } from '../contract.ts';
import { cut } from '../chunking/chunks.ts';
import type { Finding } from '../resolution/merged.ts';
import { extractPassageByModel } from './by-model.ts';
import { extractInThreads } from './extract-in-threads.ts';
import type { Passage } from './passage.ts';
import { withAuthors } from './authors.ts';
import { Extraction } from './schema.ts';
import { extractByRules } from './skills.ts';
import type { ExtractInput } from './skills.ts';

/** About 900 tokens of English. */
const PASSAGE_CHARACTERS = 3600;
/** Model calls under way at once. */
const LANES = 4;

/** Below this threads take longer to start than the rules take to read. */
const THREADS_FROM_CHARACTERS = 400_000;

export interface ExtractOptions {
  readonly model: LanguageModel;
  /** Threads for the rules over large inputs; as many as there are processors unless said. The result is the same. */
  readonly workers?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

export interface ExtractedCorpus {
  readonly findings: readonly Finding[];
  readonly chunks: number;
  readonly fallbacks: number;
}

export async function extractCorpus(documents: readonly Document[], options: ExtractOptions): Promise<ExtractedCorpus> {
  const corpus = await (options.model.kind === 'embedded' ? extractEmbedded : extractWithModel)(documents, options);
  return { ...corpus, findings: withAllAuthors(corpus.findings) };
}

/** Once per document: its first passage may stand for the whole. */
function withAllAuthors(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.map((finding) => {
    if (seen.has(finding.document.id)) return finding;
    seen.add(finding.document.id);
    return withAuthors(finding);
  });
}

async function extractEmbedded(
  documents: readonly Document[],
  { model, workers = availableParallelism(), signal, onProgress }: ExtractOptions,
): Promise<ExtractedCorpus> {
  if (documents.reduce((sum, { text }) => sum + text.length, 0) >= THREADS_FROM_CHARACTERS) {
    const read = await extractInThreads(
      documents.map((document) => ({ document })),
      { workers, signal, onProgress },
    );
    return { findings: read, chunks: documents.length, fallbacks: 0 };
  }
  const findings: Finding[] = [];
  for (const document of documents) {
    signal?.throwIfAborted();
    const input: ExtractInput = { document };
    const { value } = await model.generate(
      { task: 'extract', stage: 'extraction', messages: [], input, schema: { name: 'extraction', type: Extraction } },
      signal,
    );
    findings.push({ document, extraction: value ?? { entities: [], relations: [], claims: [] } });
    onProgress?.({ done: findings.length, total: documents.length, message: `Read ${document.name}` });
  }
  return { findings, chunks: documents.length, fallbacks: 0 };
}

async function extractWithModel(
  documents: readonly Document[],
  { model, signal, onProgress }: ExtractOptions,
): Promise<ExtractedCorpus> {
  const jobs = documents.flatMap((document) => cut(document, PASSAGE_CHARACTERS).map((passage) => ({ document, passage })));
  const results: (Finding | undefined)[] = Array.from({ length: jobs.length });
  let [next, done, fallbacks] = [0, 0, 0];
  // Rules read a whole document; passages of the same one that fall back share the reading.
  const byRules = new Map<Document, Extraction>();
  const fallback = ({ document, passage }: (typeof jobs)[number]): Extraction => {
    const whole = byRules.get(document) ?? extractByRules(document);
    byRules.set(document, whole);
    return within(whole, passage);
  };
  const lane = async (): Promise<void> => {
    for (let at = next++; at < jobs.length; at = next++) {
      const job = jobs[at];
      if (job === undefined) return;
      signal?.throwIfAborted();
      const extraction = await extractPassageByModel(model, job.document, job.passage, signal);
      if (extraction === undefined) fallbacks++;
      results[at] = { document: job.document, extraction: extraction ?? fallback(job) };
      onProgress?.({ done: ++done, total: jobs.length, message: `Read a passage of ${job.document.name}` });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return { findings: results.flatMap((finding) => finding ?? []), chunks: jobs.length, fallbacks };
}

/** The part of a document's extraction that stands inside one passage. */
function within(extraction: Extraction, { start, end }: Passage): Extraction {
  const inside = (span: { readonly start: number; readonly end: number }): boolean => span.start >= start && span.end <= end;
  return {
    entities: extraction.entities.map((entity) => ({ ...entity, mentions: entity.mentions.filter(inside) })),
    relations: extraction.relations.filter(inside),
    claims: extraction.claims.filter(inside),
  };
}
