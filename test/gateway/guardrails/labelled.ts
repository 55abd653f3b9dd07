// Reads the labelled lines of test/fixtures/guardrails and scores a check on them.
import { readFileSync } from 'node:fs';
import type { Check, Role } from '../../../gateway/policy/guardrails/check.ts';

export interface Labelled {
  readonly text: string;
  readonly role: Role;
  /** What should be found, by place. */
  readonly marks: readonly { readonly label: string; readonly start: number; readonly end: number }[];
  /** For sets that label whole lines. */
  readonly positive: boolean;
  /** Even lines: never looked at while the rules were written. */
  readonly evaluation: boolean;
}

export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

const linesOf = (file: string): readonly string[] =>
  readFileSync(new URL(`../../fixtures/guardrails/${file}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');
const unescaped = (text: string): string => text.replaceAll(String.raw`\n`, '\n').replaceAll('·', '');

/** Lines with `⟦label|text⟧` marks. */
export function markedLines(file: string): readonly Labelled[] {
  return linesOf(file).map((line, index) => {
    const marks: Labelled['marks'][number][] = [];
    let text = '';
    for (const piece of unescaped(line).split(/(⟦[^⟧]*⟧)/)) {
      const mark = /^⟦([^|]*)\|([\s\S]*)⟧$/.exec(piece);
      if (mark !== null) marks.push({ label: mark[1] ?? '', start: text.length, end: text.length + (mark[2] ?? '').length });
      text += mark === null ? piece : (mark[2] ?? '');
    }
    return { text, role: 'user', marks, positive: marks.length > 0, evaluation: index % 2 === 0 };
  });
}

/** Lines of `+ role text` or `- role text`. */
export function signedLines(file: string): readonly Labelled[] {
  return linesOf(file).map((line, index) => {
    const [sign, role = 'user', ...words] = line.split(' ');
    return {
      text: unescaped(words.join(' ')),
      role: role as Role,
      marks: [],
      positive: sign === '+',
      evaluation: index % 2 === 0,
    };
  });
}

/** A finding is right where it overlaps a mark of its label; each mark counts once. */
export function scoreOfMarks(check: Check, lines: readonly Labelled[], label?: string): Score {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const { text, role, marks } of lines) {
    const wanted = marks.filter((mark) => label === undefined || mark.label === label);
    const found = check.check(text, role).filter((finding) => label === undefined || finding.label === label);
    const met = wanted.filter((mark) =>
      found.some((finding) => finding.label === mark.label && finding.start < mark.end && mark.start < finding.end),
    );
    right += met.length;
    missed += wanted.length - met.length;
    wrong += found.filter(
      (finding) => !wanted.some((mark) => finding.label === mark.label && finding.start < mark.end && mark.start < finding.end),
    ).length;
  }
  return { right, wrong, missed };
}

export function scoreOfLines(check: Check, lines: readonly Labelled[]): Score {
  let right = 0;
  let wrong = 0;
  let missed = 0;
  for (const { text, role, positive } of lines) {
    const found = check.check(text, role).length > 0;
    if (found && positive) right += 1;
    else if (found) wrong += 1;
    else if (positive) missed += 1;
  }
  return { right, wrong, missed };
}
