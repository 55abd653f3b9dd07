// Ranks passages for a query by words (BM25) and by structure: personalised PageRank over the passage–name graph,
// from the names in the query and the passages that share its words. After HippoRAG (arXiv 2405.14831), with rules in
// place of its models, and with edges that turn towards what is asked.
import type { Chunk, GraphSnapshot, Mention, PassageVectors } from '../contract.ts';
import { mentionsByChunk } from '../chunking/mentions-by-chunk.ts';
import { passageTexts } from '../chunking/passage-texts.ts';
import { askedRoots, favourAsked } from './asked.ts';
import { createNameIndex } from './name-index.ts';
import type { NamedNode } from './name-index.ts';
import { createPassageGraph } from './passage-graph.ts';
import type { PassageGraph } from './passage-graph.ts';
import { turnedRow } from './turn.ts';
import { createVectorIndex } from './vector-index.ts';
import { createWalker } from './walk.ts';
import type { Mass } from './walk.ts';
import { createWordIndex } from './word-index.ts';
import type { Scored } from './word-index.ts';
import { wordsOf } from './words.ts';

/** Passages found by words that take part, and as many by vectors. */
const FOUND = 200;
/** Passages and entities of one ranking, beside those found by words. */
const MOST_RANKED = 500;
const DAMPING = 0.8;
/** Below this share of the walkers a node no longer spreads: a hundred thousand passages cost as much as a thousand. */
const LEAST_MASS = 1e-4;
/** Rounds that show where the query leads, before the edges of the best passages turn; then rounds to the end. */
const [FIRST_ROUNDS, LAST_ROUNDS] = [3, 10];
const TURNED_PASSAGES = 10;
/** Share of the walkers that start from passages rather than from names. */
const FROM_PASSAGES = 0.07;
/** Weight of BM25 beside the fourth root of the walkers' share. */
const WORDS_WEIGHT = 0.1;
const FIRST_WORDS_WEIGHT = 0.3;
/** Of nearness by vectors beside BM25 where walkers start, and beside all else at the end. */
const [MEANING_WEIGHT, LAST_MEANING_WEIGHT] = [1.5, 0.2];

/** What ranking reads of a graph. */
export type RankedGraph = Pick<GraphSnapshot, 'documents' | 'chunks' | 'entities' | 'mentions'>;

export interface Ranking {
  /** Entities that the query names, with weights up to 1. */
  readonly named: ReadonlyMap<number, number>;
  /** Chunks by words and structure, scores 0–1, best first. */
  readonly passages: readonly Scored[];
  /** Entities by the walkers' share, scores 0–1, best first. */
  readonly entities: readonly Scored[];
}

/** The vector is the query's own, by the model that embedded the passages. Throws `conflict` for one of another length. */
export type Rank = (query: string, vector?: Float32Array) => Ranking;

/** Prepares the indexes once; each ranking is then a few milliseconds. */
export function createRanker(graph: RankedGraph, vectors: PassageVectors = []): Rank {
  const { chunks, documents, entities } = graph;
  const texts = new Map(documents.map((document) => [document.id, document] as const));
  const textOf = ({ document, start, end }: Chunk): string => texts.get(document)?.text.slice(start, end) ?? '';
  const textAt = (position: number): string => {
    const chunk = chunks[position];
    return chunk === undefined ? '' : textOf(chunk);
  };
  const words = createWordIndex(passageTexts(documents, chunks));
  const meanings = createVectorIndex(vectors);
  const names = createNameIndex(entities, documents);
  const mentions = mentionsByChunk(chunks, graph.mentions);
  const passageGraph = createPassageGraph({ documents, chunks, entities, mentions, names });
  const walker = createWalker(passageGraph);
  const nodes = new Map(entities.map(({ id }, node) => [id, node] as const));

  const turn = (passages: readonly Scored[], asked: ReadonlySet<string>): ReadonlyMap<number, Float64Array> => {
    const turned = new Map<number, Float64Array>();
    for (const { position } of passages.slice(0, TURNED_PASSAGES)) {
      const chunk = chunks[position];
      if (chunk === undefined) continue;
      const inside: readonly Mention[] = mentions[position] ?? [];
      const row = turnedRow(passageGraph, position, textOf(chunk), chunk.start, inside, (id) => nodes.get(id), asked);
      if (row !== undefined) turned.set(passageGraph.firstPassage + position, row);
    }
    return turned;
  };

  return (query, vector) => {
    const byWords = relative(words.find(query, FOUND));
    const byMeaning = vector === undefined ? [] : meanings.find(vector, FOUND);
    const found = byMeaning.length === 0 ? byWords : joined(byWords, byMeaning);
    const queryWords = wordsOf(query);
    const links = names.link(queryWords);
    const asked = askedRoots(queryWords, links);
    const seeds = seedsOf(passageGraph, links, found);
    const options = { damping: DAMPING, least: LEAST_MASS };
    const first = walker.walk(seeds, seeds, { ...options, rounds: FIRST_ROUNDS });
    const leads = ranked(combine(passagesOf(first, passageGraph), found, (share) => share, FIRST_WORDS_WEIGHT));
    const last = walker.walk(first, seeds, { ...options, rounds: LAST_ROUNDS, turned: turn(leads, asked) });
    const walked = combine(passagesOf(last, passageGraph), found, (share) => Math.sqrt(Math.sqrt(share)), WORDS_WEIGHT);
    const fused = combine(walked, byMeaning, (score) => score, LAST_MEANING_WEIGHT);
    return {
      named: new Map(links.filter(({ node }) => node < entities.length).map(({ node, weight }) => [node, weight] as const)),
      passages: ranked(relative(favourAsked(ranked(fused), asked, textAt))),
      entities: ranked(strongest(last, 0, entities.length)),
    };
  };
}

/** Where walkers start and return to: names by rarity, and a few passages; only passages where no name is known. */
function seedsOf({ rarity, firstPassage }: PassageGraph, links: readonly NamedNode[], found: readonly Scored[]): Mass {
  const weights = new Map<number, number>();
  for (const { node, weight } of links) {
    const rare = rarity[node] ?? 0;
    weights.set(node, Math.max(weights.get(node) ?? 0, weight * rare * Math.sqrt(rare)));
  }
  const toNames = total(weights.values());
  const toPassages = found.reduce((sum, { score }) => sum + score, 0);
  const share = toNames === 0 ? 1 : toPassages === 0 ? 0 : FROM_PASSAGES;
  const seeds = [...weights].map(([node, weight]) => [node, ((1 - share) * weight) / toNames] as const);
  if (share > 0) for (const { position, score } of found) seeds.push([firstPassage + position, (share * score) / toPassages]);
  return { nodes: Uint32Array.from(seeds, ([node]) => node), values: Float64Array.from(seeds, ([, value]) => value) };
}

const total = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

const passagesOf = (mass: Mass, { firstPassage, size }: PassageGraph): readonly Scored[] => strongest(mass, firstPassage, size);

/** The nodes `[from, to)` that hold most, with shares relative to the highest; in no order. */
function strongest({ nodes, values }: Mass, from: number, to: number): readonly Scored[] {
  const inside = values.filter((_, at) => isWithin(nodes[at] ?? 0, from, to)).toSorted();
  const least = inside[Math.max(0, inside.length - MOST_RANKED)] ?? 0;
  const highest = inside.at(-1) ?? 1;
  const scored: Scored[] = [];
  nodes.forEach((node, at) => {
    const value = values[at] ?? 0;
    if (value >= least && isWithin(node, from, to)) scored.push({ position: node - from, score: value / highest });
  });
  return scored;
}

const isWithin = (node: number, from: number, to: number): boolean => node >= from && node < to;

/** What words found and what vectors found, as one: either is enough, both are best. */
const joined = (byWords: readonly Scored[], byMeaning: readonly Scored[]): readonly Scored[] =>
  ranked(relative(combine(byWords, byMeaning, (score) => score, MEANING_WEIGHT)));

function combine(
  walked: readonly Scored[],
  found: readonly Scored[],
  damp: (share: number) => number,
  wordsWeight: number,
): readonly Scored[] {
  const scores = new Map(walked.map(({ position, score }) => [position, damp(score)] as const));
  for (const { position, score } of found) scores.set(position, (scores.get(position) ?? 0) + wordsWeight * score);
  return [...scores].map(([position, score]) => ({ position, score }));
}

/** Scores as shares of the highest. */
function relative(scored: readonly Scored[]): readonly Scored[] {
  const highest = scored.reduce((most, { score }) => Math.max(most, score), 0);
  return highest === 0 ? [] : scored.map(({ position, score }) => ({ position, score: score / highest }));
}

const ranked = (scored: readonly Scored[]): readonly Scored[] =>
  scored.toSorted((left, right) => right.score - left.score || left.position - right.position);
