// A finding: one thing to say, with its numbers and its evidence, before anybody has put it into words.
import type { Citation, ComputedNumber, Figure, ReportClaim } from '../contract.ts';
import type { FormName } from '../sentences/forms.ts';
import type { SourceSpan } from '#knowledge-graph/contract';

export interface Finding {
  readonly kind: ReportClaim['kind'];
  readonly form: FormName;
  readonly slots: Readonly<Record<string, string>>;
  readonly numbers: readonly ComputedNumber[];
  readonly citations: readonly Citation[];
  /** A new paragraph begins here. */
  readonly opens?: boolean;
}

/** A section before it is written. */
export interface SectionPlan {
  readonly id: string;
  readonly title: string;
  readonly findings: readonly Finding[];
  readonly figures: readonly Figure[];
}

type Slots = Readonly<Record<string, string | ComputedNumber | readonly ComputedNumber[] | undefined>>;

/** Numbers among the slots are carried by the finding; undefined slots leave their part of the sentence out. */
export function finding(kind: ReportClaim['kind'], form: FormName, slots: Slots, citations: readonly Citation[] = []): Finding {
  const entries = Object.entries(slots).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  return {
    kind,
    form,
    slots: Object.fromEntries(entries.map(([name, value]) => [name, slotText(value)])),
    numbers: entries.flatMap(([, value]) => (typeof value === 'string' ? [] : 'text' in value ? [value] : [...value])),
    citations,
  };
}

/** The first of some findings that belong together opens a paragraph. */
export const paragraph = (findings: readonly Finding[]): readonly Finding[] =>
  findings.map((item, index) => (index === 0 ? { ...item, opens: true } : item));

function slotText(value: string | ComputedNumber | readonly ComputedNumber[]): string {
  if (typeof value === 'string') return value;
  return 'text' in value ? value.text : joined(value.map((number) => number.text));
}

/** "a", "a and b", "a, b and c". */
export function joined(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

export const atRound = (round: number, ...names: readonly string[]): readonly Citation[] =>
  names.map((name) => ({ kind: 'measure', name, round }));
export const fromEvent = (seq: number): Citation => ({ kind: 'event', seq });
export const fromSpan = (span: SourceSpan): Citation => ({ kind: 'span', span });

/** A quotation; white space is evened out, nothing else is touched. */
export const quoted = (text: string): string => `“${evened(text)}”`;
export const evened = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
export const sentence = (text: string): string => (/[.!?”]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`);
