// Names that may be one thing and that rules could not decide: a model is asked, with a sentence of each, and only for
// these. Rules go first, so that the few calls go where they matter.
import type { Document } from '../../contract.ts';
import { addTo } from '../../group.ts';
import { splitSentences } from '../../language/sentences.ts';
import type { Merged } from '../../resolution/merged.ts';
import { nameOf } from '../../resolution/naming.ts';
import { MergeAnswer } from './answer.ts';
import type { Asker } from './asker.ts';
import { mergePrompt } from './prompts.ts';

export interface DecidedMerge {
  readonly into: string;
  readonly name: string;
}

const BATCH = 12;
const MOST_PAIRS = 60;
const QUOTE_CHARACTERS = 300;
/** A word that more names share tells nothing. */
const MOST_SHARING = 12;

export async function decideMerges(
  asker: Asker,
  things: readonly Merged[],
  documents: readonly Document[],
): Promise<readonly DecidedMerge[]> {
  const pairs = ambiguousPairs(things);
  const quoteOf = quotesFrom(documents);
  const decided: DecidedMerge[] = [];
  for (let at = 0; at < pairs.length; at += BATCH) {
    const batch = pairs.slice(at, at + BATCH);
    const answer = await asker.ask({
      stage: 'merging',
      messages: mergePrompt(
        batch.map(([one, other]) => ({ names: [nameOf(one), nameOf(other)], quotes: [quoteOf(one), quoteOf(other)] })),
      ),
      name: 'same_things',
      type: MergeAnswer,
    });
    for (const index of answer?.same ?? []) {
      const pair = batch[index];
      if (pair !== undefined) decided.push({ into: nameOf(pair[0]), name: nameOf(pair[1]) });
    }
  }
  return decided;
}

/** Names of one type (or of none) that share a word, the most mentioned first; the longer name is kept. */
function ambiguousPairs(things: readonly Merged[]): readonly (readonly [Merged, Merged])[] {
  const names = things.filter(({ kind }) => kind === 'name');
  const byWord = new Map<string, Merged[]>();
  for (const thing of names) {
    for (const word of new Set(
      nameOf(thing)
        .toLowerCase()
        .split(/[\s.-]+/),
    )) {
      if (word.length < 3) continue;
      addTo(byWord, word, thing);
    }
  }
  const pairs = new Map<string, readonly [Merged, Merged]>();
  for (const sharing of byWord.values()) {
    if (sharing.length > MOST_SHARING) continue;
    sharing.forEach((one, at) => {
      for (const other of sharing.slice(at + 1)) {
        if (one.type !== other.type && one.type !== 'unknown' && other.type !== 'unknown') continue;
        const [into, from] = nameOf(one).length >= nameOf(other).length ? [one, other] : [other, one];
        pairs.set(`${into.key}\n${from.key}`, [into, from]);
      }
    });
  }
  return [...pairs]
    .toSorted(([left, one], [right, other]) => weight(other) - weight(one) || (left < right ? -1 : 1))
    .slice(0, MOST_PAIRS)
    .map(([, pair]) => pair);
}

const weight = ([one, other]: readonly [Merged, Merged]): number => Math.min(one.spans.length, other.spans.length);

/** The sentence around a thing's first mention. */
function quotesFrom(documents: readonly Document[]): (thing: Merged) => string {
  const byId = new Map(documents.map((document) => [document.id, document] as const));
  return ({ spans: [span] }) => {
    const document = span === undefined ? undefined : byId.get(span.document);
    if (document === undefined || span === undefined) return '';
    const block = document.blocks.find(({ start, end }) => start <= span.start && span.end <= end) ?? span;
    const sentence = splitSentences(document.text, block.start, block.end).find(
      ({ start, end }) => start <= span.start && span.end <= end,
    );
    return document.text.slice(sentence?.start ?? block.start, sentence?.end ?? block.end).slice(0, QUOTE_CHARACTERS);
  };
}
