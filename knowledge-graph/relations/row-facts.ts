// Facts that a table tells: the name that opens a row has, under each heading, what the cell says. "company: Acme; seat:
// Bern" is Acme, seat, Bern.
import type { Document } from '../contract.ts';
import type { Anchor } from '../coreference/resolve.ts';
import type { Cell } from '../language/cells.ts';
import type { Sentence } from '../language/token.ts';
import { LEADING_ROLES } from '../lexicon/titles.ts';
import { isKeyCell } from '../spans/key-cells.ts';
import type { Fact } from './fact.ts';
import { isThing, typeOf } from './fact.ts';
import { readNoun } from './predicates.ts';

const CONFIDENCE = 0.8;
/** In characters: longer cells are prose, and read as such. */
const LONGEST_VALUE = 120;
const LONGEST_LABEL = 40;
/** Rows told of one document: larger tables are data to compute with, not facts to remember. */
const MOST_ROWS = 1_000;
const EMPTY = /^(?:[\s\p{P}\p{S}]*|n\/?a|none|null|unknown|tbd|see .*)$/iu;

/** `anchors` by sentence. A row whose first cell is no name tells nothing. */
export function findRowFacts(
  document: Document,
  sentences: readonly Sentence[],
  anchors: readonly (readonly Anchor[])[],
): readonly Fact[] {
  const facts: Fact[] = [];
  let rows = 0;
  sentences.forEach((sentence, index) => {
    const key = (anchors[index] ?? []).find((anchor) => isName(anchor) && isKeyCell(sentence, anchor));
    if (key === undefined || ++rows > MOST_ROWS) return;
    for (let at = index + 1; sentences[at]?.blockIndex === sentence.blockIndex; at++) {
      const value = sentences[at];
      if (value?.cell === undefined || value.cell === sentences[at - 1]?.cell) continue;
      const filling =
        value.end === value.cell.end ? (anchors[at] ?? []).find((anchor) => isName(anchor) && fills(value, anchor)) : undefined;
      const found = factOf(document.text, { key, start: sentence.start }, value.cell, filling);
      if (found !== undefined) facts.push(found);
    }
  });
  return facts;
}

const isName = (anchor: Anchor): boolean => isThing(anchor) && anchor.cluster.kind === 'name' && !anchor.indirect;

const fills = ({ tokens }: Sentence, { from, to }: Anchor): boolean => from === 0 && to === tokens.length;

function factOf(
  text: string,
  { key, start }: { readonly key: Anchor; readonly start: number },
  cell: Cell,
  value: Anchor | undefined,
): Fact | undefined {
  const label = nameOfColumn(cell.label ?? '');
  const words = text.slice(cell.start, cell.end);
  if (label === undefined || words.length > LONGEST_VALUE || EMPTY.test(words) || value?.cluster === key.cluster)
    return undefined;
  const place = { start, end: cell.end };
  if (value === undefined) return { ...SAID, ...place, subject: key.cluster, predicate: label, object: undefined, literal: cell };
  const inverse = relationOfNoun(label, value, key);
  const [subject, object] = inverse === undefined ? [key, value] : [value, key];
  return { ...SAID, ...place, subject: subject.cluster, predicate: inverse ?? label, object: object.cluster, literal: undefined };
}

const SAID = { polarity: 'affirmed', modality: 'asserted', confidence: CONFIDENCE } as const;

/** "CEO", "founder", "capital": the value is that of what the row is about. */
function relationOfNoun(label: string, value: Anchor, key: Anchor): string | undefined {
  const [from, to] = [typeOf(value.cluster), typeOf(key.cluster)];
  const read = readNoun(label, from, to);
  return read ?? (from === 'person' && to !== 'person' && LEADING_ROLES.has(label) ? 'lead' : undefined);
}

/** A heading in lower case, but for acronyms, without what stands in brackets; undefined where it names nothing. */
function nameOfColumn(label: string): string | undefined {
  const name = label
    .replaceAll(/\s*\([^)]*\)/g, '')
    .replaceAll('_', ' ')
    .split(' ')
    .map((word) => (/^\p{Lu}{2,}/u.test(word) ? word : word.toLowerCase()))
    .join(' ')
    .trim();
  return name.length > LONGEST_LABEL || !/^\p{L}/u.test(name) ? undefined : name;
}
