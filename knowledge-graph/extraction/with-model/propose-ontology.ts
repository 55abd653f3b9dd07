// The vocabulary that a model proposes for these documents before it reads them: it steers the reading, and a person sees
// it as types that wait for members.
import type { Document, ProposedOntology } from '../../contract.ts';
import { fitting, OntologyAnswer } from './answer.ts';
import type { Asker } from './asker.ts';
import { ontologyPrompt } from './prompts.ts';

const SAMPLES = 6;
const SAMPLE_CHARACTERS = 1200;
const MOST_ENTITY_TYPES = 10;
const MOST_RELATION_TYPES = 12;

const NO_PROPOSAL: ProposedOntology = { entityTypes: [], relationTypes: [] };

export async function proposeOntology(asker: Asker, documents: readonly Document[]): Promise<ProposedOntology> {
  const answer = await asker.ask({
    stage: 'ontology',
    messages: ontologyPrompt(samplesOf(documents)),
    name: 'ontology',
    type: OntologyAnswer,
  });
  if (answer === undefined) return NO_PROPOSAL;
  return {
    entityTypes: fitting(answer.entityTypes).slice(0, MOST_ENTITY_TYPES),
    relationTypes: fitting(answer.relationTypes)
      .slice(0, MOST_RELATION_TYPES)
      .map(({ predicate, ...ends }) => ({ predicate: predicate.toLowerCase(), ...ends })),
  };
}

/** The openings of documents spread evenly over the input. */
function samplesOf(documents: readonly Document[]): readonly string[] {
  const step = Math.max(1, documents.length / SAMPLES);
  const count = Math.min(SAMPLES, documents.length);
  return Array.from({ length: count }, (_, index) => documents[Math.floor(index * step)]?.text.slice(0, SAMPLE_CHARACTERS) ?? '');
}
