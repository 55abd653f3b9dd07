// The one interface behind all guardrail kinds. A check finds; what is done about a finding (observe, redact, block)
// is decided by the step, the same for every kind.
import type { TextSlot } from '../../models/dialects/dialect.ts';

export type Role = TextSlot['role'];

export interface Finding {
  /** UTF-16 offsets into the text, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What it is, lower-case with dashes: becomes the placeholder `[LABEL_1]`. */
  readonly label: string;
  /** 0 to 1: how sure the rule is. */
  readonly confidence: number;
  /** Put in its place whatever the mode, `observe` apart: only a judge outside gives one. */
  readonly replacement?: string;
}

/** What a judge outside is told about the call beside its texts. */
export interface CallFacts {
  readonly callId: string;
  readonly model: string;
  readonly team: string | undefined;
  readonly where: 'input' | 'output';
}

export interface Judgement {
  /** One list per slot, in the order of the slots. */
  readonly findings: readonly (readonly Finding[])[];
  readonly unavailable?: true;
}

export interface Check {
  /** Ordered by offset, without overlaps. Pure and synchronous. */
  check(text: string, role: Role): readonly Finding[];
  /**
   * For streams: the index from which the end of `text` may still grow into a finding. What stands before it may be
   * sent on; `text.length` = nothing need be held back.
   */
  openFrom(text: string): number;
  /** Only the whole text can be judged (a JSON document is only valid once it is complete). */
  readonly wholeOnly?: true;
  /** Asks outside this process. A streamed answer is held back until it has answered. */
  judge?(slots: readonly TextSlot[], facts: CallFacts, signal: AbortSignal): Promise<Judgement>;
}

export const NO_FINDINGS: readonly Finding[] = [];

/**
 * Sorted by offset; where some overlap they become one that covers all of them and is named after the surest, so that
 * nothing of any is left standing. One pass: a hostile text may hold a finding every few characters.
 */
export function withoutOverlaps(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const joined: Finding[] = [];
  for (const finding of findings.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last === undefined || finding.start >= last.end) joined.push(finding);
    else joined[joined.length - 1] = { ...surer(last, finding), start: last.start, end: Math.max(last.end, finding.end) };
  }
  return joined;
}

function surer(left: Finding, right: Finding): Finding {
  if (left.confidence !== right.confidence) return left.confidence > right.confidence ? left : right;
  return left.end - left.start >= right.end - right.start ? left : right;
}

/** Start of the last word of the text: where nothing else is known, a finding can only grow out of that. */
export function lastWordStart(text: string): number {
  let index = text.length;
  while (index > 0 && text.charCodeAt(index - 1) > 0x20) index--;
  return index;
}
