// Sentences → clusters of one document: names, concepts, dates and amounts, each token in at most one of them.
import type { Document } from '../contract.ts';
import { GENERIC_ACRONYMS, typeOfKnownName } from '../lexicon/gazetteer.ts';
import { genderOfGivenName } from '../lexicon/given-names.ts';
import { typeOfNameHead } from '../lexicon/heads.ts';
import { isKnownPlace } from '../lexicon/places.ts';
import { GENERIC_NOUNS, STOP_WORDS } from '../lexicon/function-words.ts';
import { isAcronym, isMixedCase } from '../language/token.ts';
import type { Sentence, Token, TokenSpan } from '../language/token.ts';
import { findAmounts } from '../spans/amounts.ts';
import { countCases } from '../spans/case-counts.ts';
import type { CaseCounts } from '../spans/case-counts.ts';
import { conceptKey, findConcepts } from '../spans/concepts.ts';
import { findNames } from '../spans/names.ts';
import type { NameSpan } from '../spans/names.ts';
import { findDates } from '../time/dates.ts';
import { evidenceOfContext } from '../typing/context.ts';
import { evidenceOfForm } from '../typing/form.ts';
import { addEvidence, createCluster } from './cluster.ts';
import type { Cluster } from './cluster.ts';
import { joinAliases } from './aliases.ts';
import { nameKey } from './keys.ts';

export function findClusters(document: Document, sentences: readonly Sentence[]): readonly Cluster[] {
  const cases = countCases(sentences);
  const clusters = new Map<string, Cluster>();
  const taken = sentences.map((sentence) => new Uint8Array(sentence.tokens.length));
  const claim = (span: TokenSpan): boolean => {
    const row = taken[span.sentence];
    if (row === undefined || span.from >= span.to || row.subarray(span.from, span.to).includes(1)) return false;
    row.fill(1, span.from, span.to);
    return true;
  };
  const add = (cluster: Cluster, span: TokenSpan): void => {
    const sentence = sentences[span.sentence];
    const start = sentence?.tokens[span.from]?.start;
    const end = sentence?.tokens[span.to - 1]?.end;
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
    });
  };

  addLiterals(document, sentences, add);
  const conceptual = conceptualAcronyms(sentences);
  for (const span of findNames(sentences, cases)) {
    const tokens = sentences[span.sentence]?.tokens.slice(span.from, span.to) ?? [];
    if (tokens.length === 0 || isModifier(sentences, span, conceptual)) continue;
    if (isConceptual(tokens, cases, conceptual)) continue;
    addName(sentences, span, tokens, cases, clusters, add);
  }
  const isTaken = (sentence: number, token: number): boolean => taken[sentence]?.[token] === 1;
  for (const span of findConcepts(sentences, isTaken)) {
    const tokens = sentences[span.sentence]?.tokens.slice(span.from, span.to) ?? [];
    add(createCluster(conceptKey(tokens), 'concept'), span);
  }
  return joinAliases([...clusters.values()], sentences);
}

function addName(
  sentences: readonly Sentence[],
  span: NameSpan,
  tokens: readonly Token[],
  cases: CaseCounts,
  clusters: ReadonlyMap<string, Cluster>,
  add: (cluster: Cluster, span: TokenSpan) => void,
): void {
  const sentence = sentences[span.sentence];
  const surface = tokens.map((token) => token.text).join(' ');
  const key = nameKey(surface);
  const cluster = clusters.get(`name:${key}`) ?? createCluster(key, 'name', genderOfGivenName(tokens[0]?.text ?? ''));
  // The form counts once per cluster, the context once per mention.
  if (cluster.mentions.length === 0) addEvidence(cluster, evidenceOfForm(tokens, cases));
  if (sentence !== undefined && !sentence.headline) addEvidence(cluster, evidenceOfContext(sentence, span));
  add(cluster, span);
}

function addLiterals(document: Document, sentences: readonly Sentence[], add: (cluster: Cluster, span: TokenSpan) => void): void {
  sentences.forEach((sentence, index) => {
    const text = document.text.slice(sentence.start, sentence.end);
    for (const date of findDates(text, document.publishedAt)) {
      const span = tokensIn(sentence, index, date.start, date.end);
      const interval = { from: date.from, to: date.to };
      if (span !== undefined)
        add(createCluster(date.from === date.to ? date.from : `${date.from}/${date.to}`, 'date', undefined, interval), span);
    }
    for (const amount of findAmounts(text)) {
      const span = tokensIn(sentence, index, amount.start, amount.end);
      if (span !== undefined)
        add(createCluster(text.slice(amount.start, amount.end).toLowerCase().replaceAll(/\s+/g, ' '), 'amount'), span);
    }
  });
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
  if (tokens.length === 1) return cases.noun(last.lower) > 0 || GENERIC_NOUNS.has(last.lower) || STOP_WORDS.has(last.lower);
  const common = (token: Token): boolean =>
    conceptual.has(token.text) || GENERIC_ACRONYMS.has(token.text) || cases.lower(token.lower) > 0;
  return (
    tokens.every(common) &&
    (cases.noun(last.lower) > 0 || conceptual.has(last.text) || GENERIC_ACRONYMS.has(last.text) || GENERIC_NOUNS.has(last.lower))
  );
}
