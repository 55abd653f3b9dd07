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

/** Each kind with a blank after it; undefined where the names stand too far apart for any pattern. */
export function readGap(tokens: readonly Token[], from: number, to: number, anchors: readonly Anchor[]): string | undefined {
  if (to - from > LIMIT || to < from) return undefined;
  const kinds: string[] = [];
  for (let at = from; at < to; at++) {
    const anchor = anchors.find((candidate) => candidate.from === at && candidate.to <= to);
    if (anchor !== undefined) {
      kinds.push(nameKind(anchor));
      at = anchor.to - 1;
      continue;
    }
    const kind = kindOf(tokens, at);
    if (kind !== '' && !(kind === 'mod' && kinds.at(-1) === 'mod')) kinds.push(kind);
  }
  // "the Institute (Ipen) in …": a short form set in brackets says nothing more.
  const own = kinds[0] === '(' && kinds[2] === ')' ? kinds.slice(3) : kinds;
  return own.map((kind) => `${kind} `).join('');
}

function nameKind({ cluster }: Anchor): string {
  if (cluster.kind === 'date' || cluster.kind === 'amount') return '#';
  if (cluster.kind === 'concept') return 'mod';
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
      return '#';
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
