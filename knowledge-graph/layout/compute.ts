// Computes the layout of what is drawn, in a worker thread when that is enough to hold up the main one.
import type { CommunityNode } from '../communities/detect.ts';
import type { LayoutPoint } from '../contract.ts';
import type { Network } from '../salience/network.ts';
import { runInThread } from '../run-in-thread.ts';
import { chooseShown } from './choose.ts';
import { layOut } from './force-atlas.ts';

const SMALL = 150;

/** By node: x and y. */
type Positions = readonly (readonly [number, number])[];

export interface LayoutRequest {
  readonly network: Network;
  /** By node: how central it is. The least central are left out of a large network. */
  readonly weights: readonly number[];
  readonly communities: readonly CommunityNode[];
  readonly seed: number;
}

export async function computeLayout(
  { network, weights, communities, seed }: LayoutRequest,
  signal?: AbortSignal,
): Promise<readonly LayoutPoint[]> {
  const shown = chooseShown(network, weights);
  const communityOf = new Map(
    communities.flatMap(({ level, members }, community) =>
      level > 0 ? [] : members.map((node) => [network.ids[node] ?? '', community] as const),
    ),
  );
  const job = { network: shown, communities: shown.ids.map((id) => communityOf.get(id)), seed };
  const positions: Positions =
    shown.ids.length <= SMALL
      ? layOut(job)
      : await runInThread<Positions>(new URL('layout-worker.ts', import.meta.url), job, { what: 'layout', signal });
  return shown.ids.map((entity, node) => {
    const [x = 0, y = 0] = positions[node] ?? [];
    return { entity, x, y };
  });
}
