// The table format of CoNLL04: "#doc N", then a line per token with position, word, entity tag (BIO), relation names and
// the positions of the last tokens of the entities they lead to. A relation stands on the last token of its subject.
import { ShoalError } from '#foundation';

interface GoldEntity {
  readonly start: number;
  readonly end: number;
  readonly type: string;
}

interface GoldRelation {
  readonly subject: GoldEntity;
  readonly relation: string;
  readonly object: GoldEntity;
}

export interface GoldText {
  readonly id: string;
  /** The words, with one blank between them. */
  readonly text: string;
  readonly entities: readonly GoldEntity[];
  readonly relations: readonly GoldRelation[];
}

interface Row {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
  readonly relations: readonly string[];
  readonly heads: readonly number[];
}

/** Throws `invalid_input` where a line has another form. */
export function readConll04(text: string): readonly GoldText[] {
  const texts: GoldText[] = [];
  let [id, rows, words]: [string, Row[], string] = ['', [], ''];
  const close = (): void => {
    if (rows.length > 0) texts.push(finish(id, words, rows));
    [rows, words] = [[], ''];
  };
  text.split(/\r?\n/).forEach((line, at) => {
    if (line.startsWith('#doc')) {
      close();
      id = line.slice(5).trim();
    } else if (line.trim() !== '') {
      const [, word, tag, relations, heads] = line.split('\t');
      if (word === undefined || tag === undefined || relations === undefined || heads === undefined) throw malformed(at);
      if (words !== '') words += ' ';
      rows.push({
        tag,
        start: words.length,
        end: words.length + word.length,
        relations: listOf(relations),
        heads: listOf(heads).map(Number),
      });
      words += word;
    }
  });
  close();
  if (texts.length === 0) throw malformed(0);
  return texts;
}

/** `['Live_In', 'Work_For']`, `[12, 4]` */
const listOf = (cell: string): readonly string[] => [...cell.matchAll(/[^[\]',\s]+/g)].map(([item]) => item);

function finish(id: string, text: string, rows: readonly Row[]): GoldText {
  const byLast = new Map<number, GoldEntity>();
  let first = 0;
  rows.forEach(({ tag, end }, at) => {
    if (tag === 'O') return;
    if (tag.startsWith('B-')) first = at;
    if (rows[at + 1]?.tag !== `I-${tag.slice(2)}`) byLast.set(at, { start: rows[first]?.start ?? 0, end, type: tag.slice(2) });
  });
  const relations = rows.flatMap((row, at) =>
    row.relations.flatMap((relation, index): readonly GoldRelation[] => {
      const [subject, object] = [byLast.get(at), byLast.get(row.heads[index] ?? -1)];
      return relation === 'N' || subject === undefined || object === undefined ? [] : [{ subject, relation, object }];
    }),
  );
  return { id, text, entities: [...byLast.values()], relations };
}

const malformed = (at: number): ShoalError =>
  new ShoalError('invalid_input', `Line ${at + 1} has no five columns.`, {
    hint: 'A line holds position, word, entity tag, relations and heads, with tabs between them.',
  });
