// Column files of labelled tokens: one token a line, its label in the last column, a blank line between sentences.
// Reads WNUT (two columns), CoNLL-2003 (four), CoNLL-2004 (token in the second column); `IOB1`, `IOB2` and `BIOES` alike.

export interface LabelledSentence {
  readonly tokens: readonly string[];
  /** Label of each token as the file writes it, e.g. `B-PER`. */
  readonly labels: readonly string[];
}

/** Sentences that belong to one text: those between two `-DOCSTART-` lines, or one alone where there are none. */
export type LabelledText = readonly LabelledSentence[];

const LABEL = /^(?:O|[BIESLU]-\S+)$/;

/** Throws a `SyntaxError` with the line number where a line has no label. */
export function readConll(source: string): readonly LabelledText[] {
  const grouped = source.includes('-DOCSTART-');
  const texts: LabelledSentence[][] = [];
  let tokens: string[] = [];
  let labels: string[] = [];
  const close = (): void => {
    if (tokens.length === 0) return;
    if (!grouped || texts.length === 0) texts.push([]);
    texts.at(-1)?.push({ tokens, labels });
    tokens = [];
    labels = [];
  };
  source.split(/\r?\n/).forEach((line, index) => {
    if (line.trim() === '' || line.startsWith('#doc')) return close();
    if (line.startsWith('-DOCSTART-')) {
      close();
      texts.push([]);
      return;
    }
    const columns = line.includes('\t') ? line.split('\t') : line.split(' ');
    const at = columns.findLastIndex((column) => LABEL.test(column));
    if (at < 1) throw new SyntaxError(`Line ${index + 1} has no label such as O or B-PER: ${line.slice(0, 60)}`);
    tokens.push((/^\d+$/.test(columns[0] ?? '') && at > 1 ? columns[1] : columns[0]) ?? '');
    labels.push(columns[at] ?? 'O');
  });
  close();
  return texts.filter((text) => text.length > 0);
}

export interface LabelledSpan {
  readonly from: number;
  readonly to: number;
  readonly label: string;
}

/** Entities of a sentence as conlleval finds them: a `B`, or a change of label, opens one. */
export function spansOf(labels: readonly string[]): readonly LabelledSpan[] {
  const spans: LabelledSpan[] = [];
  let open: { from: number; label: string } | undefined;
  const close = (to: number): void => {
    if (open !== undefined) spans.push({ ...open, to });
    open = undefined;
  };
  labels.forEach((tag, index) => {
    const [prefix = 'O', label = ''] = tag === 'O' ? ['O'] : [tag.slice(0, 1), tag.slice(2)];
    if (prefix === 'O' || /[BSU]/.test(prefix) || open?.label !== label) close(index);
    if (prefix !== 'O') open ??= { from: index, label };
    if (/[ESLU]/.test(prefix)) close(index + 1);
  });
  close(labels.length);
  return spans;
}
