// Turns a passage's edges towards what is asked: of all that "… is a film directed by A, starring B and C" names, a
// query about its director means A. A name counts more the nearer it stands to the query's other words.
import type { Mention } from '../contract.ts';
import { rootOf } from './asked.ts';
import type { PassageGraph } from './passage-graph.ts';
import { wordsOf } from './words.ts';

/** How much a name gains that stands right beside one of the words. */
const GAIN = 8;
/** Distance in words at which the gain is half. */
const REACH = 6;
/** New weights for the passage's row, or undefined where it holds none of the words. */
export function turnedRow(
  graph: PassageGraph,
  passage: number,
  text: string,
  start: number,
  mentions: readonly Mention[],
  nodeOf: (entity: string) => number | undefined,
  asked: ReadonlySet<string>,
): Float64Array | undefined {
  const words = wordsOf(text);
  const hits = words.flatMap((word, at) => (asked.has(rootOf(word)) ? [{ at, root: rootOf(word) }] : []));
  if (hits.length === 0) return undefined;
  const gains = new Map<number, number>();
  let at = 0;
  for (const mention of mentions) {
    const node = nodeOf(mention.entity);
    if (node === undefined) continue;
    while (at < words.length && (words[at]?.start ?? 0) < mention.start - start) at++;
    gains.set(node, Math.max(gains.get(node) ?? 0, nearness(at, hits)));
  }
  const row = graph.firstPassage + passage;
  const [from, to] = [graph.offsets[row] ?? 0, graph.offsets[row + 1] ?? 0];
  const turned = graph.weights
    .slice(from, to)
    .map((weight, edge) => weight * (1 + GAIN * (gains.get(graph.targets[from + edge] ?? -1) ?? 0)));
  const total = turned.reduce((sum, weight) => sum + weight, 0);
  return turned.map((weight) => weight / total);
}

/** Each of the words once, where it stands nearest. */
function nearness(at: number, hits: readonly { readonly at: number; readonly root: string }[]): number {
  const best = new Map<string, number>();
  for (const hit of hits) {
    const distance = (hit.at - at) / REACH;
    best.set(hit.root, Math.max(best.get(hit.root) ?? 0, 1 / (1 + distance * distance)));
  }
  return [...best.values()].reduce((sum, value) => sum + value, 0);
}
