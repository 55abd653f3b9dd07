// Stored graphs of any version we ever wrote → the present form. Graphs of another program's making are refused.
import { ShoalError } from '#foundation';
import { SNAPSHOT_VERSION } from './contract.ts';
import type { GraphSnapshot, Relation } from './contract.ts';
import { traitsOf } from './ontology/relation-traits.ts';

/** A graph as version 1 wrote it: without merges, edits, the second time of facts, and traits of relations. */
type FirstSnapshot = Omit<GraphSnapshot, 'version' | 'relations' | 'merges' | 'edits' | 'ontology'> & {
  readonly version: 1;
  readonly relations: readonly Omit<
    Relation,
    'precision' | 'verified' | 'recorded' | 'expired' | 'supersededBy' | 'contradicts'
  >[];
  readonly ontology: {
    readonly entityTypes: GraphSnapshot['ontology']['entityTypes'];
    readonly relationTypes: readonly Pick<
      GraphSnapshot['ontology']['relationTypes'][number],
      'predicate' | 'from' | 'to' | 'count'
    >[];
  };
};

/** Keeps the hash of what was stored. Throws `invalid_input` for what is no graph, or one of a later version. */
export function readSnapshot(value: unknown): GraphSnapshot {
  if (typeof value !== 'object' || value === null || !('version' in value && 'entities' in value && 'documents' in value)) {
    throw new ShoalError('invalid_input', 'That is not a graph.', { hint: 'Give a file written by `shoal graph build -o`.' });
  }
  if (value.version === SNAPSHOT_VERSION) return value as GraphSnapshot;
  if (value.version === 1) return upgrade(value as FirstSnapshot);
  throw new ShoalError(
    'invalid_input',
    `This graph has version ${String(value.version)}; this program reads 1 to ${SNAPSHOT_VERSION}.`,
    {
      hint: 'Update Shoal, or build the graph again from its documents.',
    },
  );
}

function upgrade(first: FirstSnapshot): GraphSnapshot {
  return {
    ...first,
    version: SNAPSHOT_VERSION,
    relations: first.relations.map((relation) => ({
      ...relation,
      precision: undefined,
      verified: true,
      recorded: Math.min(...relation.sources.map(({ document }) => Number(document.slice(1)))),
      expired: undefined,
      supersededBy: undefined,
      contradicts: [],
    })),
    ontology: {
      ...first.ontology,
      relationTypes: first.ontology.relationTypes.map((type) => ({ ...type, ...traitsOf(type.predicate) })),
    },
    merges: [],
    edits: [],
  };
}
