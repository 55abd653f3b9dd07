// What people in this world can say: sentences of the documents that speak to an issue, sorted by side, and the bare
// proposition with its negation so that both sides always have words. Invariant: a `document` point's text is the
// text of its span with white space collapsed; nothing is rewritten.
import type { Claim, Document, GraphSnapshot, SourceSpan } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import type { TalkingPoint } from '../contract.ts';
import { clamp } from './draws.ts';
import { arousalOf } from './leaning.ts';
import type { IssueReader } from './leaning.ts';
import { OPPOSE_PREDICATES, SUPPORT_PREDICATES } from './stance-words.ts';
import { propositionPoints } from './proposition.ts';

const MAX_CHARACTERS = 240;
const MIN_CHARACTERS = 24;
const PER_SIDE = 20;
/** Leans weaker than this say nothing about a side. */
const MIN_LEAN = 0.12;
/** Quality of a text that may need its neighbours; left out where a side has enough better ones. */
const DOUBTFUL = 0.25;
const ENOUGH = 5;
/** A text is about an issue if it names it plainly, or hints at it and at no other issue as much. */
const PLAIN_RELEVANCE = 0.85;
const HINT_RELEVANCE = 0.4;

const isAbout = (text: string, reader: IssueReader, readers: readonly IssueReader[]): boolean => {
  const relevance = reader.relevance(text);
  if (relevance >= PLAIN_RELEVANCE) return true;
  return relevance >= HINT_RELEVANCE && readers.every((other) => other === reader || other.relevance(text) < relevance);
};

/** How much less a text counts that speaks of the matter without naming the issue. */
const NEAR = 0.55;

/**
 * Whether a text belongs to the matter of a lone question without naming it: it speaks of what the proposition names,
 * or somebody said it. Where answers compete, only what names one of them speaks for it.
 */
function nearness(graph: GraphSnapshot, reader: IssueReader, readers: readonly IssueReader[]): (claim: Claim) => boolean {
  if (readers.length > 1) return () => false;
  const { proposition } = reader.issue;
  const named = new Set(
    graph.entities
      .filter(({ name, aliases }) => [name, ...aliases].some((form) => form.length > 3 && proposition.includes(form)))
      .map(({ id }) => id),
  );
  return (claim) => claim.speaker !== undefined || claim.about.some((id) => named.has(id));
}

interface Candidate {
  readonly text: string;
  readonly lean: number;
  readonly score: number;
  readonly doubtful: boolean;
  readonly source: SourceSpan;
  readonly speaker: number | undefined;
}

const collapse = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** Words that need a sentence before them to be understood. */
const DANGLING =
  /^(he|she|they|it|its|his|her|their|this|that|these|those|such|which|who|whose|where|and|but|or|so|however|therefore|also|moreover|instead|then|both|another|others?|including|because|while|although|though|as|than|to|of|for|with|from|by|in this|here|there)\b/i;
const FIRST_PERSON = /\b(I|I'm|I've|we|we're|we've|our|ours|my|me|us)\b/i;
const CLAUSE =
  /\b(is|are|was|were|be|been|has|have|had|will|would|should|could|can|must|may|might|does|do|did|says?|said|\p{L}+(?:ed|es|[^s\W]s))\b/iu;

/** "Joanna Whitlock, supports …": something was left out after the name. */
const CUT_SUBJECT = /^\p{Lu}[\p{L}.'’ -]+, (?:supports|opposes|rejects|backs|says|said|wants|wanted|voted|asked|is|was|has)\b/u;

/** How well a text stands on its own, 0–1; 0 = unusable. */
/** Openings that lean on what was said before them. */
const LINKING =
  /^(in other words|for now|then|eventually|suddenly|ironically|similarly|in addition|for example|for instance|as a result|as soon|as well|at this point|additionally|furthermore|next|finally|once|things like)\b/i;
const FINITE =
  /\b(is|are|was|were|has|have|had|will|would|should|could|can|cannot|must|may|might|does|do|did|isn't|aren't|won't)\b/i;

function standsAlone(text: string, hasSpeaker: boolean): number {
  if (text.length < MIN_CHARACTERS || text.length > MAX_CHARACTERS) return 0;
  if (/https?:|www\.|[{}<>|\\=`#*_~]|…$|\.\.\.$|[:;,]$|\?/.test(text)) return 0;
  if (/\betc\b|\s[–—]\s\p{Lu}|:\s(?:What|How|Why|When|The)\b/u.test(text)) return 0;
  if (text.split(' ').length < 5 || !CLAUSE.test(text)) return 0;
  if ((text.match(/["“”]/g) ?? []).length % 2 === 1) return 0;
  if ((text.match(/[([]/g) ?? []).length !== (text.match(/[)\]]/g) ?? []).length) return 0;
  if (FIRST_PERSON.test(text) && !hasSpeaker) return 0;
  if (CUT_SUBJECT.test(text)) return 0;
  if (DANGLING.test(text) || LINKING.test(text)) return DOUBTFUL;
  // A stretch without an end of its own is often a heading or an item of a list.
  if (!/[.!]$/.test(text) && !hasSpeaker && !FINITE.test(text) && !/^\p{Lu}/u.test(text)) return DOUBTFUL;
  return /[.!]$/.test(text) ? 1 : 0.85;
}

const textAt = (documents: ReadonlyMap<string, Document>, span: SourceSpan): string =>
  collapse(documents.get(span.document)?.text.slice(span.start, span.end) ?? '');

function claimLean(claim: Claim, reader: IssueReader): number {
  const words = reader.lean(claim.text);
  // The words know the issue's direction, the extractor knows the grammar: each corrects the other.
  const tone = reader.towards(claim.sentiment);
  // A mild tone against plain words is a tone about something else in the sentence.
  if (words !== 0) return clamp(words * tone < 0 ? 0.8 * words : 0.7 * words + 0.3 * tone, -1, 1);
  return 0.6 * tone;
}

function candidates(
  graph: GraphSnapshot,
  reader: IssueReader,
  readers: readonly IssueReader[],
  agentOf: ReadonlyMap<string, number>,
): readonly Candidate[] {
  const documents = new Map(graph.documents.map((document) => [document.id, document]));
  const found: Candidate[] = [];
  const isNear = nearness(graph, reader, readers);
  const consider = (text: string, lean: number, weight: number, source: SourceSpan, speaker?: number, near = false): void => {
    const quality = standsAlone(text, speaker !== undefined);
    const relevance = reader.relevance(text);
    if (quality === 0 || (!near && !isAbout(text, reader, readers)) || Math.abs(lean) < MIN_LEAN) return;
    found.push({
      text,
      lean,
      source,
      speaker,
      doubtful: quality === DOUBTFUL,
      score: quality * (1 + Math.min(relevance, 4) / 4) * (0.5 + Math.abs(lean)) * weight * (near ? NEAR : 1),
    });
  };
  for (const claim of graph.claims) {
    const source = claim.sources[0];
    if (source !== undefined) {
      consider(
        collapse(claim.text),
        claimLean(claim, reader),
        0.5 + claim.confidence / 2,
        source,
        agentOf.get(claim.speaker ?? ''),
        !isAbout(claim.text, reader, readers) && isNear(claim),
      );
    }
  }
  for (const relation of graph.relations) {
    const source = relation.sources[0];
    // That somebody wrote an article says nothing about its matter.
    if (source === undefined || relation.predicate === 'write about') continue;
    const text = textAt(documents, source);
    const side = SUPPORT_PREDICATES.test(relation.predicate) ? 0.5 : OPPOSE_PREDICATES.test(relation.predicate) ? -0.5 : 0;
    const lean = reader.lean(text) || reader.towards(relation.polarity === 'negated' ? -side : side);
    consider(text, lean, 0.4 * relation.confidence, source);
  }
  return found.toSorted((a, b) => b.score - a.score || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}

/** Keeps the best of each side, leaving out repeats and texts that contain one already kept. */
function choose(ranked: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  let supporting = 0;
  for (const candidate of ranked) {
    const forIt = candidate.lean > 0;
    const taken = forIt ? supporting : kept.length - supporting;
    if (taken >= PER_SIDE || (candidate.doubtful && taken >= ENOUGH)) continue;
    const lower = candidate.text.toLowerCase();
    if (kept.some(({ text }) => lower.includes(text.toLowerCase()) || text.toLowerCase().includes(lower))) continue;
    kept.push(candidate);
    if (forIt) supporting++;
  }
  return kept;
}

/** At most 40 document points per issue, then the proposition's own. `agentOf` maps an entity id to its agent. */
export function talkingPoints(
  graph: GraphSnapshot,
  readers: readonly IssueReader[],
  agentOf: ReadonlyMap<string, number>,
): readonly TalkingPoint[] {
  const points: TalkingPoint[] = [];
  for (const reader of readers) {
    const chosen = choose(candidates(graph, reader, readers, agentOf));
    for (const { text, lean, source, speaker } of chosen) {
      points.push({
        index: points.length,
        issue: reader.issue.index,
        lean,
        arousal: arousalOf(text),
        text,
        source,
        speaker,
        origin: 'document',
      });
    }
    const supporting = chosen.filter(({ lean }) => lean > 0).length;
    const argued = { for: supporting, against: chosen.length - supporting };
    for (const { text, lean } of propositionPoints(reader.issue, argued)) {
      points.push({
        index: points.length,
        issue: reader.issue.index,
        lean,
        arousal: arousalOf(text),
        text,
        source: undefined,
        speaker: undefined,
        origin: 'proposition',
      });
    }
  }
  return points;
}

/** What the documents lean to, by issue: a shrunken mean, so that few sentences move it little. */
export function documentLean(points: readonly TalkingPoint[], issues: readonly Issue[]): readonly number[] {
  return issues.map((issue) => {
    const leans = points.filter((point) => point.issue === issue.index && point.origin === 'document').map((point) => point.lean);
    return leans.reduce((sum, lean) => sum + lean, 0) / (leans.length + 6);
  });
}
