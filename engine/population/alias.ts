// Weighted draws in constant time (Walker's alias method, Vose's construction) from typed arrays.
// Invariants: sampling reads two uniforms and allocates nothing; a table lies on shared memory, for all threads.

export interface AliasTable {
  /** What is drawn; absent where it is the place itself. */
  readonly items: Uint32Array | undefined;
  readonly probability: Float32Array;
  readonly alias: Uint32Array;
}

/** Over given items, or over the numbers 0 … items − 1. */
export function aliasTable(items: Uint32Array | number, weightOf: (item: number) => number): AliasTable {
  const list = typeof items === 'number' ? undefined : items;
  const n = typeof items === 'number' ? items : items.length;
  const probability = new Float64Array(n);
  const alias = new Uint32Array(new SharedArrayBuffer(n * 4));
  let total = 0;
  for (let i = 0; i < n; i++) {
    probability[i] = weightOf(list?.[i] ?? i);
    total += probability[i] ?? 0;
  }
  const small = new Uint32Array(n);
  const large = new Uint32Array(n);
  let smallCount = 0;
  let largeCount = 0;
  for (let i = 0; i < n; i++) {
    const scaled = ((probability[i] ?? 0) * n) / total;
    probability[i] = scaled;
    if (scaled < 1) small[smallCount++] = i;
    else large[largeCount++] = i;
  }
  while (smallCount > 0 && largeCount > 0) {
    const less = small[--smallCount] ?? 0;
    const more = large[largeCount - 1] ?? 0;
    alias[less] = more;
    const rest = (probability[more] ?? 0) + (probability[less] ?? 0) - 1;
    probability[more] = rest;
    if (rest < 1) {
      largeCount--;
      small[smallCount++] = more;
    }
  }
  // What is left is 1 but for rounding.
  while (largeCount > 0) probability[large[--largeCount] ?? 0] = 1;
  while (smallCount > 0) probability[small[--smallCount] ?? 0] = 1;
  // Half the bytes: sampling is bound by memory, and 24 bits of a probability are enough.
  const shared = new Float32Array(new SharedArrayBuffer(n * 4));
  shared.set(probability);
  return { items: list, probability: shared, alias };
}

/** One item for two uniforms in (0, 1). The table must not be empty. */
export function sampleAlias(table: AliasTable, u: number, v: number): number {
  const slot = Math.floor(u * table.alias.length);
  const kept = v < (table.probability[slot] ?? 1) ? slot : (table.alias[slot] ?? slot);
  return table.items === undefined ? kept : (table.items[kept] ?? 0);
}
