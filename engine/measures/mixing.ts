// How sides keep to themselves: ties within and across, over the three sides (for, against, undecided).
import { UNDECIDED_BAND } from '../contract.ts';

interface TieMatrix {
  readonly offsets: Uint32Array;
  readonly targets: Uint32Array;
}

/** Agents looked at: all in small worlds, every k-th in large ones, the same in every round. */
const SAMPLE = 20_000;
const SIDES = 3;

/** 0 against, 1 undecided, 2 for. */
export const sideIndex = (opinion: number): number => (opinion > UNDECIDED_BAND ? 2 : opinion < -UNDECIDED_BAND ? 0 : 1);

export interface Mixing {
  /** E-I index (Krackhardt & Stern 1988): (ties across − ties within) / all; −1 = nobody follows another side. */
  readonly externalInternal: number;
  /** Assortativity (Newman 2003): (Σ e_ii − Σ a_i b_i) / (1 − Σ a_i b_i); 1 = only one's own side, 0 = as by chance. */
  readonly assortativity: number;
}

/** Both are 0 where there are no ties, and assortativity where all are of one side. */
export function mixing(values: Float32Array, issues: number, issue: number, { offsets, targets }: TieMatrix): Mixing {
  const counts = new Float64Array(SIDES * SIDES);
  const size = offsets.length - 1;
  const stride = Math.max(1, Math.ceil(size / SAMPLE));
  for (let agent = 0; agent < size; agent += stride) {
    const own = SIDES * sideIndex(values[agent * issues + issue] as number);
    const end = offsets[agent + 1] as number;
    for (let tie = offsets[agent] as number; tie < end; tie++) {
      const cell = own + sideIndex(values[(targets[tie] as number) * issues + issue] as number);
      counts[cell] = (counts[cell] as number) + 1;
    }
  }
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return { externalInternal: 0, assortativity: 0 };
  let within = 0;
  let byChance = 0;
  for (let side = 0; side < SIDES; side++) {
    within += counts[side * SIDES + side] as number;
    let from = 0;
    let to = 0;
    for (let other = 0; other < SIDES; other++) {
      from += counts[side * SIDES + other] as number;
      to += counts[other * SIDES + side] as number;
    }
    byChance += (from / all) * (to / all);
  }
  return {
    externalInternal: (all - 2 * within) / all,
    assortativity: byChance >= 1 ? 0 : (within / all - byChance) / (1 - byChance),
  };
}
