// One budget node as the ledger counts it in memory. Invariant: spent + reserved ≤ leased, and the catalogue knows
// the lease (see ledger-store.ts).

export interface Account {
  readonly id: string;
  readonly parent: Account | undefined;
  limitNanoUsd: number | undefined;
  /** Of the limit, what nobody had spent or leased when the catalogue was last asked. */
  unleasedNanoUsd: number;
  leasedNanoUsd: number;
  spentNanoUsd: number;
  reservedNanoUsd: number;
}

/** Leases are taken for this many calls of the present size, but never for more than this share of a limit. */
const CALLS_PER_LEASE = 16;
const LARGEST_SHARE = 1 / 16;

export function free(one: Account): number {
  return one.leasedNanoUsd - one.spentNanoUsd - one.reservedNanoUsd;
}

export function ancestors(leaf: Account): readonly Account[] {
  const path: Account[] = [];
  for (let one: Account | undefined = leaf; one !== undefined; one = one.parent) path.push(one);
  return path;
}

export function block(one: Account, nanoUsd: number): number {
  const block = nanoUsd * CALLS_PER_LEASE;
  return one.limitNanoUsd === undefined ? block : Math.min(block, Math.floor(one.limitNanoUsd * LARGEST_SHARE));
}
