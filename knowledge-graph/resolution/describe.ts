// A sentence of the documents that says what an entity is: preferably "X is a …" or "X, the mayor of …", else an
// early one that opens with it.
import type { Document, EntityType, SourceSpan } from '../contract.ts';
import { addTo } from '../group.ts';
import { bySpan } from './order.ts';

const LONGEST = 320;
const SHORTEST = 30;
const CONSIDERED = 120;

export function describeEntity(documents: readonly Document[], sentences: readonly SourceSpan[]) {
  const texts = new Map(documents.map((document) => [document.id, document.text] as const));
  const byDocument = new Map<string, SourceSpan[]>();
  for (const sentence of sentences) addTo(byDocument, sentence.document, sentence);
  return (name: string, type: EntityType, spans: readonly SourceSpan[]): string | undefined => {
    if (type === 'date' || type === 'amount') return undefined;
    let best: { readonly text: string; readonly score: number } | undefined;
    for (const span of spans.toSorted(bySpan).slice(0, CONSIDERED)) {
      const sentence = enclosing(byDocument.get(span.document) ?? [], span);
      const text = sentence === undefined ? '' : (texts.get(span.document)?.slice(sentence.start, sentence.end) ?? '');
      if (sentence === undefined || text.length < SHORTEST || text.length > LONGEST || text.endsWith(':') || text.endsWith('?'))
        continue;
      const score = scoreOf(
        text,
        text.slice(span.start - sentence.start, span.end - sentence.start),
        span.start - sentence.start,
        name,
      );
      if (best === undefined || score > best.score) best = { text, score };
    }
    return best?.text.replaceAll(/\s+/g, ' ');
  };
}

function scoreOf(text: string, surface: string, offset: number, name: string): number {
  const after = text.slice(offset + surface.length);
  let score = 0;
  if (/^,? ?(\([^)]*\) )?(is|was|are|were) (an?|the|one)\b/.test(after)) score += 3;
  if (/^, (an?|the|\p{Ll}+ of)\b/u.test(after)) score += 2;
  if (offset < 5) score += 1;
  if (surface === name) score += 0.5;
  if (/^(While|If|When|Although|Because|Since|As|Unlike)\b/.test(text)) score -= 1.5;
  if (/^(It|They|This|That|These|But|And|So|He|She)\b/.test(text)) score -= 1;
  if (/\b(I|you|we|your|our|let's)\b/i.test(text)) score -= 0.5;
  return score;
}

/** The sentence around a span, by binary search. */
function enclosing(sentences: readonly SourceSpan[], span: SourceSpan): SourceSpan | undefined {
  let [low, high] = [0, sentences.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const sentence = sentences[middle];
    if (sentence === undefined) return undefined;
    if (span.start < sentence.start) high = middle - 1;
    else if (span.start >= sentence.end) low = middle + 1;
    else return span.end <= sentence.end ? sentence : undefined;
  }
  return undefined;
}
