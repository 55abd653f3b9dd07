// Splits a sentence into clauses: each verb phrase with the words before it that it is said of and the stretch after
// it that belongs to it. Works on tags alone; where the subject cannot be found there is no clause.
import type { Token } from '../../language/token.ts';
import { attach, isStop } from './attach.ts';
import type { Attached, Link } from './attach.ts';
import { RELATIVE } from './noun-phrases.ts';
import type { NounPhrases } from './noun-phrases.ts';
import { isComma } from './subject-phrase.ts';
import type { Span } from './subject-phrase.ts';
import type { VerbPhrase } from './verb-phrases.ts';

export interface Clause {
  readonly verb: VerbPhrase;
  readonly subject: Span;
  readonly link: Link;
  /** Where the clause begins: its conjunction, relative word or subject. */
  readonly start: number;
  /** Where what belongs to the verb ends. */
  readonly end: number;
  /** "In 1941,": adverbial before the subject. */
  readonly lead: Span | undefined;
  /** The clause that is its object, as in "said that …". */
  readonly complement: boolean;
}

export function findClauses(tokens: readonly Token[], nouns: NounPhrases, verbs: readonly VerbPhrase[]): readonly Clause[] {
  const found: Attached[] = [];
  verbs.forEach((verb, index) => {
    const clause = attach(tokens, nouns, verbs, index, found);
    if (clause !== undefined) found.push(clause);
  });
  const settled = settleFronted(found);
  return settled.map((clause, index) => {
    const { end, complement } = endOf(tokens, settled, index);
    return { ...clause, end, complement, lead: leadOf(tokens, clause) };
  });
}

/** The verbs without a subject of their own that open a sentence take that of the next clause. */
function settleFronted(found: readonly Attached[]): readonly Attached[] {
  return found.flatMap((clause, index) => {
    if (clause.link !== 'fronted') return [clause];
    const main = found.slice(index + 1).find(({ link }) => link === 'direct' || link === 'aside');
    return main === undefined ? [] : [{ ...clause, subject: main.subject }];
  });
}

function endOf(
  tokens: readonly Token[],
  clauses: readonly Attached[],
  index: number,
): { readonly end: number; readonly complement: boolean } {
  const clause = clauses[index];
  const { to } = clause?.verb ?? { to: 0 };
  let limit = tokens.length;
  while (limit > to && /^[.!?;]$/.test(tokens[limit - 1]?.text ?? '')) limit--;
  let complement = false;
  for (const next of clauses.slice(index + 1)) {
    if (next.link === 'purpose') continue;
    if (next.start < to) {
      // This clause stands inside the subject or an aside of a later one, which goes on after it.
      if (next.link === 'shared' || next.link === 'fronted' || next.verb.from <= to) continue;
      limit = Math.min(limit, next.verb.from);
      break;
    }
    // "said that X did": the clause is the object.
    const gap = next.start - to;
    const that = tokens[to]?.lower === 'that';
    if (!complement && next.link === 'direct' && !isComma(tokens[next.start]) && (gap <= 0 || (that && gap <= 1))) {
      complement = true;
      continue;
    }
    if (next.link === 'participle' && next.start === next.verb.from) continue;
    if (complement && next.start - to < 60 && !isComma(tokens[next.start])) continue;
    limit = Math.min(limit, next.start);
    break;
  }
  for (let at = to; at < limit; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (/^(;|--|—)$/.test(token.text)) return { end: at, complement };
    if (isComma(token) && !complement && RELATIVE.has(tokens[at + 1]?.lower ?? '')) return { end: at, complement };
  }
  while (limit > to && (isComma(tokens[limit - 1]) || tokens[limit - 1]?.pos === 'CCONJ')) limit--;
  return { end: limit, complement };
}

/** "In 1941 ," before the subject. */
function leadOf(tokens: readonly Token[], { subject, link }: Attached): Span | undefined {
  if (link !== 'direct' || !isComma(tokens[subject.from - 1])) return undefined;
  const to = subject.from - 1;
  let from = to;
  while (from > 0 && !isComma(tokens[from - 1]) && !isStop(tokens[from - 1])) from--;
  if (from !== 0 && tokens[from - 1]?.pos !== 'CCONJ') return undefined;
  const first = tokens[from];
  const verbal = tokens.slice(from, to).some(({ pos }) => pos === 'VERB' || pos === 'AUX');
  return first !== undefined &&
    (first.pos === 'ADP' || /^(this|last|next|earlier|today|yesterday)$/.test(first.lower)) &&
    !verbal &&
    to - from <= 10
    ? { from, to }
    : undefined;
}
