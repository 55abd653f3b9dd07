// A judge outside: the operator's own service is sent the texts and says what is to become of them. The address is the
// operator's, so it is not checked against private networks.
import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { ShoalError } from '#foundation';
import { NO_FINDINGS } from './check.ts';
import type { Check, Finding, Judgement } from './check.ts';

export interface WebhookOptions {
  readonly url: string;
  readonly timeoutMs: number;
  /** What to do when it does not answer in time, or not as it should. */
  readonly onFailure: 'pass' | 'block';
}

const Verdicts = z.object({
  /** One per text that was sent, in the same order. */
  verdicts: z.array(
    z.discriminatedUnion('action', [
      z.object({ action: z.literal('allow') }),
      z.object({ action: z.literal('block') }),
      z.object({ action: z.literal('replace'), text: z.string() }),
    ]),
  ),
});

/** `secret` signs `<timestamp>.<body>` with HMAC-SHA256 into `x-shoal-signature`. */
export function webhookCheck(name: string, options: WebhookOptions, secret: string | undefined, now: () => number): Check {
  return {
    check: () => NO_FINDINGS,
    openFrom: (text) => text.length,
    judge: async (slots, facts, signal) => {
      const body = JSON.stringify({ guardrail: name, ...facts, texts: slots.map(({ role, text }) => ({ role, text })) });
      const timestamp = String(Math.floor(now() / 1000));
      const headers: Record<string, string> = { 'content-type': 'application/json', 'x-shoal-timestamp': timestamp };
      if (secret !== undefined) {
        headers['x-shoal-signature'] = `sha256=${createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex')}`;
      }
      let reply: z.output<typeof Verdicts>;
      try {
        const both = AbortSignal.any([signal, AbortSignal.timeout(options.timeoutMs)]);
        const response = await fetch(options.url, { method: 'POST', headers, body, signal: both, redirect: 'error' });
        if (!response.ok) throw new Error(`it answered ${response.status}`);
        reply = Verdicts.parse(await response.json());
        if (reply.verdicts.length !== slots.length)
          throw new Error(`it judged ${reply.verdicts.length} of ${slots.length} texts`);
      } catch (error) {
        signal.throwIfAborted();
        if (options.onFailure === 'pass') return { findings: slots.map(() => NO_FINDINGS), unavailable: true };
        throw unanswered(name, error);
      }
      return {
        findings: reply.verdicts.map((verdict, index) => findingsOf(verdict, slots[index]?.text.length ?? 0)),
      } satisfies Judgement;
    },
  };
}

function findingsOf(verdict: z.output<typeof Verdicts>['verdicts'][number], end: number): readonly Finding[] {
  if (verdict.action === 'allow') return NO_FINDINGS;
  const finding = { start: 0, end, label: 'webhook', confidence: 1 };
  return [verdict.action === 'block' ? finding : { ...finding, replacement: verdict.text }];
}

function unanswered(name: string, cause: unknown): ShoalError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ShoalError('guardrail_blocked', `The guardrail ${name} could not be asked: ${why}.`, {
    cause,
    details: { guardrail: name },
    hint: 'See that its webhook answers, or set its `onFailure` to `pass` to let such calls through.',
  });
}
