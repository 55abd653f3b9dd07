// What becomes of findings: one rule for whole texts and for streams.
import { ShoalError } from '#foundation';
import type { Verdict } from '../../chain.ts';
import type { TextSlot } from '../../models/dialects/dialect.ts';
import { NO_FINDINGS, withoutOverlaps } from './check.ts';
import type { Finding } from './check.ts';
import type { GuardedCall, Guardrail } from './create-guardrails.ts';
import type { Placeholders } from './placeholders.ts';

export type Where = Verdict['where'];

function actionOf(mode: Guardrail['mode'], findings: readonly Finding[]): Verdict['action'] {
  if (findings.length === 0) return 'passed';
  if (mode === 'observe') return 'observed';
  return mode === 'redact' || findings.every((finding) => finding.replacement !== undefined) ? 'redacted' : 'blocked';
}

export function replacementOf(
  { restore }: Guardrail,
  { label, start, end, replacement }: Finding,
  text: string,
  where: Where,
  placeholders: Placeholders,
): string {
  // What is taken out of an answer is not for its reader, so it is never put back.
  return replacement ?? placeholders.of(label, text.slice(start, end), restore && where === 'input');
}

/** Runs the guardrails one after the other over the texts of one side; each sees what the one before it left. */
export async function enforce(
  guardrails: readonly Guardrail[],
  slots: readonly TextSlot[],
  call: GuardedCall,
  where: Where,
  placeholders: Placeholders,
): Promise<readonly TextSlot[]> {
  let current = slots;
  for (const guardrail of guardrails) {
    const started = performance.now();
    const { findings, unavailable } = await findIn(guardrail, current, call, where);
    const all = findings.flat();
    const action = actionOf(guardrail.mode, all);
    call.tally.verdicts.push({
      guardrail: guardrail.name,
      where,
      action,
      findings: all.length,
      durationMs: performance.now() - started,
      ...(unavailable === undefined ? {} : { unavailable }),
    });
    if (action === 'blocked') throw blocked(guardrail, all, where);
    if (action !== 'redacted') continue;
    current = current.map((slot, index) => {
      const found = findings[index] ?? NO_FINDINGS;
      return found.length === 0 ? slot : { ...slot, text: replaced(guardrail, found, slot.text, where, placeholders) };
    });
  }
  return current;
}

async function findIn(
  { check, roles }: Guardrail,
  slots: readonly TextSlot[],
  call: GuardedCall,
  where: Where,
): Promise<{ readonly findings: readonly (readonly Finding[])[]; readonly unavailable?: true }> {
  const concerns = (slot: TextSlot): boolean =>
    slot.text !== '' &&
    // Pieces of arguments are no documents, and nobody bounds their length one by one.
    !(slot.argument === true && check.wholeOnly === true) &&
    (where === 'output' || roles === undefined || roles.has(slot.role));
  const findings = slots.map((slot) => (concerns(slot) ? check.check(slot.text, slot.role) : NO_FINDINGS));
  const concerned = slots.filter(concerns);
  if (check.judge === undefined || concerned.length === 0) return { findings };
  const facts = { callId: call.id, model: call.asked, team: call.principal.team, where };
  const judged = await check.judge(concerned, facts, call.signal);
  const bySlot = new Map(concerned.map((slot, index) => [slot, judged.findings[index] ?? NO_FINDINGS]));
  return {
    findings: findings.map((found, index) => withoutOverlaps([...found, ...(bySlot.get(slots[index] ?? EMPTY) ?? NO_FINDINGS)])),
    ...(judged.unavailable === undefined ? {} : { unavailable: judged.unavailable }),
  };
}

const EMPTY: TextSlot = { role: 'user', text: '' };

function replaced(
  guardrail: Guardrail,
  findings: readonly Finding[],
  text: string,
  where: Where,
  placeholders: Placeholders,
): string {
  let result = '';
  let from = 0;
  for (const finding of findings) {
    result += text.slice(from, finding.start) + replacementOf(guardrail, finding, text, where, placeholders);
    from = finding.end;
  }
  return result + text.slice(from);
}

/** Says which guardrail and what kind of thing, never what was found. */
export function blocked({ name }: Guardrail, findings: readonly Finding[], where: Where): ShoalError {
  const labels = [...new Set(findings.map((finding) => finding.label))].join(', ');
  const what = where === 'input' ? 'request' : 'answer';
  return new ShoalError('guardrail_blocked', `The guardrail ${name} blocked the ${what}: ${labels}.`, {
    details: { guardrail: name, where, labels, findings: findings.length },
    hint:
      where === 'input'
        ? `Take that out of the text and send it again, or ask whoever runs this gateway about the guardrail ${name}.`
        : `Ask in another way, or ask whoever runs this gateway about the guardrail ${name}.`,
  });
}
