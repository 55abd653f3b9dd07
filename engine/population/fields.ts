// Whose debate it is: the occupations that the documents themselves speak of, and how large a part of the crowd they
// make up. Invariant: reads the documents' words only; without any, the crowd is the general one.
import { portableLog } from '#foundation';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { clamp } from './draws.ts';
import type { Occupation } from './priors.ts';

export interface Field {
  /** Share of the crowd whose occupation is drawn from `weights` instead of the general table. */
  readonly share: number;
  /** By occupation, in the order given. */
  readonly weights: readonly number[];
}

/** Documents that speak of a town alone give `TOWN`, of a trade alone `TRADE`; others lie between. */
const SHARE = { town: 0.2, trade: 0.67 } as const;

/** Words of a trade's own papers, and of a place where people of all trades live. */
const TRADE = stems(
  'enterprise developer engineer api software workflow deploy infrastructure platform production gateway compliance vendor customer client investor shareholder analyst revenue margin earning quarter dividend exchange trader token crypto patient clinical surgeon nurse ward curriculum pedagog classroom laboratory tenant audit server cloud dataset benchmark',
);
const TOWN = stems(
  'council mayor resident neighbour neighbor town village citizen voter street famil fan supporter parent children pupil passenger commuter shop harbour harbor parish church park bus ferry petition referendum protest parliament government minister election',
);

function stems(list: string): readonly string[] {
  return list.split(' ');
}

type Counts = ReadonlyMap<string, number>;

function countWords(graph: GraphSnapshot): { readonly counts: Counts; readonly text: string; readonly total: number } {
  const counts = new Map<string, number>();
  let total = 0;
  const texts = graph.documents.map(({ text }) => text.toLowerCase());
  for (const text of texts) {
    for (const word of text.match(/\p{L}{3,}/gu) ?? []) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
      total++;
    }
  }
  return { counts, text: texts.join('\n'), total };
}

/** How often words that begin with any of the stems occur, per thousand words. */
function density(list: readonly string[], counts: Counts, total: number): number {
  let sum = 0;
  // A short stem is a word of its own: "bus" is no beginning of "business".
  const isOf = (word: string): boolean =>
    list.some((stem) => (stem.length <= 3 ? word === stem || word === `${stem}s` : word.startsWith(stem)));
  for (const [word, count] of counts) if (isOf(word)) sum += count;
  return total === 0 ? 0 : (1000 * sum) / total;
}

/** How often any of these names of an occupation is mentioned, in the singular or plural. */
const mentions = (nouns: readonly string[], counts: Counts, text: string): number =>
  nouns.reduce(
    (sum, noun) =>
      sum +
      (noun.includes(' ') ? text.split(noun.toLowerCase()).length - 1 : (counts.get(noun) ?? 0) + (counts.get(`${noun}s`) ?? 0)),
    0,
  );

/**
 * The field of the documents. An occupation counts by how often it is named (logarithm, so that one word repeated does
 * not make a crowd of one kind), by persons of that role in the graph, and weakly by the vocabulary of its work.
 */
export function fieldOf(graph: GraphSnapshot, occupations: readonly Occupation[]): Field {
  const { counts, text, total } = countWords(graph);
  const roles = new Map<string, number>();
  for (const { type, subtype } of graph.entities) {
    if (type === 'person' && subtype !== undefined) roles.set(subtype.toLowerCase(), (roles.get(subtype.toLowerCase()) ?? 0) + 1);
  }
  const weights = occupations.map(({ name, nouns, stems: work, weight }) => {
    const spoken = density(work, counts, total);
    // An "engineer" is of this kind only where the documents speak of this kind's work.
    const names = work.length > 0 && spoken < PRESENT ? [name] : [name, ...nouns];
    const named = mentions(names, counts, text);
    const held = names.reduce((sum, noun) => sum + (roles.get(noun) ?? 0), 0);
    if (named + held === 0 && spoken < VOCABULARY_FROM) return 0;
    // Where many occupations share a word, those that exist for this field alone come second to those named.
    const byWords = (0.6 * spoken) / (spoken + 8);
    return portableLog(1 + named + 2 * held) + (weight > 0 || named + held > 0 ? byWords : 0.7 * byWords);
  });
  const strength = weights.reduce((sum, weight) => sum + weight, 0);
  if (strength === 0) return { share: 0, weights };
  const trade = density(TRADE, counts, total);
  const town = density(TOWN, counts, total);
  const share = SHARE.town + (SHARE.trade - SHARE.town) * (trade / Math.max(1, trade + town));
  // Few words about anybody's work make a small part, whatever they are.
  return { share: clamp(share * (strength / (strength + 1)), 0, SHARE.trade), weights };
}

/** Vocabulary per thousand words from which the documents speak of a kind of work at all. */
const PRESENT = 0.3;
/** And from which an occupation belongs to the field though nobody names it. */
const VOCABULARY_FROM = 3;
