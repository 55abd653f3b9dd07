// The behaviour table: every number that shapes how the crowd behaves, in one place, with an honest source.
// `scenario.behaviour` overrides it by name. Invariant: each row is read by the engine and moves the digest
// (test/engine/behaviour.test.ts changes each one).
import { ShoalError } from '#foundation';
import type { BehaviourParameter } from '../contract.ts';

const row = <Name extends string>(
  name: Name,
  value: number,
  min: number,
  max: number,
  unit: string,
  meaning: string,
  source = 'chosen',
) => ({ name, value, min, max, unit, meaning, source }) as const satisfies BehaviourParameter;

const TABLE = [
  // When people come, and where they go.
  row('activation-excitement', 1, 0, 5, 'factor', 'Extra sessions per unit of salience above what is usual for the agent'),
  row(
    'platform-loyalty',
    0.6,
    0,
    1,
    'share',
    'How far agents differ in which platform they open: 0 all alike, 1 each has its own',
  ),

  // What a feed may hold.
  row('feed-window', 48, 1, 720, 'hours', 'Posts older than this are not offered any more'),
  row(
    'recency-half-life',
    6,
    0.1,
    240,
    'hours',
    'Age at which `chronological` and `following` are half as likely to offer a post',
  ),
  row('popularity-half-life', 8, 0.1, 240, 'hours', 'Age at which engagement counts half (`popular`)'),
  row('repost-value', 2, 0, 20, 'likes', 'What one repost or quote counts (`popular`)'),
  row('reply-value', 1, 0, 20, 'likes', 'What one reply counts (`popular`)'),
  row(
    'hot-decade',
    12.5,
    0.5,
    240,
    'hours',
    'Age that ten times the votes make up for (`hot`)',
    "Reddit's published `hot` rank: 45,000 s",
  ),

  row(
    'similarity-unit',
    15,
    0.1,
    1440,
    'minutes',
    'Unit of age Δt in the recency factor ln((271.8 − Δt)/100) of `similarity`: nothing older than 171.8 units is offered',
    'Form: OASIS, Yang et al. 2024 (a step of 3 minutes there); value chosen to reach about as far as `feed-window`',
  ),
  row('report-threshold', 2, 1, 1000, 'reports', 'Reports from which a post carries a warning', 'OASIS, Yang et al. 2024'),
  row('warning-visibility', 0.3, 0, 1, 'share', 'Share of readers to whom a post with a warning is still shown'),

  // How messages move minds.
  row('attention-decline', 0.12, 0, 5, '1/position', 'Attention to the k-th item of a feed is 1/(1 + this × k)'),
  row('learning-rate', 0.35, 0, 1, 'share', 'Largest share of a difference of opinion that one message closes'),
  row(
    'confidence-bound',
    1,
    0.05,
    2,
    'opinion',
    'Differences beyond this do not persuade',
    'Form: Deffuant et al. 2000, Hegselmann & Krause 2002; value chosen',
  ),
  row('repulsion', 0.15, 0, 1, 'factor', 'How strongly a message beyond the bound pushes away, relative to persuasion'),
  row(
    'anchor-pull',
    0.025,
    0,
    1,
    'share',
    'Share of the way back to the initial opinion taken in each session',
    'Form: Friedkin & Johnsen 1990; value chosen',
  ),
  row('stranger-credibility', 0.35, 0, 2, 'factor', 'Credibility of an author with no tie'),
  row('tie-credibility', 0.65, 0, 2, 'factor', 'Credibility added by a tie of full strength'),
  row('organisation-credibility', 0.9, 0, 3, 'factor', 'Credibility of an organisation relative to a person'),
  row('media-credibility', 1.15, 0, 3, 'factor', 'Credibility of a news medium relative to a person'),
  row('institution-credibility', 1.1, 0, 3, 'factor', 'Credibility of an institution relative to a person'),
  row(
    'reach-credibility',
    0.15,
    0,
    2,
    'per decade',
    'Credibility gained by each factor of ten in reach, so with diminishing returns',
  ),
  row('news-credibility', 2.2, 0, 5, 'factor', 'Credibility of an intervention that is shown directly'),
  row('repetition-discount', 0.4, 0, 5, '1/message', 'The n-th message of a session on one issue counts 1/(1 + this × n)'),
  row(
    'novelty-weight',
    0.6,
    0,
    1,
    'share',
    'How much of its force an argument loses when it has been heard before',
    'Direction: persuasive-arguments theory, Burnstein & Vinokur 1977; value chosen',
  ),
  row('certainty-resistance', 0.8, 0, 1, 'share', 'How much of a move full certainty prevents'),
  row('openness-effect', 0.4, 0, 1, 'factor', 'How much easier open people move: ±half of this at the ends of the trait'),
  row('certainty-gain', 0.03, 0, 1, 'share', 'Rise of certainty by a message that agrees fully'),
  row('certainty-loss', 0.04, 0, 1, 'share', 'Fall of certainty by a message that disagrees fully'),
  row('salience-gain', 0.05, 0, 1, 'share', 'Rise of salience by a fully stirring message'),
  row('salience-half-life', 24, 0.5, 720, 'hours', 'Time in which raised salience falls half-way back to its usual level'),
  row('shift-threshold', 0.05, 0.001, 2, 'opinion', 'A change of opinion in one session from this on is recorded as a `shift`'),

  // What people do: utilities of a random-utility choice; the scale is that of the Gumbel noise.
  row('session-actions', 3, 1, 10, 'actions', 'Most actions in one session'),
  row('rest', 0.6, -5, 10, 'utility', 'Doing nothing (more)'),
  row('fatigue', 0.5, 0, 5, 'utility', 'What each action still felt adds to resting'),
  row('fatigue-half-life', 4, 0.1, 240, 'hours', 'Time in which fatigue falls by half'),
  row('post', -1.3, -12, 8, 'utility', 'Writing a post of one’s own'),
  row('like', -2.9, -12, 8, 'utility', 'Liking one post'),
  row('dislike', -4.2, -12, 8, 'utility', 'Disliking one post (forum)'),
  row('repost', -4.1, -12, 8, 'utility', 'Sharing one post on (microblog)'),
  row('quote', -5.4, -12, 8, 'utility', 'Sharing one post with words of one’s own (microblog)'),
  row('reply', -4.1, -12, 8, 'utility', 'Answering one post'),
  row('follow', -6.4, -12, 8, 'utility', 'Following the author of one post'),
  row('mute', -8.5, -12, 8, 'utility', 'Muting the author of one post that is beyond the confidence bound'),
  row('unfollow', -7.4, -12, 8, 'utility', 'Ceasing to follow the author of one post'),
  row('report', -9, -12, 8, 'utility', 'Reporting one post that is beyond the confidence bound'),
  row('unlike', -6.5, -12, 8, 'utility', 'Taking back the newest like'),
  row('undislike', -6.5, -12, 8, 'utility', 'Taking back the newest dislike (forum)'),
  row('unmute', -6, -12, 8, 'utility', 'Ending the newest mute'),
  row('refresh', -3.2, -12, 8, 'utility', 'Reading another feed in the same session'),
  row('trend', -4.2, -12, 8, 'utility', 'Looking at the most liked posts'),
  row('search-posts', -4.2, -12, 8, 'utility', 'Searching for posts on an issue'),
  row('search-users', -5, -12, 8, 'utility', 'Searching for accounts that speak on an issue'),
  row('message', 0.4, -12, 8, 'utility', 'Writing to one of one’s groups (chat)'),
  row('group', -4, -12, 8, 'utility', 'Making a group (chat)'),
  row('join', -1.5, -12, 8, 'utility', 'Joining a group that one meets (chat)'),
  row('leave', -5, -12, 8, 'utility', 'Leaving one of one’s groups (chat)'),
  row(
    'agreement-effect',
    1.2,
    -5,
    5,
    'utility',
    'Full agreement, on liking, sharing, following and joining; its reverse on disliking, reporting, muting, unfollowing and leaving',
  ),
  row('disagreement-effect', 0.7, -5, 5, 'utility', 'One unit of difference, on replying and quoting'),
  row('tie-effect', 0.8, -5, 5, 'utility', 'A tie of full strength'),
  row('reach-effect', 0.3, -5, 5, 'utility', 'Each factor of ten in the author’s reach'),
  row(
    'score-effect',
    0.92,
    -5,
    5,
    'utility',
    'Each factor of ten in 1 + the visible score, on liking',
    'Muchnik et al. 2013: one random vote up makes the next 32 % likelier, ln 1.32 / log₁₀ 2',
  ),
  row(
    'correction-effect',
    3,
    -5,
    10,
    'utility',
    'Each factor of ten in 1 + the votes by which the visible score is below zero, on liking what one agrees with',
    'Direction: Muchnik et al. 2013 (votes down are corrected); value chosen so that they are',
  ),
  row('arousal-effect', 0.8, -5, 5, 'utility', 'A fully stirring message', 'Direction: Berger & Milkman 2012; value chosen'),
  row('novelty-effect', 0.5, -5, 5, 'utility', 'An argument not heard before'),
  row('salience-effect', 1.5, -5, 5, 'utility', 'Caring fully about the issue rather than half'),
  row('extraversion-effect', 1.2, -5, 5, 'utility', 'Full extraversion rather than the middle, on writing'),
  row('speaker-drive', 1.2, -5, 5, 'utility', 'Being a named actor, on writing posts'),

  // What people trade, where there is a market.
  row(
    'belief-sharpness',
    1.2,
    0,
    10,
    'per opinion',
    'How far own opinions are taken for chances: chances go as e to this × opinion',
  ),
  row('price-trust', 0.7, 0, 1, 'share', 'How far an agent without any certainty takes the market’s price for its own belief'),
  row('trade-edge', 3, 0, 50, 'cents', 'Difference between belief and price below which nobody trades'),
  row(
    'risk-aversion',
    2,
    0.2,
    50,
    'factor',
    'Divides the stake of a trader with logarithmic utility',
    'Form: Kelly 1956, fractional; value chosen',
  ),
  row(
    'market-order-gain',
    12,
    0,
    100,
    'cents',
    'Gain over the best offer from which a trader takes it with a market order (auction)',
  ),
  row('price-attention', 0.25, 0, 1, 'share', 'How closely the market’s price is read as a message on its issue'),

  // What people say.
  row('point-agreement', 2.5, 0, 10, 'utility', 'Preference for talking points that lean one’s own way'),
  row('point-arousal', 0.8, -5, 5, 'utility', 'Preference for stirring talking points'),
  row('point-novelty', 0.5, -5, 5, 'utility', 'Preference for talking points not met yet'),
  row(
    'point-freshness',
    4.5,
    0,
    10,
    'utility',
    'Preference for what has only just been announced; halves with `salience-half-life`',
  ),
  row('own-point', 2.5, 0, 10, 'utility', 'Preference of a named actor for what the documents quote it with'),
  row('point-pull', 0.25, 0, 1, 'share', 'How far the expressed stance is drawn to the talking point’s lean'),
  row('expression-noise', 0.1, 0, 1, 'opinion', 'Half-width of the noise between what is thought and what is written'),
  row('new-tie-strength', 0.4, 0, 1, 'strength', 'Strength of a tie made by following during the run'),
  row('intervention-arousal', 0.8, 0, 1, 'share', 'How stirring an intervention is'),

  // Decisions by a model.
  row('model-opinion-step', 0.25, 0, 2, 'opinion', 'Most that one decision by a model changes an opinion'),
] as const;

export type BehaviourName = (typeof TABLE)[number]['name'];
export type Behaviour = Readonly<Record<BehaviourName, number>>;

export const BEHAVIOUR: readonly BehaviourParameter[] = TABLE;

/** The table with a scenario's overrides. Throws `invalid_scenario` for an unknown name or a value out of range. */
export function behaviourOf(scenario: { readonly behaviour: Readonly<Record<string, number>> }): Behaviour {
  const values: Record<string, number> = Object.fromEntries(BEHAVIOUR.map(({ name, value }) => [name, value]));
  for (const [name, value] of Object.entries(scenario.behaviour)) {
    const parameter = BEHAVIOUR.find((known) => known.name === name);
    if (parameter === undefined) {
      throw new ShoalError('invalid_scenario', `behaviour.${name}: there is no such parameter.`, {
        hint: `Did you mean \`${nearestName(name)}\`? All names stand in the behaviour table.`,
      });
    }
    if (!(value >= parameter.min && value <= parameter.max)) {
      throw new ShoalError('invalid_scenario', `behaviour.${name}: ${value} is outside ${parameter.min} … ${parameter.max}.`, {
        hint: `Choose a value in that range; the default is ${parameter.value} (${parameter.unit}).`,
      });
    }
    values[name] = value;
  }
  return values as Behaviour;
}

function nearestName(name: string): string {
  let best: { name: string; distance: number } = { name: '', distance: Infinity };
  for (const known of BEHAVIOUR) {
    const distance = editDistance(name, known.name);
    if (distance < best.distance) best = { name: known.name, distance };
  }
  return best.name;
}

/** Levenshtein distance. */
function editDistance(left: string, right: string): number {
  let previous = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i++) {
    const current = [i];
    for (let j = 1; j <= right.length; j++) {
      const swap = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      current.push(Math.min(swap, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[right.length] ?? 0;
}
