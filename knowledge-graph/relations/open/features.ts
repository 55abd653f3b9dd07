// What an open relation looks like, as named features that its confidence is computed from.
import type { Token } from '../../language/token.ts';
import { SPEECH_VERBS } from '../../lexicon/function-words.ts';
import type { Clause } from './clauses.ts';
import type { Span } from './subject-phrase.ts';
import type { NominalRelation } from './nominal.ts';

const lengthOf = ({ from, to }: Span): string => {
  const length = to - from;
  return length <= 1
    ? '1'
    : length <= 3
      ? '3'
      : length <= 6
        ? '6'
        : length <= 10
          ? '10'
          : length <= 16
            ? '16'
            : length <= 24
              ? '24'
              : 'long';
};

function kindOf(tokens: readonly Token[], { from, to }: Span): string {
  const first = tokens[from];
  if (to - from === 1 && first?.pos === 'PRON') return first.lower;
  for (let at = from; at < to; at++) if (tokens[at]?.pos === 'PROPN') return 'name';
  return first?.pos ?? '';
}

const has = (tokens: readonly Token[], { from, to }: Span, test: (token: Token) => boolean): boolean => {
  for (let at = from; at < to; at++) {
    const token = tokens[at];
    if (token !== undefined && test(token)) return true;
  }
  return false;
};

export function clauseFeatures(
  tokens: readonly Token[],
  clause: Clause,
  clauses: readonly Clause[],
  predicateEnd: number,
  object: Span | undefined,
): readonly string[] {
  const { verb, subject, link, complement } = clause;
  const main = tokens[verb.main];
  const features = [
    `link ${link}`,
    `form ${verb.form}`,
    `link ${link} subject ${kindOf(tokens, subject)}`,
    `subject length ${lengthOf(subject)}`,
    `verbs ${Math.min(6, clauses.length)}`,
    `link ${link} object ${object === undefined ? 'none' : lengthOf(object)}`,
  ];
  if (verb.copula) features.push('copula');
  if (verb.passive) features.push('passive');
  if (complement) features.push('complement');
  if (SPEECH_VERBS.has(main?.lemma ?? '')) features.push('speech');
  if (verb.to - verb.from > 1) features.push(`verb length ${Math.min(5, verb.to - verb.from)}`);
  if (predicateEnd > verb.to) features.push(`preposition ${tokens[predicateEnd - 1]?.lower ?? ''}`);
  if (clause.lead !== undefined) features.push('lead');
  if (has(tokens, subject, ({ text }) => text === ',')) features.push('comma in subject');
  if (tokens[clause.end]?.text === ',') features.push('ends at comma');
  if (clause.end >= tokens.length - 1) features.push('ends sentence');
  if (main !== undefined && /\p{Lu}/u.test(main.text)) features.push('capital verb');
  if (object !== undefined) {
    features.push(`opens ${tokens[object.from]?.pos ?? ''}`);
    if (has(tokens, object, ({ text }) => text === ',')) features.push('comma in object');
    if (has(tokens, object, ({ pos }) => pos === 'CCONJ')) features.push('and in object');
    if (!complement && has(tokens, object, ({ pos }) => pos === 'VERB')) features.push('verb in object');
  }
  return features;
}

export function nominalFeatures(
  tokens: readonly Token[],
  kind: NominalRelation['kind'],
  subject: Span,
  object: Span,
): readonly string[] {
  return [
    `kind ${kind}`,
    `kind ${kind} subject ${kindOf(tokens, subject)}`,
    `kind ${kind} object ${kindOf(tokens, object)}`,
    `kind ${kind} subject length ${lengthOf(subject)}`,
    `kind ${kind} object length ${lengthOf(object)}`,
  ];
}
