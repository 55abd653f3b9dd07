// A running text checked piece by piece: its end is held back from where a finding may still grow, and what stands
// before that is sent on with its findings replaced, or ends the call.
import type { Verdict } from '../../chain.ts';
import type { ModelCall } from '../../models/model-call.ts';
import type { Finding } from './check.ts';
import type { Guardrail } from './create-guardrails.ts';
import { blocked, replacementOf } from './enforce.ts';
import type { Placeholders } from './placeholders.ts';

/** Text already sent that is kept, so that words before a finding can say what it is. */
const CONTEXT = 256;
/** More than this is never held: no rule finds anything longer. */
const MOST_HELD = 16_384;
export interface Running {
  /** The end of what was sent. */
  before: string;
  pending: string;
}

interface Counted {
  readonly guardrail: Guardrail;
  findings: number;
  durationMs: number;
}

export interface Window {
  /** Whether anything that is found here is replaced or blocked. */
  readonly acts: boolean;
  /** What may be sent on of a running text now; with `final`, all of it. */
  advance(running: Running, final: boolean): string;
  /** Writes down what was found, once. */
  conclude(): void;
}

export function createWindow(guardrails: readonly Guardrail[], call: ModelCall, placeholders: Placeholders): Window {
  const windowed: readonly Counted[] = guardrails
    .filter(({ mode, check }) => mode !== 'observe' && check.wholeOnly !== true)
    .map((guardrail) => ({ guardrail, findings: 0, durationMs: 0 }));
  let ended = false;

  const note = ({ guardrail, findings, durationMs }: Counted, action: Verdict['action']): void => {
    call.tally.verdicts.push({ guardrail: guardrail.name, where: 'output', action, findings, durationMs });
  };

  const conclude = (but?: Counted): void => {
    if (ended) return;
    ended = true;
    for (const counted of windowed) if (counted !== but) note(counted, counted.findings > 0 ? 'redacted' : 'passed');
  };

  const advance = (running: Running, final: boolean): string => {
    const text = running.before + running.pending;
    const base = running.before.length;
    let cut = final || running.pending.length > MOST_HELD ? text.length : placeholders.openFrom(text);
    const found: { readonly finding: Finding; readonly counted: Counted }[] = [];
    for (const counted of windowed) {
      const started = performance.now();
      const { check } = counted.guardrail;
      const findings = check.check(text, 'assistant');
      if (!final && running.pending.length <= MOST_HELD) cut = Math.min(cut, check.openFrom(text));
      for (const finding of findings) if (finding.end > base) found.push({ finding, counted });
      counted.durationMs += performance.now() - started;
    }
    // A finding is decided as a whole or not yet.
    for (const { finding } of found) if (finding.start < cut && finding.end > cut) cut = finding.start;
    cut = Math.max(cut, base);
    let result = '';
    let from = base;
    for (const { finding, counted } of found.toSorted((left, right) => left.finding.start - right.finding.start)) {
      if (finding.end > cut || finding.end <= from) continue;
      counted.findings += 1;
      if (counted.guardrail.mode === 'block') {
        note(counted, 'blocked');
        conclude(counted);
        throw blocked(counted.guardrail, [finding], 'output');
      }
      const start = Math.max(finding.start, from);
      result += text.slice(from, start) + replacementOf(counted.guardrail, { ...finding, start }, text, 'output', placeholders);
      from = finding.end;
    }
    result += text.slice(from, Math.max(from, cut));
    const sent = Math.max(from, cut);
    running.before = text.slice(Math.max(0, sent - CONTEXT), sent);
    running.pending = text.slice(sent);
    return placeholders.restore(result);
  };

  return { acts: windowed.length > 0, advance, conclude: () => conclude() };
}
