// What an agent does: a random-utility choice among everything the platform admits on every item of the feed,
// one's own post, and rest. Drawing an alternative in proportion to e^utility is the Gumbel-max rule in closed
// form (McFadden 1974), with one random number per choice instead of one per alternative.
import { uniform, type RandomKey } from '#foundation';
import { NONE } from '../../contract.ts';
import { KIND, rulesOf, type Feed } from '../../platforms/platform.ts';
import type { Action } from '../../platforms/rules.ts';
import { decades, utilityExp } from '../../rounds/fast-math.ts';
import type { PlatformView, WorldView } from '../../rounds/world.ts';
import type { Mind } from './mind.ts';

/** Slot of the choice to write a post; `REST` ends the session. */
export const OWN = -1;
export const REST = -2;

export interface Chooser {
  /** Weighs every alternative for one session. */
  weigh(agent: number, mind: Mind, feed: Feed, attention: Float64Array): void;
  /** Draws one; a post once acted on is not chosen again in this session. */
  choose(agent: number, draw: number, fatigue: number): { readonly slot: number; readonly kind: number };
}

const REACTIONS: readonly Action[] = ['reply', 'repost', 'quote', 'like', 'dislike', 'follow', 'mute'];

export function createChooser(view: WorldView, platform: PlatformView, key: RandomKey): Chooser {
  const rules = rulesOf(platform.kind);
  const { behaviour } = view;
  const { posts } = platform;
  // Admissible reactions in the fixed order above, as codes and as intercepts.
  const reactions = REACTIONS.filter((action) => rules.actions.includes(action));
  const codes = Uint8Array.from(reactions, (action) => KIND[action]);
  const bases = Float64Array.from(reactions, (action) => utilityExp(behaviour[action]));
  const width = codes.length;
  const weights = new Float64Array((platform.feed.size + 1) * width);
  let slots = 0;
  let ownWeight = 0;
  let itemTotal = 0;
  const {
    rest,
    fatigue: fatigueEffect,
    post: ownBase,
    'agreement-effect': agreementEffect,
    'disagreement-effect': disagreementEffect,
    'tie-effect': tieEffect,
    'reach-effect': reachEffect,
    'score-effect': scoreEffect,
    'correction-effect': correctionEffect,
    'arousal-effect': arousalEffect,
    'novelty-effect': noveltyEffect,
    'salience-effect': salienceEffect,
    'extraversion-effect': extraversionEffect,
    'speaker-drive': speakerDrive,
    'confidence-bound': bound,
  } = behaviour;

  return {
    weigh: (agent, mind, feed, attention) => {
      slots = feed.count;
      itemTotal = 0;
      const writing = extraversionEffect * ((view.extraversion[agent] as number) - 0.5);
      for (let slot = 0; slot < slots; slot++) {
        const post = feed.post[slot] as number;
        const author = posts.author[post] as number;
        const issue = posts.issue[post] as number;
        const point = posts.point[post] as number;
        const distance = Math.abs((posts.stance[post] as number) - (mind.opinion[issue] as number));
        const agreement = 1 - distance;
        const shown = rules.score(platform, post);
        const common =
          salienceEffect * ((mind.salience[issue] as number) - 0.5) +
          arousalEffect * (point === NONE ? 0 : (view.points.arousal[point] as number)) +
          noveltyEffect * (feed.novel[slot] as number) +
          tieEffect * (feed.tie[slot] as number) +
          (author === NONE ? 0 : reachEffect * (view.reach[author] as number));
        // e^(sum of utilities) as a product, so that alternatives share their factors.
        const open = (attention[slot] as number) * utilityExp(common);
        const favour = open * utilityExp(agreementEffect * agreement);
        const disfavour = open * utilityExp(-agreementEffect * agreement);
        const dispute = open * utilityExp(disagreementEffect * distance + writing);
        // A score above zero draws more of the same; one below is put right by those who do not share the verdict.
        const herding = shown < 0 ? correctionEffect * Math.max(0, agreement) * decades(-shown) : scoreEffect * decades(shown);
        const liking = favour * utilityExp(herding);
        for (let option = 0; option < width; option++) {
          const code = codes[option] as number;
          let weight = bases[option] as number;
          if (code === KIND.like) weight *= liking;
          else if (code === KIND.repost) weight *= favour;
          else if (code === KIND.reply || code === KIND.quote) weight *= dispute;
          else if (code === KIND.dislike) weight *= disfavour;
          else if (code === KIND.follow) weight *= author !== NONE && feed.followed[slot] === 0 ? favour : 0;
          else weight *= author !== NONE && distance > bound ? disfavour : 0;
          weights[slot * width + option] = weight;
          itemTotal += weight;
        }
      }
      let care = 0;
      for (let issue = 0; issue < view.issues; issue++) care = Math.max(care, mind.salience[issue] as number);
      ownWeight = utilityExp(ownBase + salienceEffect * (care - 0.5) + writing + (agent < view.actors ? speakerDrive : 0));
    },
    choose: (agent, draw, fatigue) => {
      const restWeight = utilityExp(rest + fatigueEffect * fatigue);
      let aim = uniform(key, agent, draw) * (restWeight + ownWeight + itemTotal) - restWeight;
      if (aim < 0) return { slot: REST, kind: 0 };
      aim -= ownWeight;
      if (aim < 0) {
        ownWeight = 0;
        return { slot: OWN, kind: KIND.post };
      }
      const last = slots * width - 1;
      for (let at = 0; at <= last; at++) {
        aim -= weights[at] as number;
        if (aim < 0) {
          const slot = Math.floor(at / width);
          for (let option = 0; option < width; option++) {
            itemTotal -= weights[slot * width + option] as number;
            weights[slot * width + option] = 0;
          }
          return { slot, kind: codes[at % width] as number };
        }
      }
      return { slot: REST, kind: 0 };
    },
  };
}
