// The embedded answer to a task that no skill knows: the sentences of the given text that share most with the last
// question, weighted by how rare each word is there, in the order in which they stand. It says nothing of its own.
import type { GenerateRequest } from '#foundation';
import { sentencesOf, weightOf, wordsOf } from './sentences.ts';

const SENTENCES_IN_ANSWER = 3;
/** A sentence that scores less than this share of the best one shares only grammar with the question. */
const LEAST_SHARE = 0.5;
const NOTHING_FOUND = 'The text given here says nothing about that.';

export function extractiveAnswer(request: GenerateRequest): string {
  const last = request.messages.findLastIndex((message) => message.role === 'user');
  const question = new Set(wordsOf(request.messages[last]?.content ?? ''));
  const sentences = request.messages
    .filter((message, index) => index !== last && message.role !== 'assistant')
    .flatMap((message) => sentencesOf(message.content))
    .map((text) => ({ text, words: new Set(wordsOf(text)) }));
  const frequency = new Map<string, number>();
  for (const { words } of sentences) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  const ranked = sentences
    .map(({ text, words }, position) => ({ text, position, score: overlap(question, words, frequency, sentences.length) }))
    .filter((sentence) => sentence.score > 0)
    .toSorted((left, right) => right.score - left.score || left.position - right.position);
  const chosen = ranked
    .slice(0, SENTENCES_IN_ANSWER)
    .filter((sentence) => sentence.score >= LEAST_SHARE * (ranked[0]?.score ?? 0))
    .toSorted((left, right) => left.position - right.position);
  return chosen.length === 0 ? NOTHING_FOUND : chosen.map((sentence) => sentence.text).join(' ');
}

/** Shared words, each worth less the more sentences have it; a word of nearly every sentence is worth nothing. */
function overlap(
  question: ReadonlySet<string>,
  words: ReadonlySet<string>,
  frequency: ReadonlyMap<string, number>,
  count: number,
): number {
  let score = 0;
  for (const word of words) {
    if (!question.has(word)) continue;
    const share = (frequency.get(word) ?? 0) / count;
    if (count < 4 || share < 0.6) score += weightOf(word) / (0.1 + share);
  }
  // A long sentence shares more by chance.
  return score / Math.sqrt(8 + words.size);
}
