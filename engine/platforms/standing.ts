// What an agent has done and may take back, and the groups it is in: what a session can be about beyond its feed.
import { randomKey, type RandomKey } from '#foundation';
import { NONE, type AgentId } from '../contract.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import { collectRelations, createRelations } from './bonds.ts';
import { collectGroups, meetGroup } from './groups.ts';
import { KIND } from './platform.ts';

/** How far back somebody thinks of what it reacted to. */
const MOST_REACTIONS = 32;

export interface Standing {
  /** Newest post that the agent still likes, or dislikes; NONE for none. */
  liked: number;
  disliked: number;
  /** Whom it muted last; NONE for nobody. */
  muted: number;
  /** One of the agent's groups, a different one each round, and one that it might join; NONE for none. */
  group: number;
  met: number;
  /** Fills all of the above for one agent. */
  look(agent: AgentId): void;
}

export function createStanding(view: WorldView, platform: PlatformView): Standing {
  const { latestReaction, reactions } = platform;
  const relations = createRelations();
  const groups: number[] = [];
  const meetKey: RandomKey = randomKey(view.seed, 'meet', view.round);
  const standing: Standing = {
    liked: NONE,
    disliked: NONE,
    muted: NONE,
    group: NONE,
    met: NONE,
    look: (agent) => {
      standing.liked = standing.disliked = standing.muted = standing.group = standing.met = NONE;
      let at = latestReaction[agent] as number;
      for (let seen = 0; at !== NONE && seen < MOST_REACTIONS; seen++) {
        const post = reactions.post[at] as number;
        if (standing.liked === NONE && reactions.kind[at] === KIND.like) standing.liked = post;
        else if (standing.disliked === NONE && reactions.kind[at] === KIND.dislike) standing.disliked = post;
        at = reactions.previous[at] as number;
      }
      if (view.latestBond[agent] !== NONE) {
        collectRelations(view, agent, relations);
        standing.muted = relations.muted[0] ?? NONE;
      }
      if (platform.kind !== 'chat') return;
      collectGroups(view, agent, groups);
      standing.group = groups[(agent + view.round) % Math.max(1, groups.length)] ?? NONE;
      standing.met = meetGroup(view, agent, groups, meetKey);
    },
  };
  return standing;
}
