// What relations are like, as data: whether they last, how many things they tie at one time, and how the other side says
// them. A predicate that is not here ties any number of things and goes on until something ends it.
import type { Cardinality, RelationKind, RelationTraits } from '../contract.ts';

const row = (
  predicates: string,
  kind: RelationKind,
  cardinality: Cardinality = 'many',
  inverse?: string,
): readonly (readonly [string, RelationTraits])[] =>
  predicates
    .split(', ')
    .map((predicate) => [predicate, { kind, cardinality, inverse: inverse === 'itself' ? predicate : inverse }]);

const TABLE: ReadonlyMap<string, RelationTraits> = new Map([
  ...row(
    'lead, be head of, be president of, be ceo of, be mayor of, be chair of, be prime minister of',
    'state',
    'one-subject',
    'be led by',
  ),
  ...row('capital of, be capital of, be the capital of', 'state', 'one-to-one', 'have capital'),
  ...row('have capital', 'state', 'one-to-one', 'capital of'),
  ...row('headquarter in, headquartered in, be headquartered in', 'state', 'one-object', 'be seat of'),
  ...row('live in, reside in', 'state', 'one-object', 'be home of'),
  ...row('price, cost, be priced at, have price, have population, population', 'state', 'one-object'),
  ...row('marry, be married to, spouse, spouse of', 'state', 'one-to-one', 'itself'),
  ...row('ally with, compete with, know, be related to, partner with', 'state', 'many', 'itself'),
  ...row('born in, bear in, be born in, die in, be born on, die on', 'constant', 'one-object'),
  ...row('child of, be child of, be son of, be daughter of', 'constant', 'many', 'parent of'),
  ...row('parent of, be parent of', 'constant', 'many', 'child of'),
  ...row('found, establish', 'event', 'many', 'be founded by'),
  ...row('acquire', 'event', 'many', 'be acquired by'),
  ...row('work for', 'state', 'many', 'employ'),
  ...row('employ', 'state', 'many', 'work for'),
  ...row('own', 'state', 'many', 'belong to'),
  ...row('member of', 'state', 'many', 'have member'),
  ...row('locate in', 'state', 'many', 'contain'),
  ...row('sue', 'event', 'many', 'be sued by'),
  ...row('meet', 'event', 'many', 'itself'),
  ...row(
    'sell, launch, announce, approve, dismiss, leave, replace, propose, create, invest in, ban, win, sign, publish, deny',
    'event',
  ),
]);

const OPEN: RelationTraits = { kind: 'state', cardinality: 'many', inverse: undefined };

export const traitsOf = (predicate: string): RelationTraits => TABLE.get(predicate) ?? OPEN;
