// A world that goes on under another spec: what a fork changes at its first own round. Everything that has happened
// is carried over; only what the new spec says differs.
// Invariant: agents keep their numbers. Those who leave stay in every column, marked; those who join come last.
import { NONE, type AgentId, type WorldSpec } from '../contract.ts';
import { createWorldState } from './world-state.ts';
import type { World } from './world.ts';

type Column = Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

export function changeWorld(world: World, spec: WorldSpec, leaving: readonly AgentId[]): World {
  const fresh = createWorldState(spec);
  carryOver(world.fixed, fresh.fixed);
  carryOver(world.attention, fresh.attention);
  const { fixed, population, attention } = fresh;
  // What was carried over counts the followers of before; those who join follow somebody, too.
  const { ties, followers } = fixed;
  for (const target of ties.targets.subarray(ties.offsets[world.fixed.size])) {
    followers[target] = (followers[target] as number) + 1;
  }
  for (const agent of leaving) {
    fixed.gone[agent] = 1;
    // What they wrote stays where others passed it on; as somebody one follows they have nothing new to say.
    for (const { latestPost } of fixed.platformColumns) latestPost[agent] = NONE;
  }
  return { ...world, fixed, population, attention };
}

/** Copies every column to its namesake, as far as that reaches: new agents and rounds keep their beginnings. */
function carryOver(from: unknown, into: unknown): void {
  if (ArrayBuffer.isView(from)) {
    const target = into as Column;
    target.set((from as Column).subarray(0, target.length));
  } else if (typeof from === 'object' && from !== null) {
    for (const [name, part] of Object.entries(from)) carryOver(part, (into as Record<string, unknown>)[name]);
  }
}
