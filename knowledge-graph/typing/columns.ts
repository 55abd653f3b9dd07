// The heading of a column says what stands in it: under "Company" stand companies, under "Author" people.
import { typeOfKindNoun } from '../lexicon/heads.ts';
import { isRole } from '../lexicon/titles.ts';
import type { Sentence } from '../language/token.ts';
import { addEvidence } from '../names/cluster.ts';
import type { Cluster } from '../names/cluster.ts';
import type { Evidence } from './scores.ts';

const WEIGHT = 2.5;

/** A name that fills its cell learns from the heading above it; a heading counts once. */
export function learnFromColumns(sentences: readonly Sentence[], clusters: readonly Cluster[]): void {
  for (const cluster of clusters) {
    if (cluster.kind !== 'name') continue;
    const labels = new Set(
      cluster.mentions.flatMap(({ sentence, from, to }) => {
        const { cell, tokens, start, end } = sentences[sentence] ?? {};
        const fills = from === 0 && to === tokens?.length && start === cell?.start && end === cell?.end;
        return fills ? (cell?.label ?? []) : [];
      }),
    );
    addEvidence(cluster, [...labels].flatMap(evidenceOfLabel));
  }
}

function evidenceOfLabel(label: string): readonly Evidence[] {
  const words = label.toLowerCase().split(/[\s_-]+/);
  const last = words.at(-1) ?? '';
  const singular = last.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');
  const type = isRole(singular) ? 'person' : typeOfKindNoun(singular);
  return type === undefined ? [] : [{ type, weight: WEIGHT }];
}
