// Which names a query speaks of: the longest runs of its words that are an entity's name or alias, or the title of a
// document. Names are nodes: the entities in their order, then titles that are no entity's name.
import type { Document, Entity } from '../contract.ts';
import { STOP_WORDS } from '../lexicon/function-words.ts';
import { wordsOf } from './words.ts';
import type { Word } from './words.ts';

const LONGEST_NAME = 12;
/** Topics are in half of all passages: they say less than a name. */
const TOPIC = 0.1;
/** Several words, or one, in lower case that spell a name: in a query that uses capitals, and in one without any. */
const [UNMARKED, UNMARKED_ANYWAY] = [[0.5, 0] as const, [1, 0.3] as const];
/** "Brand" names the page "Brand (play)", among others. */
const SHORT_TITLE = 0.5;

export interface NamedNode {
  readonly node: number;
  /** 0–1: how surely the query means it. */
  readonly weight: number;
  /** The words of the query that say it: `[from, to)`. */
  readonly from: number;
  readonly to: number;
  readonly topic: boolean;
}

export interface NameIndex {
  /** How many nodes there are; entities come first. */
  readonly size: number;
  /** Per document the nodes that its title names, with weights up to 1. */
  readonly titles: readonly (readonly { readonly node: number; readonly weight: number }[])[];
  link(words: readonly Word[]): readonly NamedNode[];
}

const keyOf = (name: string): string =>
  wordsOf(name)
    .map(({ text }) => text)
    .join(' ');

export function createNameIndex(entities: readonly Entity[], documents: readonly Document[]): NameIndex {
  const byKey = new Map<string, number>();
  // Entities come most salient first, so the better known bearer of a name keeps it; names go before aliases.
  const add = (name: string, node: number): void => {
    const key = keyOf(name);
    if (key !== '' && !byKey.has(key)) byKey.set(key, node);
  };
  entities.forEach(({ name }, node) => add(name, node));
  entities.forEach(({ aliases }, node) => {
    for (const alias of aliases) add(alias, node);
  });
  let size = entities.length;
  const nodeOf = (name: string): number | undefined => {
    const key = keyOf(name);
    if (key === '') return undefined;
    const known = byKey.get(key);
    if (known !== undefined) return known;
    byKey.set(key, size);
    return size++;
  };
  const titles = documents.map(({ title }) => {
    if (title === undefined) return [];
    const whole = nodeOf(title);
    const short = nodeOf(title.replace(/\s*[(（][^()（）]*[)）]\s*$/u, ''));
    return [
      ...(whole === undefined ? [] : [{ node: whole, weight: 1 }]),
      ...(short === undefined || short === whole ? [] : [{ node: short, weight: SHORT_TITLE }]),
    ];
  });
  const isTopic = (node: number): boolean => entities[node]?.type === 'concept';

  return {
    size,
    titles,
    link: (words) => {
      const capitals = words.some(({ marked }, at) => at > 0 && marked);
      const found: NamedNode[] = [];
      let from = 0;
      while (from < words.length) {
        const longest = Math.min(words.length, from + LONGEST_NAME);
        let link: NamedNode | undefined;
        for (let to = longest; to > from && link === undefined; to--) {
          const run = words.slice(from, to);
          const node = byKey.get(run.map(({ text }) => text).join(' '));
          if (node === undefined) continue;
          const weight = weightOf(run, isTopic(node), capitals);
          if (weight > 0) link = { node, weight, from, to, topic: isTopic(node) };
        }
        if (link !== undefined) found.push(link);
        from = link?.to ?? from + 1;
      }
      return found;
    },
  };
}

function weightOf(run: readonly Word[], topic: boolean, capitals: boolean): number {
  // "The Who" is a name, "the who" is grammar.
  if (run.every(({ text }) => STOP_WORDS.has(text))) return run.length > 1 && run.every(({ marked }) => marked) ? 1 : 0;
  if (topic) return TOPIC;
  if (run.some(({ marked }) => marked)) return 1;
  const [several, single] = capitals ? UNMARKED : UNMARKED_ANYWAY;
  return run.length > 1 ? several : single;
}
