// The passage–name graph in compressed rows: an edge says that a passage names somebody or something, or stands under
// a title that does. Rarer names weigh more (squared inverse document frequency). Nodes: names first, then passages.
import { portableLog } from '#foundation';
import type { Chunk, Document, Entity, Mention } from '../contract.ts';
import type { SparseGraph } from '../salience/pagerank.ts';
import type { NameIndex } from './name-index.ts';

/** What a document is about, in its first passage, against a name in passing. */
const TITLE_WEIGHT = 6;

export interface PassageGraph extends SparseGraph {
  /** Names are the nodes below, passages from here on in the order of chunks. */
  readonly firstPassage: number;
  /** ln(1 + passages / passages that name it), per name. */
  readonly rarity: Float64Array;
}

export interface PassageGraphParts {
  readonly documents: readonly Document[];
  readonly chunks: readonly Chunk[];
  readonly entities: readonly Entity[];
  /** The mentions in each chunk. */
  readonly mentions: readonly (readonly Mention[])[];
  readonly names: NameIndex;
}

export function createPassageGraph({ documents, chunks, entities, mentions, names }: PassageGraphParts): PassageGraph {
  const nodes = new Map(entities.map(({ id }, node) => [id, node] as const));
  const titles = new Map(documents.map(({ id }, at) => [id, names.titles[at] ?? []] as const));
  const rows = chunks.map((chunk, passage) => {
    const row = new Map<number, number>();
    const opens = chunks[passage - 1]?.document !== chunk.document;
    for (const { entity } of mentions[passage] ?? []) {
      const node = nodes.get(entity);
      if (node !== undefined) row.set(node, 1);
    }
    for (const { node, weight } of titles.get(chunk.document) ?? []) row.set(node, opens ? TITLE_WEIGHT * weight : 1);
    return row;
  });
  const spread = new Uint32Array(names.size);
  for (const row of rows) for (const node of row.keys()) spread[node] = (spread[node] ?? 0) + 1;
  const rarity = Float64Array.from(spread, (count) => portableLog(1 + chunks.length / Math.max(1, count)));
  return { ...compress(rows, spread, rarity), firstPassage: names.size, rarity };
}

/** Each row's weights sum to one, from a name to its passages and from a passage to its names. */
function compress(rows: readonly ReadonlyMap<number, number>[], spread: Uint32Array, rarity: Float64Array): SparseGraph {
  const size = spread.length + rows.length;
  const offsets = new Uint32Array(size + 1);
  const lengths = [...spread, ...rows.map((row) => row.size)];
  lengths.forEach((length, node) => (offsets[node + 1] = (offsets[node] ?? 0) + length));
  const edges = offsets[size] ?? 0;
  const [targets, weights, totals, cursor] = [
    new Uint32Array(edges),
    new Float64Array(edges),
    new Float64Array(size),
    offsets.slice(),
  ];
  const put = (from: number, to: number, weight: number): void => {
    const at = cursor[from] ?? 0;
    cursor[from] = at + 1;
    targets[at] = to;
    weights[at] = weight;
    totals[from] = (totals[from] ?? 0) + weight;
  };
  rows.forEach((row, passage) => {
    for (const [node, share] of row) {
      const weight = share * (rarity[node] ?? 0) ** 2;
      put(node, spread.length + passage, weight);
      put(spread.length + passage, node, weight);
    }
  });
  for (let node = 0; node < size; node++) {
    for (let at = offsets[node] ?? 0; at < (offsets[node + 1] ?? 0); at++) weights[at] = (weights[at] ?? 0) / (totals[node] ?? 1);
  }
  return { size, offsets, targets, weights };
}
