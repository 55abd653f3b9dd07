// Putting a talking point into words: as one's own sentence, as a quotation, or as what somebody is said to have said.
// Invariant: words between quotation marks are the document's own, but for a capital and the last mark.
import type { TalkingPoint } from '../../contract.ts';
import { capital, isGeneralRemark, nameOf, withArticle } from '../../population/index.ts';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { Speaker } from './speaker.ts';
import { firstPerson, inClause, quoted, quotedComma, sentence, shortened } from './wording.ts';

/** {P} = the quotation with its end, {B} = the words without marks, {C} = the quotation before a comma, {S} = the one who said it. */
const SAID = {
  own: [
    '{S}: {P}',
    'As {S} put it: {P}',
    '{C} says {S}.',
    '{S} said it: {P}',
    'I am with {S} here: {P}',
    '{S} has it right: {P}',
    'In the words of {S}: {P}',
  ],
  other: [
    '{S} says: {P}',
    '{C} says {S}.',
    'So {S} claims: {P}',
    '{S} would have us believe this: {P}',
    'The line from {S}: {P}',
    'Now it is {S} again: {P}',
  ],
  torn: ['{S} says: {P}', '{C} says {S}.', 'What {S} says gives me pause: {P}', 'Then there is {S}: {P}'],
  body: ['{S}: {P}', '{C} says {S}.', '{S} states: {P}', 'In the words of {S}: {P}'],
} as const;

const HEARD = {
  own: [
    'One line stayed with me: {P}',
    'From the coverage: {P}',
    'I read this and nodded: {P}',
    'Worth repeating: {P}',
    'It is there in black and white: {P}',
    'Found this in the reports: {P}',
    '{P} I could not have said it better.',
  ],
  other: [
    'People keep saying: {P}',
    'I keep reading: {P}',
    'The argument goes: {P}',
    'We are told: {P}',
    '{P} So they say.',
    'Their best line: {P}',
    'And then one reads: {P}',
  ],
  torn: [
    'One argument goes: {P}',
    'I read this twice: {P}',
    'On the one hand: {P}',
    'Someone explain this to me: {P}',
    'This is what I am chewing on: {P}',
  ],
  body: ['It is reported: {P}', 'From the reports: {P}', 'It has been said: {P}', 'On the record: {P}'],
} as const;

/** A bare proposition is in no report: it is what people say. */
const SAYING = {
  own: ['My bet: {B}', 'I am convinced: {B}', 'Mark my words: {B}', '{B}', '{B}', 'Short version: {B}'],
  other: [
    'People keep saying: {P}',
    'I keep hearing: {P}',
    'The argument goes: {P}',
    '{P} So they say.',
    'The other side has one answer: {P}',
  ],
  torn: ['One argument goes: {P}', 'Some say: {P}', 'I hear this a lot: {P}', 'On the one hand: {P}'],
  body: ['We often hear: {P}', 'A frequent argument: {P}'],
} as const;

const NEWS = [
  'Just in: {P}',
  'The news today: {P}',
  'You will have seen it: {P}',
  'So now we know: {P}',
  'Breaking: {P}',
  'Everybody is sharing this: {P}',
] as const;

const DOCUMENT_LENGTH = 240;
const NEWS_LENGTH = 170;

const textOf = (point: TalkingPoint): string =>
  shortened(point.text, point.origin === 'intervention' ? NEWS_LENGTH : DOCUMENT_LENGTH);

/** The point in words, by the author's side. `slot` keeps two points of one post apart. */
export function framed(speaker: Speaker, point: TalkingPoint, side: Speaker['side'], slot: number): string {
  const text = textOf(point);
  const { recipe, isBody } = speaker;
  if (point.speaker === recipe.agent) return sentence(text);
  if (point.origin === 'intervention') return fill(speaker.pick(slot, NEWS), text, '');
  const bankSide = isBody ? 'body' : side;
  const plain = !firstPerson(text) && side === 'own';
  // A proposition may always be said as one's own; what was said as fact mostly is.
  if (point.origin === 'proposition') {
    if (plain && (isBody || isGeneralRemark(text))) return sentence(text);
    return fill(speaker.pick(slot, plain ? SAYING.own : SAYING[bankSide]), text, '');
  }
  if (isReport(text) && side !== 'torn') return sentence(text);
  if (point.speaker === undefined) {
    if (plain && speaker.draw(slot + 1) < 0.62) return sentence(text);
    return fill(speaker.pick(slot, HEARD[bankSide]), text, '');
  }
  if (plain && !isBody && speaker.draw(slot + 1) < 0.4) return sentence(text);
  const name = speakerName(speaker, point.speaker);
  const clause = firstPerson(text) ? undefined : inClause(text);
  if (clause !== undefined && speaker.draw(slot + 2) < 0.3) return `According to ${name}, ${clause}.`;
  return fill(speaker.pick(slot, SAID[bankSide]), text, name);
}

/** The second of two points that somebody weighs. */
export function thenAgain(speaker: Speaker, point: TalkingPoint): string {
  const text = textOf(point);
  return point.speaker === undefined
    ? fill('Then again: {P}', text, '')
    : fill('Then again, {S} says: {P}', text, speakerName(speaker, point.speaker));
}

/** Tells who did or said something rather than why: one can side with the doer, hardly agree with the sentence. */
export const isReport = (text: string): boolean =>
  /^(?:[^.!?]{0,60}?\p{Lu}[^.!?]{0,40}?)\b(supports?|opposes?|opposed|backs|backed|announced|announces|welcomed|welcomes|criticised|criticized|criticises|rejected|rejects|protested|demanded|demands|called for|calls for|voted|endorsed|endorses|proposed|proposes|warned|launched|launches|filed|sued)\b/u.test(
    text,
  );

function speakerName({ population }: Speaker, agent: number): string {
  const type = ACTOR_TYPES[population.columns.actorType[agent] ?? 0];
  return withArticle(nameOf(population, agent), type === 'person');
}

function fill(pattern: string, text: string, name: string): string {
  // By function, so that a dollar sign in a text is not read as a reference.
  const filled = pattern
    .replace('{P}', () => quoted(text))
    .replace('{C}', () => quotedComma(text))
    .replace('{B}', () => sentence(text))
    .replace('{S}', () => name);
  return capital(filled);
}
