// Extraction that reads each document once: findings are kept by the document's content, the rules and the model. A
// declared relation has only those documents read again whose verbs it names.
import { z } from 'zod';
import { hashOf } from '#foundation';
import type { LanguageModel } from '#foundation';
import type { Document, FindingsCache, GraphEdit } from '../contract.ts';
import { addTo } from '../group.ts';
import { extractCorpus } from '../extraction/extract.ts';
import type { ExtractedCorpus, ExtractOptions } from '../extraction/extract.ts';
import { Extraction } from '../extraction/schema.ts';
import type { DeclaredRelation } from '../relations/declared.ts';
import type { Finding } from '../resolution/merged.ts';
import { extractorVersion } from './extractor-version.ts';

const Stored = z.array(Extraction);

export async function extractKnown(
  documents: readonly Document[],
  options: ExtractOptions,
  cache: FindingsCache | undefined,
  edits: readonly GraphEdit[],
): Promise<ExtractedCorpus> {
  const declared = edits.filter((edit) => edit.kind === 'relation-add');
  const base = await extractMissing(documents, options, cache);
  if (declared.length === 0) return countsOf(base);
  const concerned = new Map<string, readonly DeclaredRelation[]>();
  for (const { document, extraction } of base) {
    const verbs = new Set(extraction.verbs);
    const relations = declared.filter((relation) => relation.verbs.some((verb) => verbs.has(verb.split(' ')[0] ?? '')));
    if (relations.length > 0)
      concerned.set(
        document.id,
        relations.map(({ predicate, verbs: words, from, to }) => ({ predicate, verbs: words, from, to })),
      );
  }
  const again = documents.filter(({ id }) => concerned.has(id));
  const reread = await extractMissing(again, { ...options, declared: concerned }, cache);
  const findings = [...base.filter(({ document }) => !concerned.has(document.id)), ...reread];
  const place = new Map(documents.map(({ id }, index) => [id, index] as const));
  return countsOf(findings.toSorted((left, right) => (place.get(left.document.id) ?? 0) - (place.get(right.document.id) ?? 0)));
}

const countsOf = (findings: readonly Finding[]): ExtractedCorpus => ({
  findings,
  chunks: findings.length,
  fallbacks: findings.filter(({ fallback }) => fallback === true).length,
});

/** Findings of all documents, from the cache where it has them. */
async function extractMissing(
  documents: readonly Document[],
  options: ExtractOptions,
  cache: FindingsCache | undefined,
): Promise<readonly Finding[]> {
  if (cache === undefined) return documents.length === 0 ? [] : (await extractCorpus(documents, options)).findings;
  const keys = new Map(documents.map((document) => [document.id, keyOf(document, options)] as const));
  const known = new Map<string, Finding[]>();
  for (const document of documents) {
    const stored = cache.get(keys.get(document.id) ?? '');
    if (stored !== undefined)
      known.set(
        document.id,
        parse(stored).map((extraction) => ({ document, extraction })),
      );
  }
  const missing = documents.filter(({ id }) => !known.has(id));
  if (missing.length > 0) {
    const { findings } = await extractCorpus(missing, options);
    for (const finding of findings) addTo(known, finding.document.id, finding);
    cache.put(entriesOf(missing, keys, known));
  }
  return documents.flatMap(({ id }) => known.get(id) ?? []);
}

/** One after the other, as they are asked for. What a model could not answer is left out: it is asked again the next time. */
function* entriesOf(
  documents: readonly Document[],
  keys: ReadonlyMap<string, string>,
  known: ReadonlyMap<string, readonly Finding[]>,
): Generator<readonly [string, string]> {
  for (const { id } of documents) {
    const findings = known.get(id) ?? [];
    if (findings.every(({ fallback }) => fallback === undefined))
      yield [keys.get(id) ?? '', JSON.stringify(findings.map(({ extraction }) => extraction))];
  }
}

const parse = (stored: string): readonly Extraction[] => Stored.parse(JSON.parse(stored));

function keyOf(document: Document, { model, declared }: ExtractOptions): string {
  const { id, sha256: _file, ...content } = document;
  return hashOf({ content, model: nameOf(model), extractor: extractorVersion(), declared: declared?.get(id) ?? [] });
}

const nameOf = (model: LanguageModel): string => `${model.kind}/${model.model}`;
