// Local findings of all documents → one set of entities. Names meet by key, then by declared aliases and initials;
// types are decided over the pooled evidence; concepts must earn their place by spread. Never merges two known types.
import type { Entity } from '../contract.ts';
import { keepConcepts } from './concepts.ts';
import { joinConcepts, joinNames } from './join.ts';
import { create, decide, keyOf, pool } from './merged.ts';
import type { Finding, Merged } from './merged.ts';
import { identify, nameOf } from './naming.ts';
import { bySpan } from './order.ts';

export interface Resolution {
  readonly merged: readonly Merged[];
  /** Which merged entity a local one became; undefined for dropped concepts. */
  of(finding: number, local: number): Merged | undefined;
  readonly ids: ReadonlyMap<Merged, string>;
}

export function resolveEntities(findings: readonly Finding[]): Resolution {
  const byKey = new Map<string, Merged>();
  // By finding and local id: a map of both as one key would be the largest thing in memory.
  const place: Merged[][] = findings.map(() => []);
  findings.forEach((finding, index) => {
    const titles = finding.document.blocks.filter((block) => block.kind === 'title');
    for (const entity of finding.extraction.entities) {
      const key = `${entity.kind}:${keyOf(entity)}`;
      const merged = byKey.get(key) ?? create(key, entity.kind);
      byKey.set(key, merged);
      pool(merged, entity, finding.document, titles);
      (place[index] as Merged[])[entity.id] = merged;
    }
  });
  const all = [...byKey.values()];
  for (const merged of all) decide(merged);
  const target = joinNames(all);
  joinConcepts(all, target);
  const kept = new Set(keepConcepts([...new Set(all.map((merged) => target.get(merged) ?? merged))], findings));
  const ordered = [...kept].toSorted((left, right) => (left.key < right.key ? -1 : 1));
  return {
    merged: ordered,
    of: (finding, local) => {
      const merged = place[finding]?.[local];
      const final = merged === undefined ? undefined : (target.get(merged) ?? merged);
      return final !== undefined && kept.has(final) ? final : undefined;
    },
    ids: identify(ordered),
  };
}

export function toEntity(merged: Merged, id: string, salience: number, description: string | undefined): Entity {
  const name = nameOf(merged);
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
    sources: [...merged.spans, ...merged.origins].toSorted(bySpan).slice(0, 40),
  };
}
