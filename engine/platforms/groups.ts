// Reading a chat: the newest messages of the groups that an agent is a member of, a turn for each group; and the groups
// it might join.
import { uniform, type RandomKey } from '#foundation';
import { NONE, type AgentId } from '../contract.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import type { Observer } from './observe.ts';
import { FEED_SOURCES } from './platform.ts';
import { postWindow } from './pools.ts';
import { createShowing } from './showing.ts';

const NEWS = FEED_SOURCES.indexOf('news');
const GROUP = FEED_SOURCES.indexOf('group');
/** Places in the feed that one group's messages are looked through for, beyond those that are shown. */
const LOOKED_BEYOND = 20;
/** How often an agent looks around for a group that it is not in. */
const TRIES = 4;

/** Fills `groups` with the groups that an agent is in, those joined last first. */
export function collectGroups({ latestMember, members }: WorldView, agent: AgentId, groups: number[]): void {
  groups.length = 0;
  for (let at = latestMember[agent] ?? NONE; at !== NONE; at = members.previous[at] as number) {
    if (members.gone[at] === 0) groups.push(members.group[at] as number);
  }
}

/** A group that `agent` is not in, likelier the more members it has; NONE where none was met. */
export function meetGroup({ members, memberCount }: WorldView, agent: AgentId, own: readonly number[], key: RandomKey): number {
  if (memberCount === 0) return NONE;
  for (let draw = 0; draw < TRIES; draw++) {
    const at = Math.floor(uniform(key, agent, draw) * memberCount);
    const group = members.group[at] as number;
    if (members.gone[at] === 0 && !own.includes(group)) return group;
  }
  return NONE;
}

export function createChatObserver(view: WorldView, platform: PlatformView): Observer {
  const { first } = postWindow(view, platform);
  const { size } = platform.feed;
  const showing = createShowing(view, platform, first);
  const groups: number[] = [];
  const next = new Uint32Array(size);

  return {
    observe: (agent, feed, reached) => {
      feed.count = 0;
      showing.begin(agent);
      for (let news = 0; news < view.news.length && feed.count < size; news++) {
        const entry = view.news[news]?.posts[platform.index] as number;
        if (reached(news)) showing.push(agent, feed, entry, entry, NEWS);
      }
      collectGroups(view, agent, groups);
      const read = Math.min(groups.length, size);
      for (let place = 0; place < read; place++) next[place] = view.groups.latest[groups[place] as number] as number;
      for (let turn = 0, looked = 0; looked < size + LOOKED_BEYOND && feed.count < size; turn++, looked++) {
        const place = turn % Math.max(1, read);
        const message = read === 0 ? NONE : (next[place] as number);
        if (message === NONE || message < first) continue;
        showing.push(agent, feed, message, message, GROUP);
        next[place] = view.messages.previous[message] as number;
      }
    },
    // A chat has no other feed than one's groups.
    look: (_agent, _look, _issue, feed) => showing.turnPage(feed),
    hide: (author) => void showing.relations.muted.push(author),
  };
}
