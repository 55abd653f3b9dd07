// Sums of weights by small whole numbers, in flat memory: half a million look-ups a second for each core would otherwise
// wait for memory most of the time. Rows lie one after the other; row 0 is all zeros and stands for "nothing known".

/** Rows of one combination. */
const ROWS = 3;
/** The key plus one (0: free), then where its rows begin. */
const SLOT = ROWS + 1;
const FIRST_SLOTS = 1 << 14;

export interface SumTable {
  /** All rows, each from where `find` or `put` says. Replaced when it grows. */
  rows(): Int16Array;
  /** Where the entry of a combination stands, or -1. Valid until the next `put`. */
  find(key: number): number;
  /** Where row `which` (0 to 2) of an entry begins; 0 where no feature speaks of it. */
  rowAt(entry: number, which: number): number;
  /** Keeps up to three sums; `undefined` is the row of zeros. Returns the entry. */
  put(key: number, sums: readonly (Int16Array | undefined)[]): number;
}

/** Rows of `size` numbers for up to `most` combinations; then it starts afresh. */
export function createSumTable(size: number, most: number): SumTable {
  let slots = new Int32Array(FIRST_SLOTS * SLOT);
  let mask = FIRST_SLOTS - 1;
  let used = 0;
  let rows = new Int16Array(FIRST_SLOTS * size);
  let filled = size;

  const placeOf = (key: number): number => {
    let slot = (Math.imul(key, 0x9e3779b1) >>> 8) & mask;
    for (let held = slots[slot * SLOT]; held !== 0 && held !== key + 1; held = slots[slot * SLOT]) slot = (slot + 1) & mask;
    return slot * SLOT;
  };
  const grow = (): void => {
    const old = slots;
    slots = new Int32Array(old.length * 2);
    mask = mask * 2 + 1;
    for (let at = 0; at < old.length; at += SLOT) {
      if (old[at] !== 0) slots.set(old.subarray(at, at + SLOT), placeOf((old[at] as number) - 1));
    }
  };
  const keep = (sum: Int16Array | undefined): number => {
    if (sum === undefined) return 0;
    if (filled + size > rows.length) {
      const larger = new Int16Array(rows.length * 2);
      larger.set(rows);
      rows = larger;
    }
    rows.set(sum, filled);
    filled += size;
    return filled - size;
  };
  return {
    rows: () => rows,
    find: (key) => {
      const at = placeOf(key);
      return slots[at] === 0 ? -1 : at;
    },
    rowAt: (entry, which) => slots[entry + 1 + which] as number,
    put: (key, sums) => {
      if (used >= most) {
        slots.fill(0);
        [used, filled] = [0, size];
      }
      if (used * 2 > mask) grow();
      used++;
      const at = placeOf(key);
      slots[at] = key + 1;
      for (let which = 0; which < ROWS; which++) slots[at + 1 + which] = keep(sums[which]);
      return at;
    },
  };
}
