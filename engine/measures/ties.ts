// Measures over ties and attention.

/** Agents looked at for the echo slope: all in small worlds, every k-th in large ones, the same in every round. */
const ECHO_AGENTS = 20_000;

/**
 * Least-squares slope of the mean opinion of those an agent follows on its own opinion; 0 = no echo, 1 = everyone
 * hears only what they think. Agents who follow nobody are left out; 0 where own opinions do not differ.
 */
export function echoSlope(
  values: Float32Array,
  issues: number,
  issue: number,
  ties: { readonly offsets: Uint32Array; readonly targets: Uint32Array },
): number {
  const size = ties.offsets.length - 1;
  const stride = Math.max(1, Math.ceil(size / ECHO_AGENTS));
  let count = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (let agent = 0; agent < size; agent += stride) {
    const start = ties.offsets[agent] as number;
    const end = ties.offsets[agent + 1] as number;
    if (start === end) continue;
    let heard = 0;
    for (let edge = start; edge < end; edge++) heard += values[(ties.targets[edge] as number) * issues + issue] as number;
    const x = values[agent * issues + issue] as number;
    const y = heard / (end - start);
    count++;
    sumX += x;
    sumY += y;
    sumXX += x * x;
    sumXY += x * y;
  }
  const spread = count * sumXX - sumX * sumX;
  return spread <= 1e-12 ? 0 : (count * sumXY - sumX * sumY) / spread;
}

/** Gini coefficient of whole numbers ≥ 0; 0 where nobody has any. Counts alike are ranked together, so no sorting. */
export function gini(counts: Uint32Array): number {
  let most = 0;
  for (let agent = 0; agent < counts.length; agent++) most = Math.max(most, counts[agent] as number);
  if (most === 0) return 0;
  const having = new Uint32Array(most + 1);
  for (let agent = 0; agent < counts.length; agent++) {
    const count = counts[agent] as number;
    having[count] = (having[count] as number) + 1;
  }
  let total = 0;
  let ranked = 0;
  let below = 0;
  for (let count = 0; count <= most; count++) {
    const agents = having[count] as number;
    total += count * agents;
    ranked += count * agents * (below + (agents + 1) / 2);
    below += agents;
  }
  const n = counts.length;
  return (2 * ranked) / (n * total) - (n + 1) / n;
}
