// What the documents make of the crowd around them: which places it lives in, and which values speak for an issue.
// Invariant: thin documents change little; every value stays possible.
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Issue } from '#scenarios/contract';
import { GENERIC_REGIONS } from './priors.ts';

const MAX_PLACES = 20;
/** Mentions of places at which half of the crowd lives in them: one named in passing is hardly a setting. */
const HALF_AT_MENTIONS = 4;
/** Places that nobody says they live in. */
const NOT_HOMES =
  /\b(bridge|park|airport|station|sea|ocean|river|lake|pier|canal|dam|gate|house|lighthouse|point|mountain|mount|forest|reef|rock|stadium|building|harbou?r|port|road|street|lane|avenue|square|hall|quay|falls|creek)$/i;

/** Places of the documents by salience, and kinds of place beside them, the fewer the more the documents speak of places. */
export function regionsOf(graph: GraphSnapshot): readonly { readonly name: string; readonly weight: number }[] {
  const places = graph.entities
    .filter(
      ({ type, confidence, name, subtype }) =>
        type === 'place' &&
        confidence >= 0.4 &&
        /^\p{Lu}[\p{L} .'’-]{1,30}$/u.test(name) &&
        !NOT_HOMES.test(subtype ?? '') &&
        !NOT_HOMES.test(name),
    )
    .toSorted((a, b) => b.salience - a.salience || (a.id < b.id ? -1 : 1))
    .slice(0, MAX_PLACES)
    .map(({ name, salience, sources }) => ({ name, weight: 0.5 + 8 * salience, mentioned: sources.length }));
  const known = places.reduce((sum, { weight }) => sum + weight, 0);
  const mentions = places.reduce((sum, { mentioned }) => sum + mentioned, 0);
  const generic = GENERIC_REGIONS.reduce((sum, { weight }) => sum + weight, 0);
  const share = mentions === 0 ? 1 : (HALF_AT_MENTIONS / mentions) * (known / generic);
  return [
    ...places.map(({ name, weight }) => ({ name, weight })),
    ...GENERIC_REGIONS.map(({ name, weight }) => ({ name, weight: weight * share })),
  ];
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
