// Bikhchandani, Hirshleifer & Welch 1992, "A theory of fads, fashion, custom, and cultural change as informational
// cascades": everyone decides once, in turn, from a private signal and the votes already cast. An agent's turn comes
// when all accounts of lower number that it follows have decided. With votes 2 apart one's own signal no longer
// matters; with one vote's lead against it one is indifferent and tosses a coin. Where everyone sees all earlier
// votes this is the published model; elsewhere it is the same rule on the votes that are seen.
import { randomKey, uniform } from '#foundation';
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import { KIND } from '../../platforms/platform.ts';
import type { WorldView } from '../../rounds/world.ts';
import type { Dynamic } from './turn.ts';

const UNDECIDED = 0;

export function bhw(view: WorldView, { accuracy, truth }: DynamicsNamed<'bhw'>): Dynamic {
  const { ties, state, issues } = view;
  const signalKey = randomKey(view.seed, 'signal');
  const coinKey = randomKey(view.seed, 'coin');
  const right = truth === 'for' ? 1 : -1;

  /** Lead of the votes in favour among those that the agent sees; undefined while it has to wait. */
  const leadSeenBy = (agent: number, issue: number): number | undefined => {
    let lead = 0;
    const end = ties.offsets[agent + 1] as number;
    for (let tie = ties.offsets[agent] as number; tie < end; tie++) {
      const followed = ties.targets[tie] as number;
      const vote = state.opinion[followed * issues + issue] as number;
      if (vote === UNDECIDED && followed < agent) return undefined;
      lead += Math.sign(vote);
    }
    return lead;
  };

  const decide = (agent: number, issue: number, lead: number): number => {
    if (Math.abs(lead) >= 2) return Math.sign(lead);
    const signal = uniform(signalKey, agent, issue) < accuracy ? right : -right;
    return lead !== -signal || uniform(coinKey, agent, issue) < 0.5 ? signal : lead;
  };

  return {
    step: (turn) => {
      let decided = false;
      for (let issue = 0; issue < issues; issue++) {
        if (turn.opinion[issue] !== UNDECIDED) continue;
        const lead = leadSeenBy(turn.agent, issue);
        if (lead === undefined) continue;
        const vote = decide(turn.agent, issue, lead);
        turn.opinion[issue] = vote;
        turn.act(KIND.post, issue, NONE, NONE, vote);
        decided = true;
      }
      return decided;
    },
    // An announcement settles the matter for the undecided whom it reaches.
    hear: (turn, { issue, stance }, post) => {
      if (turn.opinion[issue] !== UNDECIDED || stance === 0) return;
      turn.opinion[issue] = Math.sign(stance);
      turn.mover[issue] = post;
      turn.act(KIND.reply, issue, post, NONE, Math.sign(stance));
    },
  };
}
