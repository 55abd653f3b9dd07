// What somebody asks an agent, by the usual words for it. Invariant: the first kind in the table that fits is taken, so
// the more particular kinds stand above the more general.

const TABLE = [
  ['simulated', /\b(are|aren't) you (really )?(an? )?(ai|bot|robot|real|human|simulat\w*|language model|machine|fake)\b/],
  [
    'identity',
    /\bwho are you\b|\babout yourself\b|\bintroduce yourself\b|\bwhat are you\b|\bwhat do you do\b|\byour (name|job|work|role|background)\b|\bwhere (do|are) you (live|from|based)|\bhow old are you\b/,
  ],
  ['goals', /\bwhat do you want\b|\byour (goal|aim|plan)s?\b|\bhope (for|to)\b|\btrying to achieve\b/],
  [
    'would-change',
    /\b(would|could|might|can|to)\b.*\b(change your (mind|view|opinion|stance|position)|convince|persuade|sway|win you over)\b|\bwhat if you are wrong\b/,
  ],
  [
    'influence',
    /\bwho\b.*\b(influenc\w*|convinc\w*|persuad\w*|mov(ed|es)|changed your)\b|\binfluenc(ed|es|e) you\b|\b(who|whom) do you (follow|trust|listen to|look up to)\b|\blisten to\b/,
  ],
  [
    'changed',
    /\b(chang\w*|shift\w*|mov(ed|e)|differ\w*|reconsider\w*|still (think|believe|feel))\b.*\b(mind|view|views|opinion|opinions|stance|position|think|thinking)\b|\bwhat changed\b|\bused to (think|believe)\b|\b(mind|opinion|view|stance) (has |have )?(chang|shift)\w*|\bhave you changed\b|\bdid you change\b/,
  ],
  [
    'other-side',
    /\bother side\b|\bopponents?\b|\bstrongest (argument|case) against\b|\bwhat (do|would) (people|those) who disagree\b|\bargument against (you|yours)\b|\bcounter-?argument/,
  ],
  ['posted', /\b(you|your)\b.*\b(post(ed|s)?|writ(e|ten|ing)|wrote|said|say publicly|publish(ed)?|tweet(ed)?|repl(y|ied))\b/],
  [
    'seen',
    /\b(you|your)\b.*\b(see|seen|saw|read|reading|notic(e|ed)|hear|heard|feed|remember|recall)\b|\bwhat('s| is| was) (new|going on|happening)\b|\bwhat happened\b/,
  ],
  ['certainty', /\bhow (sure|certain|confident|firm)\b|\bare you (really )?(sure|certain)\b/],
  ['why', /\bwhy\b|\bhow come\b|\breasons?\b|\bbecause of what\b|\bexplain\b|\bwhat makes you\b/],
  [
    'opinion',
    /\b(think|thoughts?|opinions?|stance|views?|position|feel|support|oppose|favou?r|against|agree|disagree|believe|stand|should|vote|prefer|like)\b/,
  ],
  ['knows', /\b(do you know|who is|who's|what is|what's|tell me about|what about|heard of|what do you know)\b/],
  ['thanks', /\b(thanks?|thank you|cheers|appreciated)\b/],
  ['farewell', /\b(bye|goodbye|see you|farewell|good night)\b/],
  ['greeting', /^(hi|hello|hey|good (morning|afternoon|evening)|greetings|hallo|moin)\b/],
] as const;

export type Intent = (typeof TABLE)[number][0] | 'future' | 'other';

export interface Question {
  readonly intent: Intent;
  /** A round that the message names. */
  readonly namedRound: number | undefined;
}

const FUTURE =
  /\b(will|going to) happen\b|\bnext (round|rounds|week|month|year)\b|\bpredict\w*\b|\bforecast\b|\bfuture\b|\bhow (will|does) (it|this|that) end\b|\bwho (will|is going to) win\b|\btomorrow\b|\bin the end\b/;

export function readMessage(message: string, round: number): Question {
  const text = message.toLowerCase().replaceAll('’', "'").trim();
  const named = /\bround (\d{1,4})\b/.exec(text)?.[1];
  const namedRound = named === undefined ? undefined : Number(named);
  if (FUTURE.test(text) || (namedRound !== undefined && namedRound > round)) return { intent: 'future', namedRound };
  return { intent: TABLE.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other', namedRound };
}
