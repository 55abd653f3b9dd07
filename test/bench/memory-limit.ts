// What memory allows in JavaScript on one thread: bytes a second of a triad, lines a second of a random gather.

const REPEATS = 3;

/** Median of a few measurements of `work`, which says how much it did, per CPU second. */
function rate(work: () => number): number {
  const rates = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    const done = work();
    const { user, system } = process.cpuUsage(before);
    return (1e6 * done) / (user + system);
  });
  return rates.toSorted((left, right) => left - right)[Math.floor(REPEATS / 2)] ?? 0;
}

/** Bytes read and written per second by a = b + s × c on three arrays of 128 MiB. */
export function triadBytes(): number {
  const length = 2 ** 24;
  const a = new Float64Array(length);
  const b = new Float64Array(length).fill(1);
  const c = new Float64Array(length).fill(2);
  return rate(() => {
    for (let i = 0; i < length; i++) a[i] = (b[i] as number) + 3 * (c[i] as number);
    return 3 * 8 * length;
  });
}

/** Lines of 64 bytes fetched per second from random places of 256 MiB, many at once. */
export function gatherLines(): number {
  const words = 2 ** 26;
  const table = new Uint32Array(words).fill(1);
  const reads = 2 ** 23;
  let sum = 0;
  const perSecond = rate(() => {
    for (let i = 0; i < reads; i++) sum += table[Math.imul(i, 0x9e3779b1) >>> 6] as number;
    return reads;
  });
  if (sum !== REPEATS * reads) throw new Error('the gather was optimised away');
  return perSecond;
}
