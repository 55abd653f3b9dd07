// Self-exciting posting (Hawkes 1971): an agent posts at a steady rate, and replies to those it follows at a rate that
// their posts raise and that dies away, λ = μ + Σ α e^(−β (t − tᵢ)). In rounds: what a post sets off falls to the
// rounds after it by the kernel's share of each, so one post has Poisson(`branching`) replies and cascades have the
// sizes of Borel's distribution: mean 1/(1 − n), variance n/(1 − n)³.
import { portableExp, randomKey, uniform } from '#foundation';
import type { DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import { KIND } from '../../platforms/platform.ts';
import type { PlatformView, WorldView } from '../../rounds/world.ts';
import { poisson } from './poisson.ts';
import type { Dynamic, Turn } from './turn.ts';

/** Draws kept apart: how many, then per post what it answers and what it is about. */
const HOW_MANY = 0;
const FIRST_POST = 1 << 20;

export function hawkes(view: WorldView, { postsPerHour, branching, decayPerHour }: DynamicsNamed<'hawkes'>): Dynamic {
  const { ties, state, round, issues } = view;
  const { posts, latestPost } = view.platforms[0] as PlatformView;
  const key = randomKey(view.seed, 'hawkes', round);
  const hours = view.clock.minutesPerRound / 60;
  const kept = portableExp(-decayPerHour * hours);
  const keptAfter = new Float64Array(round + 2);
  keptAfter[0] = 1;
  for (let age = 1; age < keptAfter.length; age++) keptAfter[age] = (keptAfter[age - 1] as number) * kept;
  const followers = new Uint32Array(view.size);
  for (const target of ties.targets) followers[target] = (followers[target] as number) + 1;

  /** Replies that an account's posts so far set off in this round in one of its followers. */
  const pullOf = (author: number): number => {
    const trace = state.fatigue[author] as number;
    if (trace === 0) return 0;
    const age = round + 1 - (state.touched[author] as number);
    return (branching * trace * (1 - kept) * (keptAfter[age - 1] as number)) / (followers[author] as number);
  };

  const traceNow = (agent: number): number =>
    (state.fatigue[agent] as number) * (keptAfter[round + 1 - (state.touched[agent] as number)] as number);

  const ownIssue = ({ salience }: Turn, u: number): number => {
    let total = 0;
    for (let issue = 0; issue < issues; issue++) total += salience[issue] as number;
    let rest = u * total;
    for (let issue = 0; issue < issues - 1; issue++) {
      rest -= salience[issue] as number;
      if (rest < 0) return issue;
    }
    return issues - 1;
  };

  const answer = (turn: Turn, post: number): void => {
    const issue = posts.issue[post] as number;
    turn.act(KIND.reply, issue, post, NONE, turn.opinion[issue] as number);
  };

  const postOnce = (turn: Turn, own: number, total: number, draw: number): void => {
    let rest = uniform(key, turn.agent, draw) * total - own;
    const end = ties.offsets[turn.agent + 1] as number;
    for (let tie = ties.offsets[turn.agent] as number; rest >= 0 && tie < end; tie++) {
      const author = ties.targets[tie] as number;
      rest -= pullOf(author);
      if (rest < 0) {
        answer(turn, latestPost[author] as number);
        return;
      }
    }
    const issue = ownIssue(turn, uniform(key, turn.agent, draw + 1));
    turn.act(KIND.post, issue, NONE, NONE, turn.opinion[issue] as number);
  };

  return {
    step: (turn) => {
      const { agent } = turn;
      const own = postsPerHour * hours;
      let total = own;
      const end = ties.offsets[agent + 1] as number;
      for (let tie = ties.offsets[agent] as number; tie < end; tie++) total += pullOf(ties.targets[tie] as number);
      const count = poisson(total, (draw) => uniform(key, agent, HOW_MANY + draw));
      if (count === 0) return false;
      for (let n = 0; n < count; n++) postOnce(turn, own, total, FIRST_POST + 2 * n);
      turn.trace = traceNow(agent) + count;
      return true;
    },
    // Whom an announcement reaches answers it once.
    hear: (turn, _news, post) => {
      turn.trace = (turn.trace === state.fatigue[turn.agent] ? traceNow(turn.agent) : turn.trace) + 1;
      answer(turn, post);
    },
  };
}
