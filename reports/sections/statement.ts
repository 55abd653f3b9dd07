// The answer to a yes/no question as a clause: what is so if it is yes, or if it is no.
import type { Source } from '../numbers/source.ts';
import { lowerFirst, negate } from '../questions/clause.ts';

export function statementOf(source: Source, proposition: string, holds: boolean): string {
  const inside = insideSentence(source, proposition);
  // What should be done is a view that agents hold, not something that the report finds to be so.
  if (/\bshould\b/.test(proposition)) return `agents ${holds ? 'agree' : 'do not agree'} that ${inside}`;
  return holds ? inside : insideSentence(source, negate(proposition));
}

/** Lower-cases the first word unless it belongs to a name of the graph, or the documents write it with a capital. */
export function insideSentence(source: Source, sentence: string): string {
  const lower = lowerFirst(sentence);
  if (lower !== sentence) return lower;
  const first = /^\p{Lu}\p{Ll}+(?!\p{L})/u.exec(sentence)?.[0];
  if (first === undefined) return sentence;
  const named = source.graph.entities.some(({ name, aliases }) =>
    [name, ...aliases].some((form) => form.split(/[\s'’]/).includes(first)),
  );
  const midSentence = new RegExp(`\\p{Ll} ${first}(?!\\p{L})`, 'u');
  const proper = named || source.graph.snapshot.documents.some((document) => midSentence.test(document.text));
  return proper ? sentence : first.toLowerCase() + sentence.slice(first.length);
}
