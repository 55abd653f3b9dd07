// Things joined by commas and "and" are of one kind: "Tesco, Ocado and IKEA". A name of unknown type learns from the
// known ones beside it.
import type { EntityType } from '../contract.ts';
import type { Sentence } from '../language/token.ts';
import { addEvidence, entityTypeOf } from '../names/cluster.ts';
import type { Cluster, ClusterMention } from '../names/cluster.ts';

interface Item {
  readonly cluster: Cluster;
  readonly mention: ClusterMention;
}

export function spreadOverLists(sentences: readonly Sentence[], clusters: readonly Cluster[]): void {
  const rows: Item[][] = sentences.map(() => []);
  for (const cluster of clusters) {
    if (cluster.kind === 'name') for (const mention of cluster.mentions) rows[mention.sentence]?.push({ cluster, mention });
  }
  rows.forEach((row, index) => {
    const sentence = sentences[index];
    if (sentence === undefined || row.length < 2 || sentence.headline) return;
    for (const list of listsOf(
      sentence,
      row.toSorted((left, right) => left.mention.from - right.mention.from),
    ))
      learn(list);
  });
}

function listsOf(sentence: Sentence, row: readonly Item[]): readonly (readonly Item[])[] {
  const lists: Item[][] = [];
  for (const item of row) {
    const open = lists.at(-1);
    const previous = open?.at(-1);
    const gap =
      previous === undefined
        ? undefined
        : sentence.tokens.slice(previous.mention.to, item.mention.from).map((token) => token.lower);
    if (open !== undefined && gap !== undefined && /^(,|and|or|, and|, or|&)$/.test(gap.join(' '))) open.push(item);
    else lists.push([item]);
  }
  // Two names joined by a comma alone are as often a place in a place or an aside.
  return lists.filter(
    (list) =>
      list.length > 2 || (list.length === 2 && /^(and|or|&)$/.test(sentence.tokens[list[0]?.mention.to ?? 0]?.lower ?? '')),
  );
}

function learn(list: readonly Item[]): void {
  const counts = new Map<EntityType, number>();
  for (const { cluster } of list) {
    const type = entityTypeOf(cluster);
    if (type !== 'unknown') counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  const [only, other] = [...counts.keys()];
  if (only === undefined || other !== undefined) return;
  for (const { cluster } of list)
    if (entityTypeOf(cluster) === 'unknown') addEvidence(cluster, [{ type: only, weight: 1.5, weak: true }]);
}
