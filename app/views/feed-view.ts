// What one agent had before it in a past round, with the words.
import type { AgentFeedView } from '#api/contract';
import type { LookBack, RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';
import { postView } from './world-view.ts';

/** Throws `not_found` where there was no feed: the agent was not there, or everyone lived by a named dynamics. */
export function feedView(record: RunRecord, agent: number, round: number, look: LookBack): AgentFeedView {
  const past = look(agent);
  if (past.kind === 'not-there') {
    throw new ShoalError('not_found', `Agent ${agent} was not there in round ${round}.`, {
      hint: 'In a fork some agents leave and some join; ask for another round.',
    });
  }
  if (past.kind === 'no-feeds') {
    throw new ShoalError('not_found', `There are no feeds under \`dynamics: ${past.dynamics}\`: agents look at one another.`, {
      hint: 'Look at what the agent believed in that round, or run the scenario by the crowd’s rules, without `dynamics`.',
    });
  }
  const { active, platform, posts } = past;
  return {
    agent,
    round,
    active,
    platform: record.scenario.platforms[platform]?.kind ?? '',
    posts: posts.flatMap(({ seq, source, followed }) => {
      const post = record.post(seq, round);
      return post === undefined ? [] : [{ source, followed, post: postView(record, post) }];
    }),
  };
}
