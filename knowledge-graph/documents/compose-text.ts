// Drafts become one text and its blocks. Invariant: blocks are in order, do not overlap, are trimmed and not empty,
// and between two blocks stand only line ends: one between rows or items of a list, a blank line otherwise.
// A blank line therefore always means "another block".
import type { Block } from '../contract.ts';
import { cleanCode, cleanProse } from './clean-text.ts';
import type { BlockDraft } from './draft.ts';

const RUNS: ReadonlySet<Block['kind']> = new Set(['list-item', 'table-row']);

export interface ComposedText {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function composeText(drafts: readonly BlockDraft[]): ComposedText {
  const parts: string[] = [];
  const blocks: Block[] = [];
  let length = 0;
  for (const draft of drafts) {
    const text = draft.kind === 'code' ? cleanCode(draft.text) : cleanProse(draft.text);
    if (text === '') continue;
    const previous = blocks.at(-1);
    if (previous !== undefined) {
      const separator = previous.kind === draft.kind && RUNS.has(draft.kind) ? '\n' : '\n\n';
      parts.push(separator);
      length += separator.length;
    }
    blocks.push({ kind: draft.kind, start: length, end: length + text.length });
    parts.push(text);
    length += text.length;
  }
  return { text: parts.join(''), blocks };
}
