// What leaves this process: bounded in size, and without the gateway's own secrets. A document that happens to hold
// our API key must not carry it to a provider.
import { ShoalError } from '#foundation';
import type { Step } from '../chain.ts';
import type { ModelAnswer, ModelCall } from '../models/model-call.ts';
import type { Redact, SecretsIn } from './secrets.ts';

export interface OutgoingLimits {
  readonly redact: Redact;
  /** Whether bytes hold a secret; bodies that came by HTTP are looked through without being read. */
  readonly secretsIn: SecretsIn;
  readonly promptBytes: number;
}

export function guardOutgoing({ redact, secretsIn, promptBytes }: OutgoingLimits): Step<ModelCall, ModelAnswer> {
  return (next) => (call) => {
    const raw = call.content.wire?.raw;
    // A door has bounded it already.
    if (raw !== undefined && !secretsIn(raw)) return next(call);
    let bytes = 0;
    let found = false;
    for (const { text } of call.content.texts()) {
      bytes += Buffer.byteLength(text);
      found ||= redact(text) !== text;
    }
    if (bytes > promptBytes) throw tooLarge(bytes, promptBytes);
    return next(found ? { ...call, content: call.content.withTexts(({ text }) => redact(text)) } : call);
  };
}

function tooLarge(bytes: number, limit: number): ShoalError {
  return new ShoalError('invalid_input', `The prompt has ${bytes} bytes; the limit is ${limit}.`, {
    hint: 'Send less text at once, or raise `limits.promptBytes`.',
  });
}
