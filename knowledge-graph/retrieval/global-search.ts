// Questions about the whole: communities best first, their sentences tested for relevance until a budget is used up or
// several communities in a row have nothing to say (after LazyGraphRAG, with words and walkers in place of a model).
import type { Community, GraphSnapshot, SearchHit, SourceSpan } from '../contract.ts';
import { isPublished } from '../time/valid.ts';
import type { Rank, Ranking } from './rank.ts';
import type { ModeSearch } from './search.ts';
import { createWordIndex } from './word-index.ts';
import type { Scored } from './word-index.ts';

/** Sentences tested for one question. */
const BUDGET = 500;
const EMPTY_IN_A_ROW = 5;
/** Communities and sentences that share words with the question, at most. */
const FOUND_BY_WORDS = 500;
/** A sentence is relevant that fits this well compared with the best one. */
const RELEVANT = 0.3;
/** A community this near to the question is told whole where none of its sentences has the question's words. */
const SPEAKS = 0.5;
/** Words that nothing in a summary answers ("what is this about?") leave the order of the communities themselves. */
const UNASKED = 0.3;

export function createGlobalSearch(snapshot: GraphSnapshot, rank: Rank): ModeSearch {
  const { communities, documents, entities } = snapshot;
  const dates = new Map(documents.map(({ id, publishedAt }) => [id, publishedAt] as const));
  const names = new Map(entities.map(({ id, name }) => [id, name] as const));
  const nodes = new Map(entities.map(({ id }, node) => [id, node] as const));
  const whole = createWordIndex(
    communities.map(({ label, members, summary }) =>
      [label, ...members.map((id) => names.get(id) ?? ''), ...summary.map(({ text }) => text)].join('\n'),
    ),
  );
  const sentences = communities.flatMap(({ summary }, community) => summary.map((sentence) => ({ community, ...sentence })));
  const words = createWordIndex(sentences.map(({ text }) => text));

  const inOwnOrder = communities.map((_, position) => ({ position, score: UNASKED / (position + 1) }));

  return (query, k, asOf) => {
    const known = ({ document }: SourceSpan): boolean => asOf === undefined || isPublished(dates.get(document), asOf);
    const order = orderOf(communities, whole.find(query, FOUND_BY_WORDS), walkedShares(communities, rank(query), nodes));
    const asked = order.length > 0;
    const found = words.find(query, FOUND_BY_WORDS);
    const enough = RELEVANT * (found[0]?.score ?? 0);
    const fits = new Set(found.filter(({ score }) => score >= enough).map(({ position }) => sentences[position]?.source));
    const told = new Set<string>();
    const hits: SearchHit[] = [];
    let [tests, empty] = [0, 0];
    for (const { position, score } of asked ? order : inOwnOrder) {
      const community = communities[position];
      if (community === undefined || hits.length >= k || tests >= BUDGET || empty >= EMPTY_IN_A_ROW) break;
      tests += community.summary.length;
      const news = community.summary.filter(({ source, text }) => known(source) && !told.has(text));
      const relevant = news.filter(({ source }) => fits.has(source));
      const chosen = relevant.length === 0 && (!asked || score >= SPEAKS) ? news : relevant;
      const [first] = chosen;
      empty = first === undefined ? empty + 1 : 0;
      if (first === undefined) continue;
      for (const { text } of chosen) told.add(text);
      const text = `${community.label}: ${chosen.map((sentence) => sentence.text.replaceAll(/\s+/g, ' ')).join(' ')}`;
      hits.push({ kind: 'community', id: community.id, score: Number(score.toFixed(4)), text, source: first.source });
    }
    return hits;
  };
}

/** How much of the walkers' time each community's members hold, relative to the highest. */
function walkedShares(
  communities: readonly Community[],
  { named, entities }: Ranking,
  nodes: ReadonlyMap<string, number>,
): readonly number[] {
  if (named.size === 0) return communities.map(() => 0);
  const shares = new Map(entities.map(({ position, score }) => [position, score] as const));
  const sums = communities.map(({ members }) => members.reduce((sum, id) => sum + (shares.get(nodes.get(id) ?? -1) ?? 0), 0));
  const highest = sums.reduce((most, sum) => Math.max(most, sum), 0);
  return sums.map((sum) => (highest === 0 ? 0 : sum / highest));
}

function orderOf(communities: readonly Community[], found: readonly Scored[], walked: readonly number[]): readonly Scored[] {
  const byWords = new Map(found.map(({ position, score }) => [position, score / (found[0]?.score ?? 1)] as const));
  return communities
    .map((_, position) => ({ position, score: ((byWords.get(position) ?? 0) + (walked[position] ?? 0)) / 2 }))
    .filter(({ score }) => score > 0)
    .toSorted((left, right) => right.score - left.score || left.position - right.position);
}
