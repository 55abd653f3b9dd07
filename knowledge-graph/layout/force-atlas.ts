// Force-directed positions of a network, from seeded starting points. Pure; runs in this thread or in a worker.
import { UndirectedGraph } from 'graphology';
import forceAtlasModule from 'graphology-layout-forceatlas2';
import { randomKey, randomStream, uniform } from '#foundation';
import type { Network } from '../salience/network.ts';

// The package is CommonJS: its types say `default`, at run time the function is the module itself.
const forceAtlas2 = forceAtlasModule as unknown as typeof forceAtlasModule.default;

export interface LayoutJob {
  readonly network: Network;
  /** By node: the number of its community, or undefined. Communities start together and so settle sooner. */
  readonly communities: readonly (number | undefined)[];
  readonly seed: number;
}

const ROUNDS = 100;
/** How far from the middle of its community a node starts; the whole map is 2 wide. */
const SPREAD = 0.15;
/** From this many nodes on, far groups push as one body (Barnes & Hut); with a coarse angle that is four times as fast. */
const APPROXIMATE_FROM = 300;
const COARSE_ANGLE = 1.2;

/** x and y of every node, each in [−1, 1]. */
export function layOut({ network, communities, seed }: LayoutJob): readonly (readonly [number, number])[] {
  if (network.ids.length === 0) return [];
  const graph = new UndirectedGraph();
  const stream = randomStream(randomKey(seed, 'layout'));
  const centre = randomKey(seed, 'layout-communities');
  const around = (): number => stream.next() * 2 - 1;
  network.ids.forEach((_, node) => {
    const community = communities[node];
    const [x, y] = [around(), around()];
    graph.addNode(
      String(node),
      community === undefined
        ? { x, y }
        : {
            x: uniform(centre, community, 0) * 2 - 1 + SPREAD * x,
            y: uniform(centre, community, 1) * 2 - 1 + SPREAD * y,
          },
    );
  });
  for (const { from, to, weight } of network.edges) graph.addUndirectedEdge(String(from), String(to), { weight });
  const settings = {
    ...forceAtlas2.inferSettings(graph),
    barnesHutOptimize: graph.order > APPROXIMATE_FROM,
    barnesHutTheta: COARSE_ANGLE,
    strongGravityMode: true,
    gravity: 0.05,
    adjustSizes: false,
  };
  const positions = forceAtlas2(graph, { iterations: ROUNDS, getEdgeWeight: 'weight', settings });
  return normalise(network.ids.map((_, node) => positions[String(node)] ?? { x: 0, y: 0 }));
}

/** Scales both axes alike around the middle, so that shapes keep their proportions. */
function normalise(points: readonly { readonly x: number; readonly y: number }[]): readonly (readonly [number, number])[] {
  const [left, right] = bounds(points.map(({ x }) => x));
  const [bottom, top] = bounds(points.map(({ y }) => y));
  const half = Math.max(right - left, top - bottom, 1e-9) / 2;
  const place = (value: number, low: number, high: number): number => Number(((value - (low + high) / 2) / half).toFixed(4));
  return points.map(({ x, y }) => [place(x, left, right), place(y, bottom, top)]);
}

function bounds(values: readonly number[]): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
