// Relations that a noun says: "Bern is the capital of Switzerland", "Ada, the daughter of Byron,", "Acme's rival Kestrel".
import type { Anchor } from '../coreference/resolve.ts';
import type { Token } from '../language/token.ts';
import { HONORIFICS } from '../lexicon/titles.ts';
import { fact, typeOf } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { isDoubted } from './hedges.ts';
import { isPossessive } from './open/noun-phrases.ts';
import { isRelationalNoun, readNoun } from './predicates.ts';
import type { VerbGroup } from './verb-groups.ts';

const LONGEST = 9;
const CONFIDENCE = 0.8;

export function findNounFacts({ sentence, anchors, groups }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  const named = anchors.filter(({ cluster }) => cluster.kind === 'name');
  return named.flatMap((left, index): readonly Fact[] => {
    const right = named[index + 1];
    if (right === undefined || left.cluster === right.cluster || right.from - left.to > LONGEST) return [];
    const said = (subject: Anchor, object: Anchor, at: number): readonly Fact[] => {
      const group = groups.find(({ verb }) => verb >= left.to && verb < at) ?? plain(left.to, at);
      const predicate = readNoun(tokens[at]?.lemma ?? '', typeOf(subject.cluster), typeOf(object.cluster));
      const found = predicate === undefined ? [] : [fact(sentence, group, subject, object, predicate, CONFIDENCE)];
      const end = tokens[at]?.end ?? 0;
      return found.map((one) => ({
        ...one,
        end: Math.max(one.end, end),
        modality: isDoubted(tokens.slice(left.to, at)) ? 'possible' : one.modality,
      }));
    };
    const at = nounBetween(tokens, left.to, right.from);
    if (at !== undefined && opensLikeA(tokens, left.to, at) && joinsWithOf(tokens, at + 1, right.from))
      return said(left, right, at);
    // "Acme's rival(,) Kestrel": the second is the first one's rival.
    if (at !== undefined)
      return isPossessive(tokens[left.to]) && tokens.slice(at + 1, right.from).every(isCommaOrTitle) ? said(right, left, at) : [];
    // "Ada, Byron's daughter,"
    const after = isPossessive(tokens[right.to]) ? nounBetween(tokens, right.to + 1, right.to + 4) : undefined;
    const isAside = tokens[left.to]?.text === ',' && tokens.slice(left.to, right.from).every(isCommaOrTitle);
    return after !== undefined && isAside ? said(left, right, after) : [];
  });
}

const isCommaOrTitle = ({ text, lower }: Token): boolean => text === ',' || HONORIFICS.has(lower);

function nounBetween(tokens: readonly Token[], from: number, to: number): number | undefined {
  for (let at = to - 1; at >= from; at--) {
    const token = tokens[at];
    if (token !== undefined && /^(NOUN|PROPN|ADJ)$/.test(token.pos) && isRelationalNoun(token.lemma)) return at;
  }
  return undefined;
}

/** "is the", ", a former": a copula or a comma, then nothing but what describes the noun. */
function opensLikeA(tokens: readonly Token[], from: number, to: number): boolean {
  let at = from;
  if (tokens[at]?.text === ',') at++;
  while (tokens[at]?.pos === 'AUX' || (at > from && tokens[at]?.lower === 'not')) at++;
  if (at === from || (tokens[at - 1]?.pos === 'AUX' && tokens[at - 1]?.lemma !== 'be')) return false;
  return tokens
    .slice(at, to)
    .every(({ pos }) => pos === 'DET' || pos === 'ADJ' || pos === 'NOUN' || pos === 'PROPN' || pos === 'ADV' || pos === 'NUM');
}

function joinsWithOf(tokens: readonly Token[], from: number, to: number): boolean {
  const [first, ...rest] = tokens.slice(from, to);
  return (
    first !== undefined &&
    (first.lower === 'of' || first.lower === 'to') &&
    rest.every(({ pos, lower }) => pos === 'DET' || pos === 'ADJ' || pos === 'NOUN' || HONORIFICS.has(lower))
  );
}

const plain = (from: number, to: number): VerbGroup => ({
  from,
  to,
  verb: from,
  lemma: 'be',
  particle: undefined,
  passive: false,
  polarity: 'affirmed',
  modality: 'asserted',
  infinitive: false,
});
