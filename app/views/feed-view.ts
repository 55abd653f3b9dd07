// What one agent had before it in a past round, with the words.
import type { AgentFeedView } from '#api/contract';
import type { LookBack, RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';
import { postView } from './world-view.ts';

/** Throws `not_found` for an agent that was not there. */
export function feedView(record: RunRecord, agent: number, round: number, look: LookBack): AgentFeedView {
  const session = look(agent);
  if (session === undefined) {
    throw new ShoalError('not_found', `Agent ${agent} was not there in round ${round}.`, {
      hint: 'In a fork some agents leave and some join; ask for another round.',
    });
  }
  const { active, platform, posts } = session;
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
