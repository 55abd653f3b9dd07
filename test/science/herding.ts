// Informational cascades (BHW): how often the crowd is right, and when it stops listening to itself.
import { queue, replicas } from './networks.ts';
import { between, nearShare, shareOf, type Row } from './row.ts';
import { live, opinionsOf, populationOf, specOf } from './world.ts';

const MODEL = 'BHW';
const SIZE = 20;
const QUEUES = 4000;

export async function herdingRows(): Promise<readonly Row[]> {
  const rows: Row[] = [];
  const population = populationOf(
    replicas(QUEUES, () => queue(SIZE)),
    () => 0,
  );
  let broken = 0;
  for (const accuracy of [0.6, 0.7, 0.8]) {
    const world = await live(specOf(population, { name: 'bhw', accuracy, truth: 'for' }, 7), SIZE + 1);
    const votes = opinionsOf(world);
    const queues = Array.from({ length: QUEUES }, (_, copy) => votes.subarray(copy * SIZE, (copy + 1) * SIZE));
    const known = (accuracy * (1 + accuracy)) / (2 * (1 - accuracy + accuracy ** 2));
    const right = shareOf(queues, (all) => all[SIZE - 1] === 1);
    rows.push(nearShare(MODEL, `q = ${accuracy}: right cascades, q(1 + q)/2(1 − q + q²)`, known, right, QUEUES));
    const firstTwo = shareOf(queues, ([one, two]) => one === two);
    // The second agrees with the first by its own signal, or by a coin where that is against it.
    const same = accuracy ** 2 + (1 - accuracy) ** 2 + accuracy * (1 - accuracy);
    rows.push(nearShare(MODEL, `q = ${accuracy}: second votes as the first, 1 − q + q²`, same, firstTwo, QUEUES));
    broken += queues.filter((all) => leavesCascade(all)).length;
  }
  rows.push(between(MODEL, 'queues that leave a lead of two', 0, 0, broken, 'exact'));
  return rows;
}

function leavesCascade(votes: Float32Array): boolean {
  let lead = 0;
  for (const vote of votes) {
    if (Math.abs(lead) >= 2 && vote !== Math.sign(lead)) return true;
    lead += vote;
  }
  return false;
}
