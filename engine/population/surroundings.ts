// What the documents make of the crowd around them: which jobs and places are common in it, and which values speak
// for an issue. Invariant: thin documents change little; every occupation and value stays possible.
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { GENERIC_REGIONS, OCCUPATIONS, RETIRED, STUDENT } from './priors.ts';
import type { Occupation } from './priors.ts';

/** The table of jobs, weighted up to four times where the documents speak of its field; student and retired last. */
export function tiltedOccupations(graph: GraphSnapshot): readonly Occupation[] {
  const words = new Map<string, number>();
  let total = 0;
  for (const document of graph.documents) {
    for (const word of document.text.toLowerCase().match(/\p{L}{3,}/gu) ?? []) {
      words.set(word, (words.get(word) ?? 0) + 1);
      total++;
    }
  }
  // Words by their first three letters: a stem need not be held against all of them.
  const byStart = Map.groupBy(words, ([word]) => word.slice(0, 3));
  const hits = (stem: string): number =>
    (byStart.get(stem.slice(0, 3)) ?? []).reduce((sum, [word, count]) => (word.startsWith(stem) ? sum + count : sum), 0);
  const tilted = OCCUPATIONS.map((occupation) => {
    const perThousand = total === 0 ? 0 : (1000 * occupation.stems.reduce((sum, stem) => sum + hits(stem), 0)) / total;
    return { ...occupation, weight: occupation.weight * (1 + 3 * (perThousand / (perThousand + 6))) };
  });
  return [...tilted, STUDENT, RETIRED];
}

const MAX_PLACES = 20;

/** Places of the documents by salience; with few of them, kinds of place beside them. */
export function regionsOf(graph: GraphSnapshot): readonly { readonly name: string; readonly weight: number }[] {
  const places = graph.entities
    .filter(({ type, confidence, name }) => type === 'place' && confidence >= 0.4 && /^\p{Lu}[\p{L} .'’-]{1,30}$/u.test(name))
    .toSorted((a, b) => b.salience - a.salience || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_PLACES)
    .map(({ name, salience }) => ({ name, weight: 0.5 + 8 * salience }));
  if (places.length >= 6) return places;
  const known = places.reduce((sum, { weight }) => sum + weight, 0);
  const generic = GENERIC_REGIONS.reduce((sum, { weight }) => sum + weight, 0);
  const share = places.length === 0 ? 1 : (0.5 * known) / generic;
  return [...places, ...GENERIC_REGIONS.map(({ name, weight }) => ({ name, weight: weight * share }))];
}

const CHANGE =
  /\b(new|introduc|adopt|allow|open|launch|reform|replac|expand|build|legali[sz]e|first|switch|digital|automat|autonom|join|abolish|scrap|mandatory)\w*/i;
const KEEPING =
  /\b(keep|maintain|remain|stay|restore|protect|tradition|continue|preserve|order|control|ban|restrict|limit|delay)\w*/i;
const COMMON_GOOD =
  /\b(health|environment|climate|safety|school|welfare|poor|public|community|free|equal|right|refugee|nature|housing|care)\w*/i;
const OWN_GAIN = /\b(profit|market|share|price|tax|company|business|growth|sale|investor|enterprise|win|compet)\w*/i;

/**
 * How strongly each of VALUES speaks for the proposition, −1 … +1. Reads a few words of it: openness to change and
 * conservation stand against each other, and so do self-transcendence and self-enhancement (Schwartz's circle).
 */
export function valueAxis(issue: Issue): readonly number[] {
  const text = `${issue.proposition} ${issue.label}`;
  // A proposition that says neither is usually a change of what is.
  const change = (CHANGE.test(text) ? 0.8 : 0) - (KEEPING.test(text) ? 0.8 : 0) || 0.3;
  const good = (COMMON_GOOD.test(text) ? 0.7 : 0) - (OWN_GAIN.test(text) ? 0.5 : 0);
  return [change, -good, -change, good];
}
