// Sentences → clusters of one document: names, concepts, dates and amounts, each token in at most one of them.
import type { Document } from '../contract.ts';
import { commonness } from '../lexicon/common-words.ts';
import { GENERIC_ACRONYMS, typeOfKnownName } from '../lexicon/gazetteer.ts';
import { genderOfGivenName } from '../lexicon/given-names.ts';
import type { Gender } from '../lexicon/given-names.ts';
import { typeOfNameHead } from '../lexicon/heads.ts';
import { isKnownPlace } from '../lexicon/places.ts';
import { GENERIC_NOUNS, STOP_WORDS, VAGUE_ALONE } from '../lexicon/function-words.ts';
import { isAcronym, isMixedCase } from '../language/token.ts';
import type { Sentence, Token, TokenSpan } from '../language/token.ts';
import { findAmounts } from '../spans/amounts.ts';
import { countCases } from '../spans/case-counts.ts';
import type { CaseCounts } from '../spans/case-counts.ts';
import { conceptKey, findConcepts } from '../spans/concepts.ts';
import { isKeyCell } from '../spans/key-cells.ts';
import { findNames } from '../spans/names.ts';
import type { NameSpan } from '../spans/name-span.ts';
import { findDates } from '../time/dates.ts';
import type { Bound } from '../time/dates.ts';
import { evidenceOfContext } from '../typing/context.ts';
import { evidenceOfForm } from '../typing/form.ts';
import type { Wording } from '../typing/wording.ts';
import { addEvidence, addWording, createCluster, entityTypeOf } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { joinAliases } from './aliases.ts';
import { nameKey } from './keys.ts';
import { learnFromColumns } from '../typing/columns.ts';
import { spreadOverLists } from '../typing/lists.ts';

/** Adds a mention; the words of a date may end inside a token, so its exact place is given. */
type Add = (
  cluster: Cluster,
  span: TokenSpan,
  exact?: { readonly start: number; readonly end: number; readonly bound: Bound },
) => void;

export function findClusters(document: Document, sentences: readonly Sentence[]): readonly Cluster[] {
  const cases = countCases(sentences);
  const clusters = new Map<string, Cluster>();
  const taken = sentences.map((sentence) => new Uint8Array(sentence.tokens.length));
  const claim = (span: TokenSpan): boolean => {
    const row = taken[span.sentence];
    if (row === undefined || span.from >= span.to || !isFree(row, span)) return false;
    row.fill(1, span.from, span.to);
    return true;
  };
  const add: Add = (cluster, span, exact) => {
    const sentence = sentences[span.sentence];
    const start = exact?.start ?? sentence?.tokens[span.from]?.start;
    const end = exact?.end ?? sentence?.tokens[span.to - 1]?.end;
    if (start === undefined || end === undefined || !claim(span)) return;
    const key = `${cluster.kind}:${cluster.key}`;
    const known = clusters.get(key) ?? cluster;
    clusters.set(key, known);
    known.mentions.push({
      sentence: span.sentence,
      from: span.from,
      to: span.to,
      start,
      end,
      surface: document.text.slice(start, end),
      ...(exact === undefined ? {} : { bound: exact.bound }),
    });
  };

  addLiterals(document, sentences, add);
  const conceptual = conceptualAcronyms(sentences);
  for (const span of findNames(sentences, cases)) {
    const tokens = sentences[span.sentence]?.tokens.slice(span.from, span.to) ?? [];
    if (tokens.length === 0 || isNumbering(sentences[span.sentence], span)) continue;
    // Where capitals mean little, the recogniser's word stands alone.
    const byCase = (cases.formal || span.wording === undefined) && !isKey(sentences[span.sentence], span);
    if (byCase && (isModifier(sentences, span, conceptual) || isConceptual(tokens, cases, conceptual))) continue;
    addName(sentences, span, tokens, cases, clusters, add);
  }
  const isTaken = (sentence: number, token: number): boolean => taken[sentence]?.[token] === 1;
  for (const span of findConcepts(sentences, cases, isTaken)) {
    const tokens = sentences[span.sentence]?.tokens.slice(span.from, span.to) ?? [];
    const concept = createCluster(conceptKey(tokens), 'concept');
    // Two nouns ("audit log") make a topic more surely than an adjective and a noun ("consistent performance").
    concept.scores.set(
      'concept',
      tokens.length > 1 && tokens.slice(0, -1).every((token) => token.pos === 'NOUN' || isAcronym(token.text)) ? 0.75 : 0.5,
    );
    add(concept, span);
  }
  spreadOverLists(sentences, [...clusters.values()]);
  learnFromColumns(sentences, [...clusters.values()]);
  return joinAliases([...clusters.values()], sentences).filter((cluster) => !isDoubtful(cluster, cases, sentences));
}

function isFree(taken: Uint8Array, { from, to }: TokenSpan): boolean {
  for (let at = from; at < to; at++) if (taken[at] === 1) return false;
  return true;
}

function addName(
  sentences: readonly Sentence[],
  span: NameSpan,
  tokens: readonly Token[],
  cases: CaseCounts,
  clusters: ReadonlyMap<string, Cluster>,
  add: Add,
): void {
  const sentence = sentences[span.sentence];
  const surface = tokens.map((token) => token.text).join(' ');
  const key = nameKey(surface);
  const cluster = clusters.get(`name:${key}`) ?? createCluster(key, 'name', genderOf(span, tokens));
  cluster.pronouns.gender ??= genderOf(span, tokens);
  // The form counts once per cluster, the context once per mention.
  if (cluster.mentions.length === 0) addEvidence(cluster, evidenceOfForm(tokens, cases));
  if (sentence !== undefined && !sentence.headline) addEvidence(cluster, evidenceOfContext(sentence, span));
  if (span.wording !== undefined && isTelling(sentence, tokens, span.wording)) addWording(cluster, span.wording);
  add(cluster, span);
}

/**
 * Whether the recogniser's opinion counts: it knows prose. Labels, cells and headings it has never seen, and the acronyms
 * of technical texts ("URI", "CARD32") look to it like anything.
 */
function isTelling(sentence: Sentence | undefined, tokens: readonly Token[], { kind }: Wording): boolean {
  if (sentence === undefined || !PROSE.has(sentence.block)) return false;
  if (typeOfKnownName(tokens.map((token) => token.lower).join(' ')) !== undefined) return false;
  const [first] = tokens;
  return tokens.length > 1 || first === undefined || !isAcronym(first.text) || !WORDY_KINDS.has(kind);
}

const PROSE = new Set(['paragraph', 'quote']);
/** Kinds of names that are seldom acronyms. */
const WORDY_KINDS = new Set(['person', 'place', 'event', 'law', 'media']);

/** One capitalised word that only ever opens sentences, of no known type: more likely a word than a name. */
function isDoubtful(cluster: Cluster, cases: CaseCounts, sentences: readonly Sentence[]): boolean {
  const type = entityTypeOf(cluster);
  if (cluster.kind !== 'name' || (type !== 'unknown' && type !== 'person')) return false;
  if (!cases.formal && cluster.wordings.size > 0) return false;
  if (cluster.mentions.some((mention) => isKey(sentences[mention.sentence], mention))) return false;
  const forms = [...new Set(cluster.mentions.map(({ surface }) => surface))];
  if (forms.every((form) => NO_NAMES.has(form) || VAGUE_ALONE.has(form.toLowerCase()))) return true;
  if (type === 'person') return false;
  if (forms.some((form) => isMixedCase(form) || isAcronym(form))) return false;
  if (forms.every((form) => isCommonNoun(form.toLowerCase()))) return true;
  if (forms.every((form) => !/\s/.test(form) && cases.capital(form.toLowerCase()) === 0)) return true;
  // Title-cased labels of lists, not sentences: nothing in prose repeats them.
  return cluster.mentions.every(({ sentence, from }) => from < 2 && SHORT_BLOCKS.has(sentences[sentence]?.block ?? 'paragraph'));
}

/** "B. Budget and caps": the letter counts items, it is nobody's initial. */
function isNumbering(sentence: Sentence | undefined, { from, to }: TokenSpan): boolean {
  const [letter, word, next] = sentence?.tokens.slice(0, 3) ?? [];
  if (from !== 0 || to !== 2 || !/^\p{Lu}\.$/u.test(letter?.text ?? '')) return false;
  return commonness(word?.lower.split('-')[0] ?? '') > 0 && !/^(?:VERB|AUX)$/.test(next?.pos ?? '') && next?.text !== ',';
}

const isKey = (sentence: Sentence | undefined, span: TokenSpan): boolean => sentence !== undefined && isKeyCell(sentence, span);

const isCommonNoun = (word: string): boolean =>
  GENERIC_NOUNS.has(word) || VAGUE_ALONE.has(word) || STOP_WORDS.has(word) || /^\S+(ly|tion|tions|ment|ness|ability)$/.test(word);

const SHORT_BLOCKS = new Set(['list-item', 'table-row']);
const NO_NAMES = new Set([
  'Others',
  'Third',
  'Copy',
  'Pro Tip',
  'Tip',
  'Note',
  'Step',
  'Team A',
  'Team B',
  'Figure',
  'Table',
  'Chapter',
  'Day',
  'Part',
]);

/** Gender by form of address, else by given name. */
function genderOf(span: NameSpan, tokens: readonly Token[]): Gender | undefined {
  if (/^(mr\.?|sir|lord|king|father|brother|uncle|grandfather)\b/.test(span.title ?? '')) return 'male';
  if (/^(mrs\.?|ms\.?|miss|lady|dame|queen|mother|sister|aunt|grandmother|madam)\b/.test(span.title ?? '')) return 'female';
  return genderOfGivenName(tokens[0]?.text ?? '');
}

function addLiterals(document: Document, sentences: readonly Sentence[], add: Add): void {
  sentences.forEach((sentence, index) => {
    const text = document.text.slice(sentence.start, sentence.end);
    for (const { start, end, bound, from, to, precision } of findDates(text, document.publishedAt)) {
      const span = tokensAround(sentence, index, start, end);
      if (span === undefined) continue;
      const cluster = createCluster(`${from}/${to}/${precision}`, 'date', undefined, { from, to, precision });
      add(cluster, span, { start: sentence.start + start, end: sentence.start + end, bound });
    }
    for (const amount of findAmounts(text)) {
      const span = tokensIn(sentence, index, amount.start, amount.end);
      if (span !== undefined)
        add(createCluster(text.slice(amount.start, amount.end).toLowerCase().replaceAll(/\s+/g, ' '), 'amount'), span);
    }
  });
}

/** The tokens that a stretch of the sentence touches. */
function tokensAround(sentence: Sentence, index: number, start: number, end: number): TokenSpan | undefined {
  const from = sentence.tokens.findIndex((token) => token.end > sentence.start + start);
  const to = sentence.tokens.findLastIndex((token) => token.start < sentence.start + end) + 1;
  return from >= 0 && to > from ? { sentence: index, from, to } : undefined;
}

/** The tokens that cover a stretch of the sentence exactly, if tokens end where it ends. */
function tokensIn(sentence: Sentence, index: number, start: number, end: number): TokenSpan | undefined {
  const from = sentence.tokens.findIndex((token) => token.start === sentence.start + start);
  const to = sentence.tokens.findIndex((token) => token.end === sentence.start + end) + 1;
  return from >= 0 && to > from ? { sentence: index, from, to } : undefined;
}

/** Acronyms that mostly stand before a common noun ("MCP gateway"): parts of concepts there. */
function conceptualAcronyms(sentences: readonly Sentence[]): ReadonlySet<string> {
  const modifier = new Map<string, number>();
  const all = new Map<string, number>();
  for (const { tokens } of sentences) {
    tokens.forEach((token, index) => {
      if (!isAcronym(token.text)) return;
      all.set(token.text, (all.get(token.text) ?? 0) + 1);
      if (tokens[index + 1]?.pos === 'NOUN') modifier.set(token.text, (modifier.get(token.text) ?? 0) + 1);
    });
  }
  const found = [...all].filter(([text, count]) => {
    const type = typeOfKnownName(text.toLowerCase());
    if (GENERIC_ACRONYMS.has(text) || type === 'concept') return true;
    return type === undefined && !isKnownPlace(text.toLowerCase()) && (modifier.get(text) ?? 0) >= Math.max(2, count * 0.4);
  });
  return new Set(found.map(([text]) => text));
}

/** A conceptual acronym right before a noun belongs to that noun's phrase; a generic one is never a name. */
function isModifier(sentences: readonly Sentence[], span: NameSpan, conceptual: ReadonlySet<string>): boolean {
  const tokens = sentences[span.sentence]?.tokens ?? [];
  const run = tokens.slice(span.from, span.to);
  if (!run.every((token) => conceptual.has(token.text))) return false;
  if (run.every((token) => GENERIC_ACRONYMS.has(token.text))) return true;
  return tokens[span.to]?.pos === 'NOUN';
}

/** Capitalised common words ("AI Gateway", "Virtual Keys"): a concept in its Sunday clothes, not a name. */
function isConceptual(tokens: readonly Token[], cases: CaseCounts, conceptual: ReadonlySet<string>): boolean {
  const last = tokens.at(-1);
  if (last === undefined || tokens.some((token) => isMixedCase(token.text) && !GENERIC_ACRONYMS.has(token.text))) return false;
  const text = tokens.map((token) => token.lower).join(' ');
  if (typeOfKnownName(text) !== undefined || isKnownPlace(text)) return false;
  const head = typeOfNameHead(last.lower);
  if (head !== undefined && head !== 'product' && tokens.length > 1) return false;
  const isNoun = (token: Token): boolean => cases.noun(token.lower) > 0 || cases.noun(token.lower.replace(/s$/, '')) > 0;
  if (tokens.length === 1) return isNoun(last) || GENERIC_NOUNS.has(last.lower) || STOP_WORDS.has(last.lower);
  const common = (token: Token): boolean =>
    conceptual.has(token.text) || GENERIC_ACRONYMS.has(token.text) || cases.lower(token.lower) > 0 || isNoun(token);
  return (
    tokens.every(common) &&
    (isNoun(last) || conceptual.has(last.text) || GENERIC_ACRONYMS.has(last.text) || GENERIC_NOUNS.has(last.lower))
  );
}
