// What a claim may say word for word: the exact text behind its own citations, and the run's own wording (question,
// propositions, labels, names). Everything else in a claim must be free of digits and quotation marks of its own.
import type { Citation } from '../contract.ts';
import { negate } from '../questions/clause.ts';
import type { Source } from '../numbers/source.ts';

/** Non-breaking and repeated spaces read as one plain space. */
export const evenSpaces = (text: string): string => text.replaceAll(/[\s\u00a0\u202f]+/g, ' ').trim();

/** The text of a cited event or span; `undefined` where it does not resolve. */
export function citedText(source: Source, citation: Citation): string | undefined {
  if (citation.kind === 'event') {
    return source.record.event(citation.seq) === undefined ? undefined : (source.record.post(citation.seq)?.text ?? '');
  }
  if (citation.kind === 'measure') return source.measure(citation.name, citation.round) === undefined ? undefined : '';
  const { document: id, start, end } = citation.span;
  const document = source.graph.snapshot.documents.find((candidate) => candidate.id === id);
  const inside =
    Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end && end <= (document?.text.length ?? 0);
  return inside ? document?.text.slice(start, end) : undefined;
}

/** Wording of the run that may stand in a claim with its digits, longest first. Amounts and dates of the graph may not. */
export function ownWords(source: Source): readonly string[] {
  const { framing, scenario, population, manifest } = source.record;
  const names = [
    ...framing.questions.flatMap((question) => [
      question.text,
      question.simulatedResolution,
      question.realWorldResolution,
      ...question.assumptions,
      ...question.options,
    ]),
    ...framing.issues.flatMap((issue) => [issue.proposition, negate(issue.proposition), issue.label]),
    ...population.communities.map((community) => community.label),
    ...population.actors.flatMap((actor) => [actor.name, actor.handle]),
    ...source.graph.entities.filter(({ type }) => type !== 'amount' && type !== 'date').map(({ name }) => name),
    ...source.graph.snapshot.documents.flatMap((document) => [document.title ?? '', document.name]),
    ...source.rejected.map((file) => file.name),
    scenario.title,
    manifest.model,
    source.writer,
  ];
  const telling = names.map(evenSpaces).filter((name) => /\p{L}/u.test(name) && /[\d“”"]/u.test(name));
  return [...new Set(telling)].toSorted((left, right) => right.length - left.length || (left < right ? -1 : 1));
}
