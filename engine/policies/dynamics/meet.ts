// Whom an agent meets by chance: one of those it follows, or anybody else. Nobody, where each lives alone.
import { NONE } from '../../contract.ts';
import type { WorldView } from '../../rounds/world.ts';

/** `u` in (0, 1) decides; NONE where there is nobody to meet. */
export type Meet = (agent: number, u: number) => number;

export function meetAmong(view: WorldView, among: 'ties' | 'everyone'): Meet {
  if (view.alone) return () => NONE;
  if (among === 'everyone') {
    const others = view.size - 1;
    return (agent, u) => {
      if (others === 0) return NONE;
      const other = Math.floor(u * others);
      return other < agent ? other : other + 1;
    };
  }
  const { offsets, targets } = view.ties;
  return (agent, u) => {
    const start = offsets[agent] as number;
    const degree = (offsets[agent + 1] as number) - start;
    return degree === 0 ? NONE : (targets[start + Math.floor(u * degree)] as number);
  };
}
