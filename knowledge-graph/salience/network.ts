// The weighted network under communities, layout and centrality: relations count most, being named in one passage
// counts by pointwise mutual information. Dates and amounts are no nodes. Plain arrays, in the order of entity ids.
import type { Chunk, Mention, Relation } from '../contract.ts';
import { portableLog } from '#foundation';

export interface Network {
  readonly ids: readonly string[];
  readonly edges: readonly { readonly from: number; readonly to: number; readonly weight: number }[];
}

const RELATION_WEIGHT = 2;
/** Passages naming more things than this are lists; their pairs say nothing. */
const LIST = 14;

export function buildNetwork(
  ids: readonly string[],
  relations: readonly Relation[],
  mentions: readonly Mention[],
  chunks: readonly Chunk[],
): Network {
  const index = new Map(ids.map((id, position) => [id, position] as const));
  const weights = new Map<number, number>();
  const add = (left: number, right: number, weight: number): void => {
    if (left === right) return;
    const key = Math.min(left, right) * ids.length + Math.max(left, right);
    weights.set(key, (weights.get(key) ?? 0) + weight);
  };
  for (const relation of relations) {
    const from = index.get(relation.subject);
    const to = relation.object === undefined ? undefined : index.get(relation.object);
    if (from !== undefined && to !== undefined) add(from, to, RELATION_WEIGHT * relation.confidence);
  }
  const passages = entitiesByChunk(chunks, mentions, index);
  addCooccurrence(passages, ids.length, add);
  const edges = [...weights]
    .toSorted(([left], [right]) => left - right)
    .map(([key, weight]) => ({ from: Math.floor(key / ids.length), to: key % ids.length, weight }));
  return { ids, edges };
}

/** Which nodes each passage names, each once. */
function entitiesByChunk(
  chunks: readonly Chunk[],
  mentions: readonly Mention[],
  index: ReadonlyMap<string, number>,
): readonly (readonly number[])[] {
  const starts = new Map<string, { readonly chunk: Chunk; readonly position: number }[]>();
  chunks.forEach((chunk, position) => {
    const row = starts.get(chunk.document) ?? [];
    row.push({ chunk, position });
    starts.set(chunk.document, row);
  });
  const rows: Set<number>[] = chunks.map(() => new Set());
  for (const mention of mentions) {
    const node = index.get(mention.entity);
    const row = starts.get(mention.document);
    if (node === undefined || row === undefined) continue;
    let low = 0;
    let high = row.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((row[middle]?.chunk.start ?? 0) <= mention.start) low = middle;
      else high = middle - 1;
    }
    rows[row[low]?.position ?? 0]?.add(node);
  }
  return rows.map((row) => [...row].toSorted((left, right) => left - right));
}

function addCooccurrence(
  passages: readonly (readonly number[])[],
  size: number,
  add: (left: number, right: number, weight: number) => void,
): void {
  const single = new Float64Array(size);
  for (const passage of passages) for (const node of passage) single[node] = (single[node] ?? 0) + 1;
  const pairs = pairsOf(passages, size);
  for (let at = 0, next = 0; at < pairs.length; at = next) {
    const key = pairs[at] ?? 0;
    for (next = at + 1; pairs[next] === key;) next++;
    const together = next - at;
    const left = Math.floor(key / size);
    const right = key % size;
    const expected = ((single[left] ?? 1) * (single[right] ?? 1)) / passages.length;
    const information = portableLog((together + 0.5) / (expected + 0.5));
    // Once together is chance unless both are rare; the weight grows with how often.
    if (information > 0 && (together > 1 || passages.length < 60))
      add(left, right, Math.min(1, 0.25 * information * Math.sqrt(together)));
  }
}

/** Every pair of nodes of every passage as one number, in order: sorting takes a tenth of the memory of counting in a map. */
function pairsOf(passages: readonly (readonly number[])[], size: number): Float64Array {
  const telling = passages.filter(({ length }) => length <= LIST);
  const pairs = new Float64Array(telling.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0));
  let at = 0;
  for (const passage of telling)
    for (const [first, left] of passage.entries())
      for (let second = first + 1; second < passage.length; second++) pairs[at++] = left * size + (passage[second] ?? 0);
  return pairs.toSorted();
}
