// What relations are like: whether they last, how many things they tie at one time, and how the other side says them. The
// typed relations say it in their own table; here are the open phrases that mean as much. A predicate that is in neither
// ties any number of things and goes on until something ends it.
import type { RelationTraits } from '../contract.ts';
import { relationType } from '../relations/predicates.ts';

const row = (predicates: string, traits: RelationTraits): readonly (readonly [string, RelationTraits])[] =>
  predicates.split(', ').map((predicate) => [predicate, traits]);

const PHRASES: ReadonlyMap<string, RelationTraits> = new Map([
  ...row('be head of, be president of, be ceo of, be mayor of, be chair of, be prime minister of', {
    kind: 'state',
    cardinality: 'one-subject',
    inverse: 'be led by',
  }),
  ...row('be capital of, be the capital of', { kind: 'state', cardinality: 'one-to-one', inverse: 'have as capital' }),
  ...row('headquarter in, headquartered in, be headquartered in', {
    kind: 'state',
    cardinality: 'one-object',
    inverse: 'be seat of',
  }),
  ...row('price, cost, be priced at, have price, have population, population', {
    kind: 'state',
    cardinality: 'one-object',
    inverse: undefined,
  }),
  ...row('be married to, spouse of', { kind: 'state', cardinality: 'one-to-one', inverse: 'marry' }),
  ...row('be born in, be born on, die on', { kind: 'constant', cardinality: 'one-object', inverse: undefined }),
  ...row('sign, publish', { kind: 'event', cardinality: 'many', inverse: undefined }),
]);

const OPEN: RelationTraits = { kind: 'state', cardinality: 'many', inverse: undefined };

export function traitsOf(predicate: string): RelationTraits {
  const typed = relationType(predicate);
  if (typed === undefined) return PHRASES.get(predicate) ?? OPEN;
  const { kind, cardinality, inverse } = typed;
  return { kind, cardinality, inverse };
}
