// The embedded answers, one function per kind of question. Invariant: each sentence is made from a fact, or says that
// there is none; what is quoted is cited.
import { bare, newAnswer, sentence, vary, wordsFor } from './answer.ts';
import type { Answer } from './answer.ts';
import type { ChatFacts } from './facts.ts';
import { aOrAn, capital } from '../../population/index.ts';
import { inQuotes, isReport } from '../voice/index.ts';
import { issueMeant, issueNamed } from './topic.ts';

type Stance = ChatFacts['stances'][number];
type Reply = (facts: ChatFacts) => Answer;

const quote = (text: string): string => inQuotes(/[.!?…]$/.test(text.trim()) ? text : `${text.trim()}.`);
const undecided = ({ opinion }: Stance): boolean => Math.abs(opinion) <= 0.1;

/** Where the agent stands on an issue, in one sentence. */
export function standing(facts: ChatFacts, stance: Stance): string {
  const { I, am } = wordsFor(facts);
  const about = quote(bare(stance.proposition));
  const strength = Math.abs(stance.opinion);
  if (strength <= 0.1) return `${I} ${am} undecided on this: ${about}`;
  const side = stance.opinion > 0 ? 'agree' : 'disagree';
  return strength > 0.55
    ? `${I} clearly ${side} with this: ${about}`
    : `On balance ${wordsFor(facts).i} ${side} with this: ${about}`;
}

function sureness(facts: ChatFacts, { certainty }: Stance): string {
  const { I, am } = wordsFor(facts);
  if (certainty > 0.7) return `${I} ${am} quite sure of it.`;
  return certainty > 0.4 ? `${I} ${am} fairly sure, but not beyond doubt.` : `${I} could still be talked out of it.`;
}

const by = (author: string): string => (author === NEWS ? 'The news' : `What ${author} wrote`);
const NEWS = 'the news';

/** Up to `count` arguments of a side, with where they come from. */
function argue(answer: Answer, facts: ChatFacts, stance: Stance, side: number, count: number): Answer {
  const chosen = facts.reasons.filter((reason) => reason.issue === stance.issue && reason.side === side).slice(0, count);
  chosen.forEach((reason, i) => {
    const said =
      reason.speaker === undefined ? sentence(reason.text) : `${reason.speaker} put it this way: ${quote(capital(reason.text))}`;
    answer.say(i === 0 ? said : `And: ${quote(capital(reason.text))}`).lean(reason);
  });
  return answer;
}

/** The best of both sides, for whoever is on neither. */
function bothSides(answer: Answer, facts: ChatFacts, stance: Stance): Answer {
  argue(answer.say(`For it, ${wordsFor(facts).i} hear this.`), facts, stance, 1, 1);
  return argue(answer.say('Against it, this.'), facts, stance, -1, 1);
}

export const greet: Reply = (facts) => {
  const { i } = wordsFor(facts);
  const topic = facts.stances[0]?.label;
  return newAnswer()
    .say(vary(facts, ['Hello.', 'Hi there.', 'Good to hear from you.']))
    .say(`This is ${facts.self.name}.`)
    .say(topic === undefined ? '' : `Ask me what ${i} think about “${topic}”, if you like.`);
};

export const thank: Reply = (facts) => newAnswer().say(vary(facts, ['You are welcome.', 'Any time.', 'Gladly.']));

export const farewell: Reply = (facts) => newAnswer().say(vary(facts, ['Goodbye.', 'Take care.', 'See you.']));

export const simulated: Reply = (facts) => {
  const { i } = wordsFor(facts);
  return newAnswer().say(
    `No real person or body is speaking here. This is a simulated ${facts.self.name}, made from the documents of this run, and ${i} answer as of round ${facts.round}.`,
  );
};

export const introduce: Reply = (facts) => {
  const { self } = facts;
  const { I, am, me } = wordsFor(facts);
  const answer = newAnswer().say(`${I} ${am} ${self.name}.`);
  // A bio in the third person is quoted as what others wrote; that somebody is named somewhere is no introduction.
  const written = self.bio.replace(/^[^.]* is named in the documents, which say little more\.\s*/, '');
  const about =
    written.startsWith('On record:') || written === '' ? written : `What is written about ${me}: ${sentence(written)}`;
  if (self.body) return answer.say(about);
  const place = self.region === '' ? '' : `, living in ${self.region}`;
  // A named actor's age and home are not in the documents.
  answer.say(self.age === undefined ? about : `${self.age} years old, ${occupationOf(self.occupation)}${place}.`);
  const held = issueMeant(facts);
  return held === undefined ? answer : answer.say(standing(facts, held));
};

const occupationOf = (occupation: string): string =>
  ['retired', 'student'].includes(occupation) ? occupation.replace('student', 'a student') : `${aOrAn(occupation)} by occupation`;

export const tellGoals: Reply = (facts) => {
  const { goals } = facts.self;
  const { I } = wordsFor(facts);
  if (goals.length === 0) return newAnswer().say(`${I} have no plan in this. ${I} mostly read.`);
  return newAnswer().say(`What ${wordsFor(facts).i} want, in short: ${goals.map(sentence).join(' ')}`);
};

export const tellOpinion: Reply = (facts) => {
  const entity = facts.entities.find(({ issue, relation }) => issue === undefined && relation !== 'self');
  const named = issueNamed(facts);
  if (named === undefined && entity !== undefined) return tellAbout(facts);
  if (named === undefined && facts.stances.length > 0 && !mayMeanIssue(facts)) return offTopic(facts);
  const stance = issueMeant(facts);
  if (stance === undefined) return offTopic(facts);
  const answer = newAnswer().say(standing(facts, stance)).say(sureness(facts, stance));
  return undecided(stance) ? bothSides(answer, facts, stance) : argue(answer, facts, stance, Math.sign(stance.opinion), 1);
};

/** Short questions ("and you?", "what is your opinion?") mean the matter at hand; long ones with other words do not. */
const mayMeanIssue = (facts: ChatFacts): boolean =>
  facts.message.split(/\s+/).length <= 6 || /\b(this|that|it|matter|question|issue|topic|debate)\b/i.test(facts.message);

export const tellWhy: Reply = (facts) => {
  const stance = issueMeant(facts);
  if (stance === undefined) return offTopic(facts);
  const side = Math.sign(stance.opinion) || 1;
  const { I, me } = wordsFor(facts);
  const answer = newAnswer();
  if (undecided(stance)) bothSides(answer.say(`${I} have not settled it.`), facts, stance);
  else argue(answer.say(standing(facts, stance)).say('Here is why.'), facts, stance, side, 2);
  const moved = facts.shifts.find(
    ({ issue, change, cause }) => issue === stance.issue && change * side > 0 && cause !== undefined,
  );
  if (moved?.cause !== undefined) {
    answer.say(`${by(moved.cause.by)} in round ${moved.round} also weighed with ${me}: ${quote(moved.cause.text)}`);
    answer.lean({ event: moved.cause.event });
  }
  return answer;
};

export const tellChange: Reply = (facts) => {
  const stance = issueMeant(facts);
  const { I, my, me } = wordsFor(facts);
  if (stance === undefined) return offTopic(facts);
  const change = stance.opinion - stance.before;
  const moves = facts.shifts.filter(({ issue }) => issue === stance.issue);
  const answer = newAnswer();
  if (Math.abs(change) < 0.05) answer.say(`${I} have not really changed ${my} mind on “${stance.label}”.`);
  else {
    const turned =
      Math.sign(stance.before) !== Math.sign(stance.opinion) && Math.abs(stance.before) > 0.1 && Math.abs(stance.opinion) > 0.1;
    const way = change > 0 ? 'more in agreement' : 'less in agreement';
    answer.say(
      turned
        ? `Yes. ${I} came in on one side of “${stance.label}” and ended up on the other.`
        : `A little. ${I} moved: ${way} with ${quote(bare(stance.proposition))} than at the start.`,
    );
  }
  const best = moves.find((move) => move.cause !== undefined && (Math.abs(change) < 0.05 || move.change * change > 0));
  if (best?.cause !== undefined) {
    answer.say(`${by(best.cause.by)} in round ${best.round} moved ${me} most: ${quote(best.cause.text)}`);
    answer.lean({ event: best.event }).lean({ event: best.cause.event });
  } else if (Math.abs(change) >= 0.05)
    answer.say(`No single post did it. It came bit by bit, from what ${wordsFor(facts).i} read.`);
  return answer.say(standing(facts, stance));
};

export const tellWouldChange: Reply = (facts) => {
  const stance = issueMeant(facts);
  if (stance === undefined) return offTopic(facts);
  const { I, i, my, me } = wordsFor(facts);
  const side = Math.sign(stance.opinion) || 1;
  const answer = newAnswer().say(
    stance.certainty > 0.7
      ? `Not much, to be frank. ${I} have thought about it.`
      : stance.certainty > 0.4
        ? `Good evidence could do it.`
        : `Quite a lot could: ${i} ${wordsFor(facts).am} not settled.`,
  );
  const against = facts.reasons.find(
    ({ issue, side: helps, source, text }) =>
      issue === stance.issue && helps === -side && source !== undefined && !isReport(text),
  );
  if (against === undefined) return answer.say(`So far nobody has put an argument to ${me} that changes ${my} view.`);
  return answer
    .say(
      `The argument that gives ${me} most to think about is this one: ${quote(capital(against.text))} If that were shown beyond doubt, ${i} would have to look again.`,
    )
    .lean(against);
};

export const tellOtherSide: Reply = (facts) => {
  const stance = issueMeant(facts);
  if (stance === undefined) return offTopic(facts);
  const side = Math.sign(stance.opinion) || 1;
  if (undecided(stance))
    return bothSides(newAnswer().say(`${capital(wordsFor(facts).i)} ${wordsFor(facts).am} on neither side.`), facts, stance);
  const answer = newAnswer().say('What one hears from the other side is this.');
  argue(answer, facts, stance, -side, 2);
  return answer.say(`${capital(wordsFor(facts).i)} read it, and ${wordsFor(facts).i} still see it as before.`);
};

export const tellInfluence: Reply = (facts) => {
  const { I, me } = wordsFor(facts);
  const by = new Map<string, { count: number; event: number; round: number; text: string }>();
  for (const { cause, round } of facts.shifts) {
    if (cause === undefined) continue;
    const known = by.get(cause.by);
    by.set(
      cause.by,
      known === undefined ? { count: 1, event: cause.event, round, text: cause.text } : { ...known, count: known.count + 1 },
    );
  }
  const [first, second] = [...by];
  if (first === undefined) return newAnswer().say(`Nobody in particular. ${I} cannot name a post that moved ${me}.`);
  const answer = newAnswer()
    .say(`Most of all ${first[0]}, in round ${first[1].round}: ${quote(first[1].text)}`)
    .lean(first[1]);
  return second === undefined ? answer : answer.say(`${capital(second[0])} as well.`).lean(second[1]);
};

export const tellPosts: Reply = (facts) => {
  const { I } = wordsFor(facts);
  const named = issueNamed(facts);
  const posts = facts.posts.filter((post) => named === undefined || post.issue === named.issue).slice(0, 3);
  if (posts.length === 0)
    return newAnswer().say(
      `${I} have not posted anything${named === undefined ? '' : ` on “${named.label}”`} so far. ${I} read, mostly.`,
    );
  const answer = newAnswer();
  posts.forEach((post, n) =>
    answer
      .say(
        `${n === 0 ? `In round ${post.round} ${wordsFor(facts).i} wrote` : post.round === posts[n - 1]?.round ? 'Before that, in the same round' : `Before that, in round ${post.round}`}: ${quote(post.text)}`,
      )
      .lean(post),
  );
  return answer;
};

export const tellSeen: Reply = (facts) => {
  const { I } = wordsFor(facts);
  const seen = facts.memory.filter(({ kind }) => kind !== 'wrote' && kind !== 'followed').slice(0, 3);
  if (seen.length === 0)
    return newAnswer().say(`Nothing that stayed with ${wordsFor(facts).me}. ${I} have looked in only now and then.`);
  const answer = newAnswer().say('What stayed with ' + wordsFor(facts).me + ':');
  seen.forEach((item) => answer.say(sentence(`round ${item.round}: ${firstPerson(item.text, facts)}`)).lean(item));
  return answer;
};

/** "Liked a post by …" → "I liked a post by …". */
const firstPerson = (text: string, facts: ChatFacts): string =>
  /^(Liked|Disliked|Shared|Moved|Began|Muted|Answered|Wrote)\b/.test(text)
    ? `${wordsFor(facts).i} ${text.charAt(0).toLowerCase()}${text.slice(1)}`
    : text;

export const tellCertainty: Reply = (facts) => {
  const stance = issueMeant(facts);
  return stance === undefined ? offTopic(facts) : newAnswer().say(standing(facts, stance)).say(sureness(facts, stance));
};

export const tellFuture: Reply = (facts) => {
  const { I, i } = wordsFor(facts);
  const now = facts.round < 0 ? 'This is before the first round' : `It is the end of round ${facts.round}`;
  const stance = issueMeant(facts);
  const answer = newAnswer().say(`${now} for ${wordsFor(facts).me}, so ${i} cannot know what comes later.`);
  return stance === undefined ? answer : answer.say(`${I} can only say where ${i} stand now.`).say(standing(facts, stance));
};

const TIES = {
  self: '',
  mutual: 'We follow each other.',
  follows: '{I} follow them.',
  'followed by': 'They follow {me}; {i} do not follow them.',
  none: '{I} do not follow them.',
} as const;

/** What the documents say of somebody or something the message names. */
export const tellAbout: Reply = (facts) => {
  const entity = facts.entities.find(({ relation }) => relation !== 'self') ?? facts.entities[0];
  if (entity === undefined) return issueNamed(facts) === undefined ? offTopic(facts) : tellOpinion(facts);
  if (entity.relation === 'self') return introduce(facts);
  const { I, i, me } = wordsFor(facts);
  const answer = newAnswer();
  const about = facts.passages.find(({ text }) => text.toLowerCase().includes(entity.name.toLowerCase()));
  if (entity.description !== undefined)
    answer.say(`Yes. What ${i} have read about ${entity.name}: ${quote(entity.description)}`).lean(entity);
  else if (about !== undefined) answer.say(`Yes. What ${i} have read about ${entity.name}: ${quote(about.text)}`).lean(about);
  else answer.say(`${I} know the name ${entity.name}, not much more.`).lean(entity);
  if (['person', 'organisation', 'media', 'institution'].includes(entity.type)) {
    answer.say(TIES[entity.relation].replace('{I}', I).replace('{i}', i).replace('{me}', me));
  }
  const stance = entity.issue === undefined ? undefined : facts.stances[entity.issue];
  return stance === undefined ? answer : answer.say(standing(facts, stance));
};

export const offTopic: Reply = (facts) => {
  const { i } = wordsFor(facts);
  const topic = facts.stances[0]?.label;
  return newAnswer()
    .say(
      vary(facts, [
        `That is not something ${i} have followed.`,
        `${capital(i)} have nothing to go on there; that is not something ${i} have followed.`,
      ]),
    )
    .say(topic === undefined ? '' : `What ${i} have followed is the debate about “${topic}”.`);
};
