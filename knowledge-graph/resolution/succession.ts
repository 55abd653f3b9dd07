// What facts do to each other in time. In a relation that ties one thing at a time a later fact closes the earlier one; a
// denial closes what it denies when it is later. What cannot hold at one time, with no order between, is linked as a
// contradiction. Nothing is deleted, and the outcome depends on the facts only, not on the order they came in.
import type { Document, Relation, RelationTraits } from '../contract.ts';
import { addTo } from '../group.ts';
import { addDays, firstDay, lastDay } from '../time/calendar.ts';

/** When a fact is said to hold: since a date of its own, else since it was first published. */
interface Holding {
  readonly relation: Relation;
  readonly since: string | undefined;
  /** The last publication that says so without a date of its own. */
  readonly seen: string | undefined;
}

/** A place that more than this many hold is not one that only one can hold, whatever the relation is like elsewhere. */
const MOST_HOLDERS = 40;

interface Effect {
  readonly closedBy: Map<string, Holding>;
  readonly contradicts: Map<string, Set<string>>;
}

export function relateInTime(
  relations: readonly Relation[],
  documents: readonly Document[],
  traitsOf: (predicate: string) => RelationTraits,
): readonly Relation[] {
  const published = new Map(documents.map(({ id, publishedAt }) => [id, publishedAt?.slice(0, 10)] as const));
  const holdings = relations.map((relation) => holdingOf(relation, published));
  const effect: Effect = { closedBy: new Map(), contradicts: new Map() };
  for (const rivals of rivalsOf(holdings, traitsOf)) settle(rivals, effect);
  for (const pair of deniedPairs(holdings)) settleDenial(pair, traitsOf(pair[0].relation.predicate).kind === 'event', effect);
  return relations.map((relation) => applyTo(relation, effect));
}

function holdingOf(relation: Relation, published: ReadonlyMap<string, string | undefined>): Holding {
  const seen = relation.sources.flatMap(({ document }) => published.get(document) ?? []).toSorted();
  // What is over when it is told does not begin with the telling.
  const told = relation.validTo === undefined ? seen : [];
  return { relation, since: relation.validFrom ?? told[0], seen: told.at(-1) };
}

const isFact = ({ relation }: Holding): boolean => relation.polarity === 'affirmed' && relation.modality === 'asserted';

const objectOf = ({ object, literal }: Relation): string => object ?? `"${literal?.toLowerCase() ?? ''}"`;

interface Rivals {
  readonly holdings: readonly Holding[];
  /** Who or what holds the one place. */
  readonly holder: (relation: Relation) => string;
  readonly constant: boolean;
}

/** Facts that compete for one place: the leaders of one body, the homes of one person. */
function rivalsOf(holdings: readonly Holding[], traitsOf: (predicate: string) => RelationTraits): readonly Rivals[] {
  const places = new Map<string, Holding[]>();
  const found: Rivals[] = [];
  for (const holding of holdings) {
    const { subject, predicate } = holding.relation;
    const { kind, cardinality, inverse } = traitsOf(predicate);
    if (!isFact(holding) || kind === 'event' || cardinality === 'many') continue;
    const isSymmetric = inverse === predicate;
    if (cardinality !== 'one-subject' && isOne(subject))
      addTo(places, `${predicate}\u0000${isSymmetric ? '' : 'from'}\u0000${subject}`, holding);
    if (cardinality !== 'one-object' && isOne(objectOf(holding.relation)))
      addTo(places, `${predicate}\u0000${isSymmetric ? '' : 'to'}\u0000${objectOf(holding.relation)}`, holding);
  }
  for (const [place, members] of places) {
    const [predicate = '', , self = ''] = place.split('\u0000');
    const holder = ({ subject, ...rest }: Relation): string => (subject === self ? objectOf({ subject, ...rest }) : subject);
    const holders = new Set(members.map(({ relation }) => holder(relation))).size;
    if (holders > 1 && holders <= MOST_HOLDERS)
      found.push({ holdings: members, holder, constant: traitsOf(predicate).kind === 'constant' });
  }
  return found;
}

/** A topic ("film director") stands for many, and many places are its own. */
const isOne = (id: string): boolean => !id.startsWith('concept:');

const order = (holding: Holding): number => (holding.since === undefined ? Infinity : (firstDay(holding.since) ?? Infinity));

/** Each fact is closed by the first later one of another holder. */
function settle({ holdings, holder, constant }: Rivals, effect: Effect): void {
  const ordered = holdings.toSorted((left, right) => order(left) - order(right));
  ordered.forEach((earlier, index) => {
    for (const later of ordered.slice(index + 1)) {
      if (holder(earlier.relation) === holder(later.relation) || isOneSentence(earlier.relation, later.relation)) continue;
      if (areApart(earlier, later)) continue;
      if (!constant && isAfter(earlier, later)) close(earlier, later, effect);
      // Of two facts without a date nobody knows that they are of one time.
      else if (constant || (earlier.since !== undefined && later.since !== undefined)) link(earlier, later, effect);
    }
  });
}

/** "Ann Lee and Bo Park lead …": two holders together. */
const isOneSentence = (left: Relation, right: Relation): boolean =>
  left.sources.some((source) =>
    right.sources.some((other) => source.document === other.document && source.start < other.end && other.start < source.end),
  );

const areApart = (left: Holding, right: Holding): boolean => endsBefore(left, right) || endsBefore(right, left);

function endsBefore({ relation }: Holding, later: Holding): boolean {
  const end = relation.validTo === undefined ? undefined : firstDay(relation.validTo);
  return end !== undefined && later.since !== undefined && end <= (firstDay(later.since) ?? 0);
}

/** Later in the world, and no publication after the change still says the old. */
function isAfter(earlier: Holding, later: Holding): boolean {
  if (earlier.since === undefined || later.since === undefined || earlier.relation.validTo !== undefined) return false;
  if (order(later) <= order(earlier) || (lastDay(earlier.since) ?? 0) >= (lastDay(later.since) ?? 0)) return false;
  return earlier.relation.validFrom !== undefined || (firstDay(earlier.seen ?? earlier.since) ?? 0) < order(later);
}

function close(earlier: Holding, later: Holding, { closedBy }: Effect): void {
  const known = closedBy.get(earlier.relation.id);
  if (known === undefined || order(later) < order(known)) closedBy.set(earlier.relation.id, later);
}

function link(left: Holding, right: Holding, { contradicts }: Effect): void {
  for (const [one, other] of [
    [left.relation.id, right.relation.id],
    [right.relation.id, left.relation.id],
  ] as const) {
    const known = contradicts.get(one) ?? new Set();
    contradicts.set(one, known.add(other));
  }
}

/** The same thing affirmed and denied, by whomever; plans and possibilities deny nothing. */
function deniedPairs(holdings: readonly Holding[]): readonly (readonly [Holding, Holding])[] {
  const stated = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const { modality, subject, predicate } = holding.relation;
    if (modality === 'asserted' || modality === 'reported')
      addTo(stated, `${subject}\u0000${predicate}\u0000${objectOf(holding.relation)}`, holding);
  }
  return [...stated.values()].flatMap((same) =>
    same
      .filter(({ relation }) => relation.polarity === 'affirmed')
      .flatMap((yes) => same.filter(({ relation }) => relation.polarity === 'negated').map((no) => [yes, no] as const)),
  );
}

/** A later word on a state ends it; a denied event, or words of one time, contradict each other. */
function settleDenial([yes, no]: readonly [Holding, Holding], isEvent: boolean, effect: Effect): void {
  const [earlier, later] = order(no) < order(yes) ? [no, yes] : [yes, no];
  if (areApart(earlier, later)) return;
  const isChange = !isEvent && [yes, no].every(({ relation }) => relation.modality === 'asserted') && isAfter(earlier, later);
  if (isChange) close(earlier, later, effect);
  else link(yes, no, effect);
}

function applyTo(relation: Relation, { closedBy, contradicts }: Effect): Relation {
  const later = closedBy.get(relation.id);
  const links = [...(contradicts.get(relation.id) ?? [])].toSorted(
    (left, right) => Number(left.slice(1)) - Number(right.slice(1)),
  );
  const linked = links.length === 0 ? relation : { ...relation, contradicts: links };
  if (later?.since === undefined) return linked;
  return {
    ...linked,
    validTo: endBefore(later.since),
    supersededBy: later.relation.id,
    expired: Math.max(relation.recorded, later.relation.recorded),
  };
}

/** Of two days the earlier fact keeps the day before; within one month or year nobody knows the day. */
const endBefore = (since: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(since) ? addDays(since, -1) : since);
