// What an agent does: a random-utility choice among everything the platform admits on every item of the feed, what it
// can do whatever the feed shows, and rest. Drawing an alternative in proportion to e^utility is the Gumbel-max rule in
// closed form (McFadden 1974), with one random number per choice instead of one per alternative.
import { uniform, type RandomKey } from '#foundation';
import { NONE } from '../../contract.ts';
import { tieStrength } from '../../platforms/bonds.ts';
import { KIND, rulesOf, type Feed } from '../../platforms/platform.ts';
import { ITEM_ACTIONS, OWN_ACTIONS } from '../../platforms/rules.ts';
import type { Standing } from '../../platforms/standing.ts';
import { decades, utilityExp } from '../../rounds/fast-math.ts';
import type { PlatformView, WorldView } from '../../rounds/world.ts';
import type { Mind } from './mind.ts';

/** Slot of a choice that needs no item of the feed; `REST` ends the session. */
export const OWN = -1;
export const REST = -2;

/** Reused from choice to choice. */
export interface Choice {
  slot: number;
  kind: number;
}

export interface Chooser {
  /** Weighs what the agent can do whatever it sees; begins a session. */
  begin(agent: number, mind: Mind, standing: Standing): void;
  /** Weighs what can be done to each item of the feed. */
  weigh(agent: number, mind: Mind, feed: Feed, attention: Float64Array): void;
  /** Draws one; an item once acted on is not chosen again, nor anything else but a message, in this session. */
  choose(agent: number, draw: number, fatigue: number): Choice;
  /** Takes an author's items out of what the agent can still follow, unfollow or mute. */
  settle(author: number, feed: Feed): void;
}

/** Scores whose effect is looked up. */
const HERDS = 256;

const TIE_CODES: ReadonlySet<number> = new Set([KIND.follow, KIND.unfollow, KIND.mute]);

/** 1 = of one mind, −1 = at opposite ends. */
const agreementOn = (mind: Mind, issue: number, stance: number): number => 1 - Math.abs(stance - (mind.opinion[issue] as number));

export function createChooser(view: WorldView, platform: PlatformView, key: RandomKey): Chooser {
  const rules = rulesOf(platform.kind);
  const { behaviour } = view;
  const { posts } = platform;
  // Admissible actions in their fixed order, as codes and as intercepts.
  const itemActions = ITEM_ACTIONS.filter((action) => rules.actions.includes(action));
  const codes = Uint8Array.from(itemActions, (action) => KIND[action]);
  const bases = Float64Array.from(itemActions, (action) => utilityExp(behaviour[action]));
  const ownActions = OWN_ACTIONS.filter((action) => rules.actions.includes(action));
  const ownCodes = Uint8Array.from(ownActions, (action) => KIND[action]);
  const ownBases = Float64Array.from(ownActions, (action) => behaviour[action]);
  const width = codes.length;
  const weights = new Float64Array((platform.feed.size + 1) * width);
  const own = new Float64Array(ownCodes.length);
  const settled: number[] = [];
  const choice: Choice = { slot: REST, kind: 0 };
  let slots = 0;
  let ownTotal = 0;
  let itemTotal = 0;
  const {
    rest,
    fatigue: fatigueEffect,
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

  const writingOf = (agent: number): number => extraversionEffect * ((view.extraversion[agent] as number) - 0.5);
  /** Utility of an action beyond its base rate, or −∞ where there is nothing to do it to. */
  const ownUtility = (code: number, agent: number, mind: Mind, standing: Standing, care: number): number => {
    if (code === KIND.post || code === KIND.group) return care + writingOf(agent) + (agent < view.actors ? speakerDrive : 0);
    if (code === KIND['search-posts'] || code === KIND['search-users']) return care;
    if (code === KIND.unlike || code === KIND.undislike) {
      const post = code === KIND.unlike ? standing.liked : standing.disliked;
      if (post === NONE) return -Infinity;
      const agreement = agreementOn(mind, posts.issue[post] as number, posts.stance[post] as number);
      return code === KIND.unlike ? -agreementEffect * agreement : agreementEffect * agreement;
    }
    if (code === KIND.unmute) return standing.muted === NONE ? -Infinity : 0;
    if (code === KIND.message) return standing.group === NONE ? -Infinity : care + writingOf(agent);
    if (code !== KIND.join && code !== KIND.leave) return 0;
    const group = code === KIND.join ? standing.met : standing.group;
    if (group === NONE) return -Infinity;
    const { lean, messages, issue, founder } = view.groups;
    const agreement = agreementOn(mind, issue[group] as number, (lean[group] as number) / (1 + (messages[group] as number)));
    if (code === KIND.leave) return -agreementEffect * agreement;
    return agreementEffect * agreement + tieEffect * tieStrength(view, agent, founder[group] as number);
  };

  const herds = Float64Array.from({ length: HERDS }, (_, score) => utilityExp(scoreEffect * decades(score)));
  /** A score above zero draws more of the same; one below is put right by those who do not share the verdict. */
  const herding = (score: number, agreement: number): number => {
    if (score < 0) return utilityExp(correctionEffect * Math.max(0, agreement) * decades(-score));
    return score < HERDS ? (herds[score] as number) : utilityExp(scoreEffect * decades(score));
  };

  return {
    begin: (agent, mind, standing) => {
      settled.length = 0;
      let care = 0;
      for (let issue = 0; issue < view.issues; issue++) care = Math.max(care, mind.salience[issue] as number);
      ownTotal = 0;
      for (let option = 0; option < own.length; option++) {
        const utility = ownUtility(ownCodes[option] as number, agent, mind, standing, salienceEffect * (care - 0.5));
        own[option] = utility === -Infinity ? 0 : utilityExp((ownBases[option] as number) + utility);
        ownTotal += own[option] as number;
      }
    },
    weigh: (agent, mind, feed, attention) => {
      slots = feed.count;
      itemTotal = 0;
      const writing = writingOf(agent);
      for (let slot = 0; slot < slots; slot++) {
        const author = feed.author[slot] as number;
        const issue = feed.issue[slot] as number;
        const point = feed.point[slot] as number;
        const distance = Math.abs((feed.stance[slot] as number) - (mind.opinion[issue] as number));
        const agreement = 1 - distance;
        const common =
          salienceEffect * ((mind.salience[issue] as number) - 0.5) +
          arousalEffect * (point === NONE ? 0 : (view.points.arousal[point] as number)) +
          noveltyEffect * (feed.novel[slot] as number) +
          tieEffect * (feed.tie[slot] as number) +
          reachEffect * (feed.reach[slot] as number);
        // e^(sum of utilities) as a product, so that alternatives share their factors.
        const open = (attention[slot] as number) * utilityExp(common);
        const agreeing = utilityExp(agreementEffect * agreement);
        const favour = open * agreeing;
        const disfavour = open / agreeing;
        const dispute = open * utilityExp(disagreementEffect * distance + writing);
        const liking = favour * herding(feed.shown[slot] as number, agreement);
        for (let option = 0; option < width; option++) {
          const code = codes[option] as number;
          let weight = bases[option] as number;
          if (code === KIND.like) weight *= liking;
          else if (code === KIND.repost) weight *= favour;
          else if (code === KIND.reply || code === KIND.quote) weight *= dispute;
          else if (code === KIND.dislike) weight *= disfavour;
          else if (code === KIND.report) weight *= distance > bound ? disfavour : 0;
          else if (author === NONE || settled.includes(author)) weight = 0;
          else if (code === KIND.follow) weight *= feed.followed[slot] === 0 ? favour : 0;
          else if (code === KIND.unfollow) weight *= feed.followed[slot] === 1 ? disfavour : 0;
          else weight *= distance > bound ? disfavour : 0;
          weights[slot * width + option] = weight;
          itemTotal += weight;
        }
      }
    },
    choose: (agent, draw, fatigue) => {
      const restWeight = utilityExp(rest + fatigueEffect * fatigue);
      choice.slot = REST;
      let aim = uniform(key, agent, draw) * (restWeight + ownTotal + itemTotal) - restWeight;
      if (aim < 0) return choice;
      for (let option = 0; option < own.length; option++) {
        aim -= own[option] as number;
        if (aim >= 0) continue;
        choice.slot = OWN;
        choice.kind = ownCodes[option] as number;
        if (choice.kind !== KIND.message) {
          ownTotal -= own[option] as number;
          own[option] = 0;
        }
        return choice;
      }
      const last = slots * width - 1;
      for (let at = 0; at <= last; at++) {
        aim -= weights[at] as number;
        if (aim >= 0) continue;
        choice.slot = Math.floor(at / width);
        choice.kind = codes[at % width] as number;
        for (let option = 0; option < width; option++) {
          itemTotal -= weights[choice.slot * width + option] as number;
          weights[choice.slot * width + option] = 0;
        }
        return choice;
      }
      return choice;
    },
    settle: (author, feed) => {
      settled.push(author);
      for (let slot = 0; slot < slots; slot++) {
        if (feed.author[slot] !== author) continue;
        for (let option = 0; option < width; option++) {
          if (!TIE_CODES.has(codes[option] as number)) continue;
          itemTotal -= weights[slot * width + option] as number;
          weights[slot * width + option] = 0;
        }
      }
    },
  };
}
