import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openGraph } from '#knowledge-graph';
import type { GraphSnapshot, SourceSpan } from '#knowledge-graph/contract';
import { buildCorpus, buildText, CORPORA } from './corpora.ts';

/** Whatever is wrong with a graph, whatever its documents: spans, ids, endpoints, ranges. */
function faultsOf(graph: GraphSnapshot): readonly string[] {
  const faults: string[] = [];
  const check = (holds: boolean, fault: string): void => void (holds || faults.push(fault));
  const texts = new Map(graph.documents.map((document) => [document.id, document.text]));
  const read = ({ document, start, end }: SourceSpan): string => texts.get(document)?.slice(start, end) ?? '';
  for (const mention of graph.mentions) check(read(mention) === mention.surface, `mention ${mention.surface}`);
  for (const claim of graph.claims)
    check(
      claim.sources.every((source) => read(source) === claim.text),
      `claim ${claim.text}`,
    );
  for (const { id, summary } of graph.communities)
    check(
      summary.every(({ text, source }) => read(source) === text),
      `summary of ${id}`,
    );
  for (const { id, sources } of [...graph.entities, ...graph.relations, ...graph.claims]) {
    check(sources.length > 0, `${id} has no source`);
    check(
      sources.every((source) => source.end > source.start && read(source).length === source.end - source.start),
      `source of ${id}`,
    );
  }
  const ids = new Set(graph.entities.map((entity) => entity.id));
  const all = [...graph.entities, ...graph.relations, ...graph.claims, ...graph.communities, ...graph.chunks].map(({ id }) => id);
  check(new Set(all).size === all.length, 'an id is used twice');
  for (const { id, subject, object, speaker, literal } of graph.relations) {
    check(
      [subject, object ?? subject, speaker ?? subject].every((end) => ids.has(end)),
      `an end of ${id} is missing`,
    );
    check((object === undefined) !== (literal === undefined) && object !== subject, `object of ${id}`);
  }
  for (const { id, about, speaker } of graph.claims)
    check(
      [...about, speaker ?? about[0]].every((name) => name === undefined || ids.has(name)),
      `${id} is about nobody`,
    );
  for (const { id, members } of graph.communities)
    check(
      members.every((member) => ids.has(member)),
      `a member of ${id} is missing`,
    );
  for (const { entity, x, y } of graph.layout)
    check(ids.has(entity) && Math.max(Math.abs(x), Math.abs(y)) <= 1, `place of ${entity}`);
  for (const { id, salience, confidence } of graph.entities)
    check(
      [salience, confidence].every((value) => value >= 0 && value <= 1),
      `numbers of ${id}`,
    );
  return [...faults, ...gapsOf(graph)];
}

/** Chunks follow each other without overlap and cover every character of every block. */
function gapsOf(graph: GraphSnapshot): readonly string[] {
  return graph.documents.flatMap((document) => {
    const chunks = graph.chunks.filter((chunk) => chunk.document === document.id);
    const overlaps = chunks
      .filter((chunk, index) => chunk.start < (chunks[index - 1]?.end ?? 0))
      .map(({ id }) => `${id} overlaps`);
    const bare = document.blocks.flatMap((block) =>
      Array.from({ length: block.end - block.start }, (_, offset) => block.start + offset).filter(
        (at) => !chunks.some((chunk) => at >= chunk.start && at < chunk.end),
      ),
    );
    return [...overlaps, ...bare.map((at) => `${document.id}:${at} is in no chunk`)];
  });
}

const piece = constantFrom(
  ...'Mara Voss|said that|the council|will not|approve|€4.5 million|a toll of 12%|“quoted|words”|(ECB)|European Central Bank|Node.js|don’t|12 May 2026|, and|:|—|…|\t|é|😀|张伟|市长|U.S.|Dr.|https://x.example/a?b=c|open-source|Zürich-based|2025–2026|\u00a0|"|'.split(
    '|',
  ),
);
const sentence = array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => `${pieces.join(' ')}.`);

describe('every span', () => {
  it.each(CORPORA)('of %s reads again what it claims to be', async (name) => {
    expect(faultsOf(await buildCorpus(name))).toEqual([]);
  });

  it('holds for several documents at once', async () => {
    expect(faultsOf(await buildCorpus('council', 'company', 'chinese'))).toEqual([]);
  });

  it('holds for whatever is strung together', async () => {
    const paragraphs = array(
      array(sentence, { minLength: 1, maxLength: 3 }).map((parts) => parts.join(' ')),
      { minLength: 1, maxLength: 4 },
    );
    expect.hasAssertions();
    await assert(
      asyncProperty(paragraphs, async (parts) => {
        expect(faultsOf(await buildText(parts.join('\n\n')))).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  it('is what provenance and quote give back', async () => {
    const graph = openGraph(await buildCorpus('council'));
    const [claim] = graph.claims;
    const [span] = graph.provenance(claim?.id ?? '');
    expect(span === undefined ? undefined : graph.quote(span)).toBe(claim?.text);
    expect(graph.provenance('p1')).toHaveLength(1);
    expect(graph.provenance('nobody')).toEqual([]);
  });
});
