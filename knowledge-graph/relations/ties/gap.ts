// The words between two names as a short line of kinds, so that patterns over them can be read: ", the ROLE of the".
import type { Anchor } from '../../coreference/resolve.ts';
import type { Token } from '../../language/token.ts';
import { words } from '../../lexicon/words.ts';
import { HONORIFICS } from '../../lexicon/titles.ts';
import { typeOf } from '../fact.ts';
import { isRoleNoun } from '../role-nouns.ts';

/** Verbs of killing by lemma; "shoot" and "stab" count as such, as news use them. */
const KILLING = words('kill murder assassinate slay shoot execute strangle poison behead stab gun lynch');
const KILLERS = words('assassin killer murderer slayer gunman shooter');
const KILLINGS = words('assassination murder killing slaying shooting death');

const LIMIT = 24;

/** Each kind of `[from, to)` with a blank after it; undefined where the names stand too far apart for any pattern. */
export type ReadGap = (from: number, to: number) => string | undefined;

/** Reads gaps of one sentence. Topics are read by their words: "mayor" is an office, whether or not it is a topic. */
export function createGapReader(tokens: readonly Token[], anchors: readonly Anchor[]): ReadGap {
  const named = new Map<number, { readonly to: number; readonly kind: string }>();
  for (const anchor of anchors)
    if (anchor.cluster.kind !== 'concept' && !named.has(anchor.from))
      named.set(anchor.from, { to: anchor.to, kind: nameKind(anchor) });
  const kinds: string[] = [];
  return (from, to) => {
    if (to - from > LIMIT || to < from) return undefined;
    let [line, last] = ['', ''];
    for (let at = from; at < to; at++) {
      const name = named.get(at);
      const isInside = name !== undefined && name.to <= to;
      const kind = isInside ? name.kind : (kinds[at] ??= kindOf(tokens, at));
      if (isInside) at = name.to - 1;
      if (kind === '' || (kind === 'mod' && last === 'mod')) continue;
      line += `${kind} `;
      last = kind;
    }
    // "the Institute (Ipen) in …": a short form set in brackets says nothing more.
    return line.startsWith('(') ? line.replace(/^\( \S+ \) /, '') : line;
  };
}

function nameKind({ cluster }: Anchor): string {
  if (cluster.kind === 'date' || cluster.kind === 'amount') return '#';
  const type = typeOf(cluster);
  return type === 'person' ? 'PERSON' : type === 'place' ? 'PLACE' : 'NAME';
}

function kindOf(tokens: readonly Token[], at: number): string {
  const token = tokens[at];
  if (token === undefined) return '';
  const { lower, lemma, pos, text } = token;
  if (/^["'`“”‘’]+$/.test(text) && pos === 'PUNCT') return '';
  if (pos === 'PUNCT' || pos === 'SYM') return text;
  if (KILLERS.has(lower)) return 'KILLER';
  if ((pos === 'VERB' || lower.endsWith('ing')) && KILLING.has(lemma === lower ? lower.replace(/(?:ed|ing)$/, '') : lemma))
    return lower.endsWith('ing') ? 'KILLING' : 'KILL';
  if (lower === 'shot' || lower === 'slain') return 'KILL';
  if (KILLINGS.has(lower)) return 'KILLING';
  if (HONORIFICS.has(lower)) return 'TITLE';
  if (isRoleNoun(token)) return 'ROLE';
  if (lower === "'s" || lower === '’s') return "'s";
  switch (pos) {
    case 'DET':
      return 'the';
    case 'PRON':
      return /^(who|which|that)$/.test(lower) ? 'who' : /^(his|her|their|its)$/.test(lower) ? 'his' : 'pron';
    case 'NUM':
      // An age is written in digits; "one of the first" is none.
      return /\d/.test(text) ? '#' : 'mod';
    case 'ADJ':
    case 'NOUN':
    case 'PROPN':
      return lower === 'native' || lower === 'resident' || lower === 'citizen' ? 'native' : 'mod';
    case 'AUX':
      return lemma === 'be' ? 'be' : 'aux';
    case 'ADV':
      return lower === 'not' ? 'not' : '';
    case 'VERB':
      return lemma === 'bear' || lower === 'born'
        ? 'born'
        : lemma === 'remain' || lemma === 'become'
          ? 'be'
          : lower === 'based' || lower === 'headquartered' || lower === 'located'
            ? 'based'
            : lemma === 'work' || lemma === 'live'
              ? lemma
              : 'verb';
    case 'CCONJ':
      return 'and';
    default:
      return lower;
  }
}
