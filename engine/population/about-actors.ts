// What the documents say about one entity rather than near it: a sentence whose subject it is, and the things that are
// named beside it. Invariant: sentences are the documents' own words, with white space collapsed.
import type { Entity, GraphSnapshot } from '#knowledge-graph/contract';

export interface AboutActors {
  /** The most telling sentence in which the entity is the subject; undefined where no sentence is about it. */
  subjectSentence(entity: Entity): string | undefined;
  /** Names of topics, things and actors in the same sentences, at most three. */
  companions(entity: Entity): readonly string[];
}

const CONSIDERED = 80;
const SHORTEST = 30;
const LONGEST = 220;
const COMPANIONS = 3;
const COMPANION_TYPES: ReadonlySet<string> = new Set([
  'concept',
  'product',
  'organisation',
  'institution',
  'event',
  'law',
  'person',
]);

export function aboutActors(graph: GraphSnapshot): AboutActors {
  const texts = new Map(graph.documents.map(({ id, text }) => [id, text]));
  const mentions = Map.groupBy(graph.mentions, ({ entity }) => entity);
  const byDocument = Map.groupBy(graph.mentions, ({ document }) => document);
  const entities = new Map(graph.entities.map((entity) => [entity.id, entity]));

  const sentencesOf = (entity: Entity) =>
    (mentions.get(entity.id) ?? []).slice(0, CONSIDERED).map((mention) => {
      const text = texts.get(mention.document) ?? '';
      const start = sentenceStart(text, mention.start);
      return { mention, text, start, end: sentenceEnd(text, mention.end) };
    });

  return {
    subjectSentence: (entity) => {
      let best: { readonly text: string; readonly score: number } | undefined;
      for (const { mention, text, start, end } of sentencesOf(entity)) {
        const score = subjectScore(text.slice(start, mention.start), text.slice(mention.end, end), entity.type === 'person');
        const sentence = text.slice(start, end).replaceAll(/\s+/g, ' ').trim();
        if (score <= 0 || sentence.length < SHORTEST || sentence.length > LONGEST || !/[.!]$/.test(sentence)) continue;
        if (/[“”"?]|\b(?:you|your|I|we|our)\b|https?:/i.test(sentence)) continue;
        if (best === undefined || score > best.score) best = { text: sentence, score };
      }
      return best?.text;
    },
    companions: (entity) => {
      const counts = new Map<string, number>();
      for (const { mention, start, end } of sentencesOf(entity)) {
        for (const other of byDocument.get(mention.document) ?? []) {
          if (other.entity !== entity.id && other.start >= start && other.end <= end)
            counts.set(other.entity, (counts.get(other.entity) ?? 0) + 1);
        }
      }
      return [...counts]
        .flatMap(([id, count]) => {
          const found = entities.get(id);
          return found === undefined || !COMPANION_TYPES.has(found.type) ? [] : [{ found, count }];
        })
        .toSorted(
          (a, b) => b.count * (0.3 + b.found.salience) - a.count * (0.3 + a.found.salience) || (a.found.id < b.found.id ? -1 : 1),
        )
        .slice(0, COMPANIONS)
        .map(({ found }) => found.name);
    },
  };
}

/** How surely the name between these words is the subject of the sentence, and how telling that is; 0 = not. */
function subjectScore(before: string, after: string, isPerson: boolean): number {
  const opening = before.trim();
  // At the very start, after an article, or, for a person, after a title or a role.
  const opens =
    opening === '' ||
    /^(?:the|a|an)$/i.test(opening) ||
    (isPerson &&
      /^(?:\p{L}[\p{L}'’-]*\s*){1,3}$/u.test(opening) &&
      !/\b(?:by|to|with|for|from|of|and|like|as|than|if|when|while|using|via|in|on|at)$/i.test(opening));
  if (!opens) return 0;
  if (/^,? (?:\([^)]*\) )?(?:is|was) (?:an?|the|one of)\b/.test(after)) return 4;
  if (/^, (?:an?|the|who|which|\p{Ll}+ of)\b/u.test(after)) return 3;
  if (/^ (?:is|was|has|had|will|would|can|cannot|does|did)\b/.test(after)) return 2;
  return /^ (?:\p{Ll}+ly )?\p{Ll}+(?:s|ed|ew|id|ook|old|ent|ave)\b/u.test(after) ? 2.5 : 0;
}

function sentenceStart(text: string, at: number): number {
  for (let i = at - 1; i > Math.max(0, at - 400); i--) {
    if (text[i] === '\n') return i + 1;
    if (
      /[.!?]/.test(text[i] ?? '') &&
      /\s/.test(text[i + 1] ?? '') &&
      !/\b(?:Dr|Mr|Mrs|Ms|Prof|St|No|vs)$/.test(text.slice(Math.max(0, i - 5), i))
    )
      return i + 1;
  }
  return Math.max(0, at - 400);
}

function sentenceEnd(text: string, from: number): number {
  for (let i = from; i < Math.min(text.length, from + 400); i++) {
    if (text[i] === '\n') return i;
    if (/[.!?]/.test(text[i] ?? '') && (i + 1 >= text.length || /[\s”"]/.test(text[i + 1] ?? ''))) return i + 1;
  }
  return Math.min(text.length, from + 400);
}
