// Kinds by example: "observability platforms like Helicone and Langfuse".
import { fact } from './fact.ts';
import type { Fact, SentenceView } from './fact.ts';
import { objectsOf } from './objects.ts';
import type { VerbGroup } from './verb-groups.ts';

/** "observability platforms like Helicone and Langfuse": each of the names is one of those. */
export function findExampleFacts({ sentence, anchors }: SentenceView): readonly Fact[] {
  const { tokens } = sentence;
  return anchors.flatMap((kind): readonly Fact[] => {
    if (kind.cluster.kind !== 'concept') return [];
    const opening = tokens[kind.to]?.lower;
    const isSuchAs = opening === 'such' && tokens[kind.to + 1]?.lower === 'as';
    const at = isSuchAs ? kind.to + 2 : opening === 'like' || opening === 'including' ? kind.to + 1 : undefined;
    if (at === undefined) return [];
    const group: VerbGroup = {
      from: kind.to,
      to: at,
      verb: kind.to,
      lemma: 'be',
      particle: undefined,
      passive: false,
      polarity: 'affirmed',
      modality: 'asserted',
      infinitive: false,
    };
    return objectsOf({ sentence, anchors }, group)
      .filter((example) => example.cluster.kind === 'name' && example.cluster !== kind.cluster)
      .map((example) => fact(sentence, group, example, kind, 'be', 0.65));
  });
}
