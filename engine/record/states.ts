// Everyone's opinions at the end of any round, exactly as they were: the nearest checkpoint, then the changed agents
// of each round since.
import type { Database } from '#store';
import type { Population, StateView } from '../contract.ts';
import { readCheckpoint, readRows } from './round-log.ts';

/** Rounds between checkpoints: a state is at most this many folds away. */
const CHECKPOINT_ROUNDS = 12;
/** How many views are kept for someone who scrubs back and forth. */
const KEPT = 4;

/** `stride` is the number of words of a changed agent. */
export function createStates(
  database: Database,
  path: string,
  population: () => Population,
  stride: () => number,
): (round: number) => StateView {
  const kept: StateView[] = [];
  return (round) => {
    const known = kept.find((view) => view.round === round);
    if (known !== undefined) return known;
    const view = computeState({ database, path, stride: stride() }, population(), round, kept);
    kept.unshift(view);
    kept.length = Math.min(kept.length, KEPT);
    return view;
  };
}

/** Starts from the newest of: the initial population, the checkpoint, and a kept view, at or before the round. */
function computeState(
  { database, path, stride }: { database: Database; path: string; stride: number },
  { columns, issues }: Population,
  round: number,
  kept: readonly StateView[],
): StateView {
  let from = -1;
  const opinion = columns.opinion.slice();
  const certainty = columns.certainty.slice();
  const salience = columns.salience.slice();
  const startAt = (start: number, state: Omit<StateView, 'round'>): void => {
    from = start;
    // Before newcomers joined there were fewer; they are as they began.
    opinion.set(state.opinion);
    certainty.set(state.certainty);
    salience.set(state.salience);
  };
  const view = kept.filter((candidate) => candidate.round <= round).toSorted((left, right) => right.round - left.round)[0];
  const checkpoint = readCheckpoint(database, path, round, view?.round ?? -1);
  if (checkpoint !== undefined) startAt(checkpoint.round, checkpoint.state as unknown as StateView);
  else if (view !== undefined) startAt(view.round, view);
  for (let next = from + 1; next <= round; next++) {
    foldRows(readRows(database, path, next), stride, issues.length, { opinion, certainty, salience });
  }
  return { round, opinion, certainty, salience };
}

function foldRows(rows: ArrayBufferLike, stride: number, issues: number, state: Omit<StateView, 'round'>): void {
  const u32 = new Uint32Array(rows);
  const f32 = new Float32Array(rows);
  for (let at = 0; at < u32.length; at += stride) {
    const agent = u32[at] as number;
    const base = at + stride - 3 * issues;
    for (let issue = 0; issue < issues; issue++) {
      state.opinion[agent * issues + issue] = f32[base + issue] as number;
      state.certainty[agent * issues + issue] = f32[base + issues + issue] as number;
      state.salience[agent * issues + issue] = f32[base + 2 * issues + issue] as number;
    }
  }
}

/** Whether everyone's state is to be kept at the end of this round. */
export const isCheckpointDue = (round: number): boolean => (round + 1) % CHECKPOINT_ROUNDS === 0;
