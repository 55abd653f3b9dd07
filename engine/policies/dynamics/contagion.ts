// What the models of spreading share. On each issue an agent has not adopted (−1), has (+1), or is immune (0): it
// never will again. Those who have before the first round post in it; whoever is won over shares the post of the
// account that won it, one round later at the earliest. An announcement in favour makes adopters of the willing whom
// it reaches; one against makes whomever it reaches immune.
import { NONE } from '../../contract.ts';
import { KIND, rulesOf } from '../../platforms/platform.ts';
import type { News, PlatformView, WorldView } from '../../rounds/world.ts';
import type { Dynamic, Turn } from './turn.ts';

/** New adopters care fully for one round: it is the round in which an independent cascade lets them try. */
const FRESH = 1;
const SPENT = 0;

const ADOPTED = 1;
export const IMMUNE = 0;

export interface Spreading {
  /** The followed account that wins the agent over this round; NONE for nobody. */
  readonly wonBy: (agent: number, issue: number) => number;
  /** What becomes of an adopter in a round after the one it adopted in. */
  readonly tire?: (turn: Turn, issue: number) => void;
}

/** Whether an account shows that it has adopted; nobody has shown anything in the first round. */
export function adopters({ state, issues, round }: WorldView): (agent: number, issue: number) => boolean {
  return (agent, issue) => round > 0 && (state.opinion[agent * issues + issue] as number) > 0;
}

export function isFresh({ state, issues }: WorldView, agent: number, issue: number): boolean {
  return state.salience[agent * issues + issue] === FRESH;
}

export function contagion(view: WorldView, { wonBy, tire }: Spreading): Dynamic {
  const platform = view.platforms[0] as PlatformView;
  const { posts, latestPost } = platform;
  const sharing = rulesOf(platform.kind).actions.includes('repost') ? KIND.repost : KIND.reply;

  const adopt = (turn: Turn, issue: number, post: number): void => {
    turn.opinion[issue] = ADOPTED;
    turn.salience[issue] = FRESH;
    turn.mover[issue] = post;
    if (post === NONE || posts.issue[post] !== issue) turn.act(KIND.post, issue, NONE, NONE, ADOPTED);
    else turn.act(sharing, issue, post, posts.point[post] as number, ADOPTED);
  };

  const stepOn = (turn: Turn, issue: number): boolean => {
    const opinion = turn.opinion[issue] as number;
    if (opinion === IMMUNE) return false;
    if (opinion > 0) {
      if (view.round === 0) {
        adopt(turn, issue, NONE);
        return true;
      }
      turn.salience[issue] = SPENT;
      tire?.(turn, issue);
      return true;
    }
    if (view.round === 0) return false;
    const winner = wonBy(turn.agent, issue);
    if (winner === NONE) return false;
    adopt(turn, issue, latestPost[winner] as number);
    return true;
  };

  return {
    step: (turn) => {
      let acted = false;
      for (let issue = 0; issue < view.issues; issue++) acted = stepOn(turn, issue) || acted;
      return acted;
    },
    hear: (turn, { issue, stance }: News, post) => {
      const opinion = turn.opinion[issue] as number;
      if (stance > 0 && opinion < 0) adopt(turn, issue, post);
      if (stance < 0) {
        turn.opinion[issue] = IMMUNE;
        turn.mover[issue] = post;
      }
    },
  };
}
