// Local findings of all documents → one set of entities. Names meet by key, then by what joins them; types are decided
// over the pooled evidence; concepts must earn their place by spread. What a person edited goes before what rules say.
import type { Entity, GraphEdit } from '../contract.ts';
import type { DecidedMerge } from '../extraction/with-model/decide-merges.ts';
import { retype } from '../ontology/retype.ts';
import { keepConcepts } from './concepts.ts';
import { createJoins, joinByHand, joinConcepts, joinDecided, joinNames } from './join.ts';
import { create, decide, pool } from './merged.ts';
import type { Finding, Merged } from './merged.ts';
import { identify, nameOf } from './naming.ts';
import { bySpan } from './order.ts';
import { partsOf } from './split.ts';

export interface Resolution {
  readonly merged: readonly Merged[];
  /** Which merged entity a local one became, for a statement at a place; undefined for dropped concepts. */
  of(finding: number, local: number, place: Place): Merged | undefined;
  readonly ids: ReadonlyMap<Merged, string>;
  /** What each is called. */
  readonly names: ReadonlyMap<Merged, string>;
}

interface Place {
  readonly start: number;
  readonly end: number;
}

/** One of the things that a local entity was split into, and where its mentions stand. */
interface Share {
  readonly merged: Merged;
  readonly mentions: readonly Place[];
}

/** Nearly all are one thing, which needs no places to be told apart by. */
type Shares = Merged | readonly Share[];

/** `decided`: merges that a model settled; a person's edits and the rules' vetoes go before them. */
export function resolveEntities(
  findings: readonly Finding[],
  edits: readonly GraphEdit[] = [],
  decided: readonly DecidedMerge[] = [],
): Resolution {
  const byKey = new Map<string, Merged>();
  // By finding and local id: a map of both as one key would be the largest thing in memory.
  const shares: Shares[][] = findings.map(() => []);
  findings.forEach((finding, index) => {
    const titles = finding.document.blocks.filter((block) => block.kind === 'title');
    for (const local of finding.extraction.entities) {
      const row: Share[] = [];
      for (const { key, entity } of partsOf(local, finding.document, edits)) {
        const merged = byKey.get(key) ?? create(key, entity.kind);
        byKey.set(key, merged);
        pool(merged, entity, finding.document, titles);
        row.push({ merged, mentions: entity.mentions });
      }
      (shares[index] as Shares[])[local.id] = row.length === 1 ? (row[0] as Share).merged : row;
    }
  });
  const all = [...byKey.values()].toSorted((left, right) => (left.key < right.key ? -1 : 1));
  for (const merged of all) decide(merged);
  const joins = createJoins(edits);
  joinByHand(all, edits, joins);
  joinNames(all, joins);
  joinDecided(all, decided, joins);
  joinConcepts(all, joins);
  const kept = new Set(
    keepConcepts(
      all.filter((merged) => joins.root(merged) === merged),
      findings,
    ),
  );
  for (const merged of kept) retype(merged, nameOf(merged), edits);
  const ordered = [...kept].toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const names = new Map(ordered.map((merged) => [merged, nameOf(merged)] as const));
  return {
    merged: ordered,
    of: (finding, local, place) => {
      const own = shares[finding]?.[local] ?? [];
      const merged = isOne(own) ? own : nearest(own, place)?.merged;
      const final = merged === undefined ? undefined : joins.root(merged);
      return final !== undefined && kept.has(final) ? final : undefined;
    },
    ids: identify(ordered, names),
    names,
  };
}

const isOne = (shares: Shares): shares is Merged => !Array.isArray(shares);

/** Of split names the one that stands inside the place, else the last before it. */
function nearest(shares: readonly Share[], { start, end }: Place): Share | undefined {
  if (shares.length < 2) return shares[0];
  const inside = shares.find(({ mentions }) => mentions.some((mention) => mention.start >= start && mention.end <= end));
  if (inside !== undefined) return inside;
  const last = ({ mentions }: Share): number => mentions.findLast((mention) => mention.end <= start)?.end ?? -1;
  return shares.toSorted((left, right) => last(right) - last(left))[0];
}

/** What an entity is in the graph beyond what was pooled. */
interface Standing {
  readonly id: string;
  readonly name: string;
  readonly salience: number;
  readonly description: string | undefined;
}

export function toEntity(merged: Merged, { id, name, salience, description }: Standing): Entity {
  const seen = new Set([name.toLowerCase()]);
  const aliases = [...merged.forms.keys(), ...merged.aliases]
    .toSorted((left, right) => (left < right ? -1 : 1))
    .filter((alias) => (seen.has(alias.toLowerCase()) ? false : seen.add(alias.toLowerCase())));
  const subtype = [...merged.subtypes].toSorted((left, right) => right[1] - left[1] || (left[0] < right[0] ? -1 : 1))[0]?.[0];
  return {
    id,
    name,
    type: merged.type,
    subtype,
    aliases: aliases.slice(0, 12),
    confidence: merged.confidence,
    salience,
    description,
    ...(merged.time === undefined ? {} : { time: merged.time }),
    sources: [...merged.spans, ...merged.origins].toSorted(bySpan).slice(0, 40),
  };
}
