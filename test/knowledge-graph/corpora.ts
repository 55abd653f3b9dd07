// Short documents written for these tests, read by the real reader and built by the real rules.
import { readFileSync } from 'node:fs';
import { buildGraph, DEFAULT_LIMITS, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot, ReadResult, Relation } from '#knowledge-graph/contract';
import { embeddedModel } from './embedded-model.ts';

export const CORPORA = ['council', 'rumour', 'company', 'story', 'gateway', 'chinese', 'french'] as const;
export type Corpus = (typeof CORPORA)[number];

const corpusBytes = (name: Corpus): Uint8Array => readFileSync(new URL(`corpora/${name}.md`, import.meta.url));

export const readCorpus = (...names: readonly Corpus[]): Promise<ReadResult> =>
  readDocuments(
    names.map((name) => ({ name: `${name}.md`, bytes: corpusBytes(name) })),
    { limits: DEFAULT_LIMITS },
  );

export const buildCorpus = async (...names: readonly Corpus[]): Promise<GraphSnapshot> =>
  buildGraph(await readCorpus(...names), { model: embeddedModel, seed: 1 });

/** A text as a document that was read, one block per paragraph. */
export function documentsOf(...texts: readonly string[]): ReadResult {
  return {
    rejected: [],
    documents: texts.map((text, index) => ({
      id: `d${index + 1}`,
      name: `text-${index + 1}.txt`,
      sha256: '0'.repeat(64),
      mediaType: 'text' as const,
      title: undefined,
      author: undefined,
      publishedAt: undefined,
      language: 'en',
      text,
      blocks: [...text.matchAll(/[^\n]+/g)].map((match) => ({
        kind: 'paragraph' as const,
        start: match.index,
        end: match.index + match[0].length,
      })),
    })),
  };
}

export const buildText = (...texts: readonly string[]): Promise<GraphSnapshot> =>
  buildGraph(documentsOf(...texts), { model: embeddedModel, seed: 1 });

/** Documents of one paragraph each, with the day they were published; their names are their places. */
export function datedDocuments(...texts: readonly (readonly [publishedAt: string | undefined, text: string])[]): ReadResult {
  const { rejected, documents } = documentsOf(...texts.map(([, text]) => text));
  return { rejected, documents: documents.map((document, index) => ({ ...document, publishedAt: texts[index]?.[0] })) };
}

/** Entity types by name. */
export const typesOf = (graph: GraphSnapshot): Readonly<Record<string, string>> =>
  Object.fromEntries(graph.entities.map((entity) => [entity.name, entity.type]));

/** "subject | predicate | object", with NOT where it is denied. */
export function factsOf(graph: GraphSnapshot): readonly string[] {
  const names = new Map(graph.entities.map((entity) => [entity.id, entity.name]));
  const object = (relation: Relation): string =>
    relation.object === undefined ? `"${relation.literal}"` : (names.get(relation.object) ?? '?');
  return graph.relations.map(
    (relation) =>
      `${names.get(relation.subject)} | ${relation.polarity === 'negated' ? 'NOT ' : ''}${relation.predicate} | ${object(relation)}`,
  );
}
