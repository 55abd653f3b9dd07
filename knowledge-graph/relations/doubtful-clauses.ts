// Clauses that may not say what they seem to: titles, notes, what is caused or asked for, what hangs on something else.
// Works on tags alone; a clause that is doubtful gives no fact.
import { isVerbal, startsCapital } from '../language/token.ts';
import type { Sentence, Token } from '../language/token.ts';
import type { SentenceView } from './fact.ts';
import type { Clause } from './open/clauses.ts';
import { isPossessive } from './open/noun-phrases.ts';
import type { Span } from './open/subject-phrase.ts';

export const isDoubtfulClause = (view: SentenceView, clause: Clause): boolean =>
  isDoubtful(view.sentence, clause) || (clause.link === 'shared' && isAnothers(view, clause));

/** A capital within a sentence opens a title, not a verb; in notes a past form may be what was done to the thing. */
function isDoubtful({ tokens }: Sentence, { verb, link, start, subject }: Clause): boolean {
  if (verb.main > 0 && startsCapital(tokens[verb.main]?.text ?? '')) return true;
  if (link === 'purpose' && verb.passive) return true;
  const before = tokens[subject.from - 1];
  // "the book by Ada is …", "a firm based in Bern founded by Ada": of what stands further before, perhaps.
  if ((link === 'direct' || (link === 'participle' && start === verb.from)) && isHung(before)) return true;
  // "Built by Ada and sold to Bo, the house, …": the subject must follow at once.
  if (link === 'fronted' && before?.text !== ',') return true;
  if (opensWithGerund(tokens, subject) || isCaused(tokens, subject)) return true;
  if (verb.form === 'participle' && link === 'direct' && isModifier(tokens, verb, subject)) return true;
  // "a layer using keys", "explains how to build it, using keys": may say "using" of anything before.
  if (link === 'participle' && verb.form === 'gerund')
    return (
      start === verb.from ||
      tokens.slice(0, subject.from).some(isVerbal) ||
      tokens.slice(subject.to, start).filter(({ pos }) => pos === 'VERB').length > 1
    );
  return !isClosed(tokens) && (link !== 'direct' || !isOvertlyFinite(tokens, verb));
}

const isHung = (token: Token | undefined): boolean =>
  token?.pos === 'ADP' && /^(by|of|with|from|at|on|for|in|into)$/.test(token.lower);

/** "asks them to read it or sign it", "explains how it works with emulation or dedicated hardware": not what the subject does. */
function isAnothers({ sentence: { tokens }, groups }: SentenceView, { verb, subject }: Clause): boolean {
  if (tokens.slice(verb.from, verb.main).some(({ pos }) => pos === 'AUX')) return false;
  const before = groups.findLast((group) => group.verb < verb.main);
  const isChained = (at: number): boolean => groups.some((group) => group.from < at && at < group.verb);
  for (let at = subject.to; at < verb.from; at++) if (opensInfinitive(tokens, at) && !isChained(at)) return true;
  const earlier = tokens[before?.verb ?? -1];
  const isPast = earlier === undefined || (earlier.lower !== earlier.lemma && !earlier.lower.endsWith('s'));
  return verb.form === 'participle' && !isPast;
}

/** "to read", "to either read" */
function opensInfinitive(tokens: readonly Token[], at: number): boolean {
  let next = at + 1;
  while (/^(ADV|CCONJ)$/.test(tokens[next]?.pos ?? '')) next++;
  return tokens[at]?.lower === 'to' && tokens[next]?.pos === 'VERB';
}

const isDoing = (token: Token | undefined): boolean =>
  token !== undefined && token.lower.length > 5 && token.lower.endsWith('ing') && /^(VERB|NOUN|PROPN|ADJ)$/.test(token.pos);

/** "Raising the limit requires …": the doing is the subject, not what is done to. */
function opensWithGerund(tokens: readonly Token[], { from }: Span): boolean {
  let at = from;
  if (/^(DET|ADJ|NUM)$/.test(tokens[at - 1]?.pos ?? '')) at--;
  const opens = (place: number): boolean => place === 0 || /^(CCONJ|PUNCT|SCONJ)$/.test(tokens[place - 1]?.pos ?? '');
  const before = tokens[at - 1];
  if (isDoing(before)) return opens(at - 1);
  return isDoing(tokens[from]) && opens(from) && /^(DET|ADJ|NOUN|PROPN)$/.test(tokens[from + 1]?.pos ?? '');
}

/** "a U.S. based operator", "the storage required for the tools": says which, and is no clause. */
function isModifier(tokens: readonly Token[], { from, main, to }: Clause['verb'], subject: Span): boolean {
  if (tokens.slice(from, main).some(({ pos }) => pos === 'AUX')) return false;
  const next = tokens[to];
  if (
    /^(required|needed|used|based|intended|designed|known|called|named)$/.test(tokens[main]?.lower ?? '') &&
    next?.pos === 'ADP'
  )
    return true;
  return /^(NOUN|ADJ)$/.test(next?.pos ?? '') && /^an?$/.test(tokens[subject.from]?.lower ?? '');
}

/** "helps the maintainers provide …", "lets users choose …": what is made possible, not what is done. */
function isCaused(tokens: readonly Token[], { from }: Span): boolean {
  let at = from - 1;
  while (/^(DET|ADJ|NUM|NOUN|PROPN)$/.test(tokens[at]?.pos ?? '') || isPossessive(tokens[at])) at--;
  return tokens[at]?.pos === 'VERB' && /^(help|let|make|have|see|watch|hear)$/.test(tokens[at]?.lemma ?? '');
}

const isClosed = (tokens: readonly Token[]): boolean => /^[.!?…"”’)。！？:;]$/.test(tokens.at(-1)?.text ?? '');

/** "sees", "is read", "can read": no note leaves that open. */
function isOvertlyFinite(tokens: readonly Token[], { from, main }: Clause['verb']): boolean {
  const verb = tokens[main];
  return (
    tokens.slice(from, main + 1).some(({ pos }) => pos === 'AUX') ||
    (verb !== undefined && verb.lower !== verb.lemma && verb.lower.endsWith('s'))
  );
}

/** "if X …", "whether X …", "when X is …", and questions. */
export function isConditional(tokens: readonly Token[], { start, subject, verb }: Clause): boolean {
  for (let at = Math.max(0, start - 1); at < subject.from; at++) {
    const word = tokens[at]?.lower ?? '';
    if (/^(if|unless|whether|until)$/.test(word) || (/^(when|whenever|once)$/.test(word) && isPresent(tokens[verb.from])))
      return true;
  }
  return tokens.at(-1)?.text === '?';
}

const isPresent = (token: Token | undefined): boolean =>
  token !== undefined &&
  (token.lower === token.lemma || token.lower.endsWith('s') || /^(are|am)$/.test(token.lower)) &&
  token.lower !== 'was';
