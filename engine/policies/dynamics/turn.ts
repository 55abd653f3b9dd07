// What a named dynamic is: a pure step of one agent over the frozen view. The frame (live.ts) loads the agent, lets
// it step, and packs what changed; a dynamic writes nothing but its turn.
import type { News } from '../../rounds/world.ts';

/** One agent's round: a working copy of its state, and what it does. Reused from agent to agent. */
export interface Turn {
  agent: number;
  readonly opinion: Float64Array;
  readonly salience: Float64Array;
  /** What it has done of late, as the column `fatigue` keeps it: the dynamic decides how it decays. */
  trace: number;
  /** By issue: the post that moved it; NONE for none. */
  readonly mover: Uint32Array;
  /** `target` is a place in the first platform's posts. */
  act(kind: number, issue: number, target: number, point: number, value: number): void;
}

export interface Dynamic {
  /** Takes the agent's turn; false where it had none this round. */
  step(turn: Turn): boolean;
  /** Reads an announcement that reaches it, after its step. `post` is the announcement's place. */
  hear(turn: Turn, news: News, post: number): void;
}

/** For models of opinion: whoever an announcement reaches takes its stance. */
export function takeStance(turn: Turn, { issue, stance }: News, post: number): void {
  turn.opinion[issue] = stance;
  turn.mover[issue] = post;
}
