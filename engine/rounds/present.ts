// Who counts: the world without the agents that have left, for measures.
import type { World } from './world.ts';

export interface Present {
  readonly size: number;
  readonly opinion: Float32Array;
  readonly initial: Float32Array;
  readonly ties: { readonly offsets: Uint32Array; readonly targets: Uint32Array };
  readonly attention: Uint32Array;
}

/** The world's own columns while nobody has left; else copies in which those who stay are numbered anew. */
export function presentIn({ fixed, attention }: World): Present {
  const { size, issues, gone, state, anchor, ties } = fixed;
  if (!gone.includes(1)) return { size, opinion: state.opinion, initial: anchor.opinion, ties, attention };
  const staying: number[] = [];
  const place = new Int32Array(size).fill(-1);
  for (let agent = 0; agent < size; agent++) if (gone[agent] === 0) place[agent] = staying.push(agent) - 1;
  const rowsOf = (column: Float32Array): Float32Array => {
    const rows = new Float32Array(staying.length * issues);
    staying.forEach((agent, row) => rows.set(column.subarray(agent * issues, (agent + 1) * issues), row * issues));
    return rows;
  };
  const offsets = new Uint32Array(staying.length + 1);
  const targets: number[] = [];
  staying.forEach((agent, row) => {
    for (let edge = ties.offsets[agent] ?? 0; edge < (ties.offsets[agent + 1] ?? 0); edge++) {
      const target = place[ties.targets[edge] ?? 0] ?? -1;
      if (target >= 0) targets.push(target);
    }
    offsets[row + 1] = targets.length;
  });
  return {
    size: staying.length,
    opinion: rowsOf(state.opinion),
    initial: rowsOf(anchor.opinion),
    ties: { offsets, targets: Uint32Array.from(targets) },
    attention: Uint32Array.from(staying, (agent) => attention[agent] ?? 0),
  };
}
