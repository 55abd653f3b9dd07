// The grammar of a post: which sentences, in which order. Every function returns parts; `need` marks those that stay
// when a short platform forces some out.
import type { TalkingPoint } from '../../contract.ts';
import { isGeneralRemark } from '../../population/index.ts';
import { angle } from './angle.ts';
import { framed, isReport, thenAgain } from './frames.ts';
import { preference } from './preference.ts';
import { SIDING } from './phrases/siding.ts';
import { namesItself } from './speaker.ts';
import type { Speaker } from './speaker.ts';
import { verdict } from './verdict.ts';

export interface Part {
  readonly text: string;
  readonly need: boolean;
}

const need = (text: string): Part => ({ text, need: true });
const may = (text: string): Part => ({ text, need: false });

const byStrength = (
  speaker: Speaker,
  bank: { readonly strong: readonly string[]; readonly mild: readonly string[] },
  slot: number,
): string => speaker.pick(slot, speaker.strong ? bank.strong : bank.mild);

/** What one says after a point that one shares, and after one that one does not. */
const concurrence = (speaker: Speaker): string => siding(speaker, 'own') ?? byStrength(speaker, speaker.phrases.concur, 6);
const dissension = (speaker: Speaker): string => siding(speaker, 'other') ?? byStrength(speaker, speaker.phrases.dissent, 6);

/** After a report of what somebody did, one sides with them or not. */
function siding(speaker: Speaker, side: 'own' | 'other'): string | undefined {
  const { point, register, isBody, recipe } = speaker;
  if (point === undefined || point.origin !== 'document' || point.speaker === recipe.agent || !isReport(point.text))
    return undefined;
  const bank = register === 'journalistic' ? SIDING.newsroom : isBody ? SIDING.body : SIDING.person;
  return speaker.pick(6, bank[side]);
}

/** A post of one's own (and what goes with a quoted post beyond its first words). */
export function statement(speaker: Speaker): readonly Part[] {
  const { point, side } = speaker;
  if (point === undefined) return withoutPoint(speaker);
  if (side === 'own') return argue(speaker, point);
  if (side === 'other') return rebut(speaker, point);
  return ponder(speaker, point);
}

/** The rejected answer's rival and its case, as parts. */
const rather = (speaker: Speaker): readonly Part[] => {
  const [wish, reason] = preference(speaker);
  return wish === undefined || reason === undefined ? [] : [need(wish), may(reason)];
};

function argue(speaker: Speaker, point: TalkingPoint): readonly Part[] {
  const { phrases, recipe } = speaker;
  if (isGeneralRemark(point.text) && speaker.draw(69) < 0.75) {
    const better = rather(speaker);
    if (better.length > 0) return [need(framed(speaker, point, 'own', 1)), ...better];
  }
  const said = need(framed(speaker, point, 'own', 1));
  const lead = may(speaker.pick(5, phrases.lead));
  const concur = may(concurrence(speaker));
  const close = may(speaker.pick(7, phrases.close));
  const stand = may(verdict(speaker));
  const self = may(angle(speaker));
  const u = speaker.draw(4);
  if (recipe.platformKind === 'microblog') {
    if (u < 0.14) return [said];
    if (u < 0.34) return [said, concur];
    if (u < 0.46) return [lead, said];
    if (u < 0.56) return [stand, said];
    if (u < 0.68) return [said, self, concur];
    if (u < 0.78) return [said, stand];
    if (u < 0.88) return [lead, said, concur];
    return [said, close];
  }
  const second = another(speaker, point, 1);
  const parts = [speaker.draw(8) < 0.5 ? lead : undefined, said, concur];
  if (speaker.draw(9) < 0.4) parts.push(self);
  if (second !== undefined && speaker.draw(10) < 0.4) parts.push(may(framed(speaker, second, 'own', 40)));
  if (speaker.draw(11) < 0.45) parts.push(stand);
  if (speaker.draw(12) < 0.35) parts.push(close);
  return parts.filter((part) => part !== undefined);
}

function rebut(speaker: Speaker, point: TalkingPoint): readonly Part[] {
  const { phrases, recipe } = speaker;
  const said = need(framed(speaker, point, 'other', 1));
  const dissent = need(dissension(speaker));
  const stand = may(verdict(speaker));
  const counter = another(speaker, point, -1);
  const answer = counter === undefined ? stand : may(framed(speaker, counter, 'own', 40));
  const u = speaker.draw(4);
  if (recipe.platformKind === 'microblog') {
    if (u < 0.4) return [said, dissent];
    if (u < 0.6) return [said, dissent, stand];
    if (u < 0.8) return [said, dissent, answer];
    return [said, dissent, may(angle(speaker))];
  }
  const parts = [said, dissent];
  if (speaker.draw(8) < 0.65) parts.push(answer);
  if (speaker.draw(9) < 0.3) parts.push(may(angle(speaker)));
  if (speaker.draw(10) < 0.45) parts.push(stand);
  if (speaker.draw(11) < 0.3) parts.push(may(speaker.pick(7, phrases.close)));
  return parts;
}

function ponder(speaker: Speaker, point: TalkingPoint): readonly Part[] {
  const { phrases, recipe } = speaker;
  const parts = [need(framed(speaker, point, 'torn', 1)), need(speaker.pick(6, phrases.torn))];
  const against = another(speaker, point, -1, 'document');
  if (against !== undefined && (recipe.platformKind === 'forum' || speaker.draw(8) < 0.3)) {
    parts.splice(1, 0, may(thenAgain(speaker, against)));
  }
  // A question needs somebody who was addressed.
  if (speaker.draw(9) < 0.4) parts.push(may(speaker.pick(7, recipe.kind === 'post' ? phrases.close : phrases.ask)));
  return parts;
}

function withoutPoint(speaker: Speaker): readonly Part[] {
  const { phrases, recipe } = speaker;
  const stand = Math.abs(recipe.stance) < 0.12 ? speaker.pick(6, phrases.torn) : verdict(speaker);
  // A lead promises something to be said; here there is only where one stands, and, among rival answers, on which.
  const names = stand.includes(speaker.issue.label) || !speaker.rivals;
  const parts = [...(names ? [] : [may(`“${speaker.issue.label}”?`)]), need(stand), may(angle(speaker))];
  if (speaker.draw(9) < 0.5) parts.push(may(speaker.pick(7, phrases.close)));
  return parts;
}

/** An answer to, or a comment on, somebody else's post: takes its side, opposes it, or asks. */
export function answer(speaker: Speaker): readonly Part[] {
  const { recipe, phrases, point, side } = speaker;
  const parent = recipe.parent;
  if (parent === undefined) return statement(speaker);
  const accord = recipe.stance * parent.stance;
  const torn = Math.abs(recipe.stance) < 0.12;
  const asks = torn || (accord < 0 && speaker.draw(13) < 0.22);
  const first = speaker.pick(14, asks ? phrases.ask : accord < 0 ? phrases.disagree : phrases.agree);
  const parts: Part[] = [need(first)];
  const repeats = point !== undefined && point.index === parent.point;
  if (torn) parts.push(may(speaker.pick(6, phrases.torn)));
  else if (point === undefined || repeats) {
    parts.push(may(accord < 0 ? dissension(speaker) : concurrence(speaker)));
    const own = another(speaker, point, side === 'other' ? -1 : 1);
    if (own !== undefined && speaker.draw(15) < 0.5) parts.push(may(framed(speaker, own, 'own', 40)));
  } else if (side === 'own') {
    parts.push(need(framed(speaker, point, 'own', 1)));
    const better = isGeneralRemark(point.text) ? rather(speaker) : [];
    if (better.length > 0) return [...parts, ...better];
    if (speaker.draw(15) < 0.45) parts.push(may(concurrence(speaker)));
  } else if (accord < 0) {
    parts.push(need(framed(speaker, point, 'other', 1)), may(dissension(speaker)));
  } else {
    // Among those who agree, one adds to the case; taking on the other side is for those who differ.
    const own = another(speaker, point, -1);
    parts.push(own === undefined ? need(verdict(speaker)) : need(framed(speaker, own, 'own', 40)));
    if (speaker.draw(15) < 0.35) parts.push(may(concurrence(speaker)));
  }
  const long = recipe.platformKind === 'forum';
  if (!torn && speaker.draw(16) < (long ? 0.35 : 0.18)) parts.push(may(verdict(speaker)));
  if (speaker.draw(17) < (long ? 0.3 : 0.12)) parts.push(may(angle(speaker)));
  if (long && parts.length < 3) parts.push(may(speaker.pick(7, phrases.close)));
  return parts;
}

/** Another point of the same issue, on the same side as `point` (`like` = 1) or the other (−1); the author's own side without one. */
function another(
  speaker: Speaker,
  point: TalkingPoint | undefined,
  like: 1 | -1,
  origin?: TalkingPoint['origin'],
): TalkingPoint | undefined {
  const wanted = point === undefined ? Math.sign(speaker.recipe.stance) : Math.sign(point.lean) * like;
  const fits = (other: TalkingPoint): boolean =>
    other.issue === speaker.issue.index &&
    other.index !== point?.index &&
    other.lean * wanted > 0 &&
    (origin === undefined ? other.origin !== 'intervention' : other.origin === origin) &&
    !namesItself(speaker.population, speaker.recipe.agent, other) &&
    other.text.length <= 170;
  let count = 0;
  for (const other of speaker.points) if (fits(other)) count++;
  let left = Math.floor(speaker.draw(50) * count);
  for (const other of speaker.points) if (fits(other) && left-- === 0) return other;
  return undefined;
}
