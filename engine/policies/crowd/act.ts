// A session after reading: up to so many actions, each chosen anew. Who refreshes, searches or looks at trends reads
// another feed before choosing again.
import { NONE, LOOKS, type Look } from '../../contract.ts';
import type { RandomKey } from '#foundation';
import type { Observer } from '../../platforms/observe.ts';
import { KIND, type Feed } from '../../platforms/platform.ts';
import { createStanding } from '../../platforms/standing.ts';
import { pushAction, type Words } from '../../rounds/packed.ts';
import type { PlatformView, WorldView } from '../../rounds/world.ts';
import { createChooser, OWN, REST } from './choice.ts';
import type { Mind } from './mind.ts';
import type { Speaker, Utterance } from './speak.ts';

export interface Actor {
  /** Acts on `feed`, which has been read. */
  act(agent: number, feed: Feed, attention: Float64Array): void;
}

export interface ActorParts {
  readonly mind: Mind;
  readonly speaker: Speaker;
  readonly observer: Observer;
  readonly key: RandomKey;
  /** Where actions go. */
  readonly actions: Words;
  /** Reads the feed once more, after it has been filled anew. */
  readonly read: (agent: number, platform: PlatformView) => void;
}

const LOOK_OF: ReadonlyMap<number, Look> = new Map(LOOKS.map((look) => [KIND[look], look]));
/** Random draws of the speaker that one action may use. */
const DRAWS = 8;

export function createActor(view: WorldView, platform: PlatformView, parts: ActorParts): Actor {
  const { mind, speaker, observer, actions, read } = parts;
  const { posts, index } = platform;
  const chooser = createChooser(view, platform, parts.key);
  const standing = createStanding(view, platform);
  const sessionActions = view.behaviour['session-actions'];
  const utterance: Utterance = { issue: 0, point: NONE, stance: 0 };

  /** Words of the agent's own on `issue`. */
  const say = (agent: number, kind: number, issue: number, target: number, draw: number): void => {
    utterance.issue = issue;
    speaker.compose(mind, agent, draw + 1, utterance);
    pushAction(actions, agent, kind, index, issue, target, utterance.point, utterance.stance);
  };

  const actOnItem = (agent: number, feed: Feed, slot: number, kind: number, draw: number): void => {
    const post = feed.post[slot] as number;
    const issue = posts.issue[post] as number;
    if (kind === KIND.reply || kind === KIND.quote) say(agent, kind, issue, post, draw);
    else if (kind === KIND.repost) {
      const [point, stance] = [posts.point[post] as number, posts.stance[post] as number];
      pushAction(actions, agent, kind, index, issue, feed.entry[slot] as number, point, stance);
    } else if (kind === KIND.follow || kind === KIND.unfollow || kind === KIND.mute) {
      const author = posts.author[post] as number;
      pushAction(actions, agent, kind, index, issue, author, NONE, 1);
      chooser.settle(author, feed);
      if (kind === KIND.mute) observer.hide(author);
    } else pushAction(actions, agent, kind, index, issue, post, NONE, 1);
  };

  const actOfOwn = (agent: number, kind: number, draw: number): void => {
    if (kind === KIND.post) say(agent, kind, speaker.chooseIssue(mind, agent, draw), NONE, draw);
    else if (kind === KIND.message) {
      say(agent, kind, view.groups.issue[standing.group] as number, standing.group, draw);
    } else if (kind === KIND.group) {
      const issue = speaker.chooseIssue(mind, agent, draw);
      pushAction(actions, agent, kind, index, issue, NONE, NONE, mind.opinion[issue] as number);
    } else if (kind === KIND.join || kind === KIND.leave) {
      const group = kind === KIND.join ? standing.met : standing.group;
      pushAction(actions, agent, kind, index, view.groups.issue[group] as number, group, NONE, 1);
    } else if (kind === KIND.unmute) pushAction(actions, agent, kind, index, 0, standing.muted, NONE, 1);
    else {
      const post = kind === KIND.unlike ? standing.liked : standing.disliked;
      pushAction(actions, agent, kind, index, posts.issue[post] as number, post, NONE, 1);
    }
  };

  return {
    act: (agent, feed, attention) => {
      standing.look(agent);
      chooser.begin(agent, mind, standing);
      chooser.weigh(agent, mind, feed, attention);
      for (let n = 0; n < sessionActions; n++) {
        const { slot, kind } = chooser.choose(agent, n, mind.fatigue);
        if (slot === REST) return;
        mind.fatigue += 1;
        const look = LOOK_OF.get(kind);
        if (slot !== OWN) actOnItem(agent, feed, slot, kind, DRAWS * n);
        else if (look === undefined) {
          actOfOwn(agent, kind, DRAWS * n);
          // Who has left a group is done with it, and with the session.
          if (kind === KIND.leave) return;
        } else {
          const issue = speaker.chooseIssue(mind, agent, DRAWS * n);
          observer.look(agent, look, issue, feed);
          pushAction(actions, agent, kind, index, issue, NONE, NONE, feed.count);
          read(agent, platform);
          chooser.weigh(agent, mind, feed, attention);
        }
      }
    },
  };
}
