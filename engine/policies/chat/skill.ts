// The embedded skill `chat`: reads the kind of question, answers it from the facts. Invariant: a pure function of the
// request's input; never an AI model, and says so when asked.
import type { GenerateRequest } from '#foundation';
import { contentWords, overlap } from '../memory/index.ts';
import { newAnswer } from './answer.ts';
import type { Answer } from './answer.ts';
import { ChatFacts } from './facts.ts';
import { readMessage } from './intent.ts';
import type { Intent } from './intent.ts';
import {
  farewell,
  greet,
  introduce,
  offTopic,
  simulated,
  standing,
  tellAbout,
  tellCertainty,
  tellChange,
  tellFuture,
  tellGoals,
  tellInfluence,
  tellOpinion,
  tellOtherSide,
  tellPosts,
  tellSeen,
  tellWhy,
  tellWouldChange,
  thank,
} from './replies.ts';
import { issueNamed } from './topic.ts';

const REPLIES: Readonly<Record<Exclude<Intent, 'other'>, (facts: ChatFacts) => Answer>> = {
  simulated,
  identity: introduce,
  goals: tellGoals,
  'would-change': tellWouldChange,
  influence: tellInfluence,
  changed: tellChange,
  'other-side': tellOtherSide,
  posted: tellPosts,
  seen: tellSeen,
  certainty: tellCertainty,
  why: tellWhy,
  opinion: tellOpinion,
  knows: tellAbout,
  thanks: thank,
  farewell,
  greeting: greet,
  future: tellFuture,
};

/** Answers `{task: 'chat'}` requests. */
export function chatSkill(request: GenerateRequest): string {
  const facts = ChatFacts.parse(request.input);
  const { intent } = readMessage(facts.message, facts.round);
  const answer = intent === 'other' ? answerOther(facts) : REPLIES[intent](facts);
  return JSON.stringify(answer.done());
}

/** No known kind of question: an issue or a name in it may still say what is meant, or the documents may speak of it. */
function answerOther(facts: ChatFacts): Answer {
  if (facts.entities.length > 0) return tellAbout(facts);
  const issue = issueNamed(facts);
  if (issue !== undefined) return newAnswer().say(standing(facts, issue));
  const words = contentWords(facts.message);
  const near = facts.passages.find(({ text }) => overlap(words, text) >= 0.5);
  if (near !== undefined) return newAnswer().say(`All I know of that is what was published: “${near.text}”`).lean(near);
  return offTopic(facts);
}
