// What can be quoted of a community: sentences with the nodes that each names and the facts found in it, in reading order.
import type { Mention, Relation, SourceSpan } from '../contract.ts';
import { bySpan } from '../resolution/order.ts';
import type { CommunityNode } from './detect.ts';

export interface Sentence {
  readonly span: SourceSpan;
  /** Node positions, each once. */
  readonly nodes: readonly number[];
  facts: number;
}

/** Sentences that name a node. `spans` and `mentions` stand in reading order. */
export function readSentences(
  spans: readonly SourceSpan[],
  mentions: readonly Mention[],
  relations: readonly Relation[],
  nodeOf: ReadonlyMap<string, number>,
): readonly Sentence[] {
  let at = 0;
  const sentences: Sentence[] = [];
  for (const span of spans) {
    // A mention that opens the sentence ends before it does.
    const opening = { ...span, end: span.start };
    while (at < mentions.length && bySpan(mentions[at] as Mention, opening) < 0) at++;
    const nodes: number[] = [];
    for (let next = at; next < mentions.length; next++) {
      const mention = mentions[next] as Mention;
      if (mention.document !== span.document || mention.start >= span.end) break;
      const node = nodeOf.get(mention.entity);
      if (node !== undefined && !nodes.includes(node)) nodes.push(node);
    }
    if (nodes.length > 0) sentences.push({ span, nodes, facts: 0 });
  }
  for (const { sources } of relations) {
    for (const source of sources) {
      const sentence = lastFrom(sentences, source);
      if (sentence !== undefined && source.document === sentence.span.document && source.end <= sentence.span.end)
        sentence.facts++;
    }
  }
  return sentences;
}

/** The last sentence that begins where the span does, or before it. */
function lastFrom(sentences: readonly Sentence[], span: SourceSpan): Sentence | undefined {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sentences[middle]?.span ?? span;
    const before = other.document === span.document ? other.start <= span.start : bySpan(other, span) < 0;
    if (before) low = middle + 1;
    else high = middle;
  }
  return sentences[low - 1];
}

/** By community: the sentences that name a member of it. */
export function sentencesByCommunity(
  communities: readonly CommunityNode[],
  sentences: readonly Sentence[],
): readonly (readonly Sentence[])[] {
  const position = new Map(communities.map(({ id }, at) => [id, at] as const));
  const parents = communities.map(({ parent }) => (parent === undefined ? undefined : position.get(parent)));
  // Level by level: the last community that writes a node is its deepest one.
  const deepest = new Map<number, number>();
  communities.forEach(({ members }, at) => {
    for (const node of members) deepest.set(node, at);
  });
  const rows: Sentence[][] = communities.map(() => []);
  for (const sentence of sentences) {
    const own = new Set<number>();
    for (const node of sentence.nodes)
      for (let at = deepest.get(node); at !== undefined && !own.has(at); at = parents[at]) own.add(at);
    for (const at of own) rows[at]?.push(sentence);
  }
  return rows;
}
