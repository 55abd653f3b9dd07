// What leaves this process: bounded in size, and without the gateway's own secrets. A document that happens to hold
// our API key must not carry it to a provider.
import { ShoalError } from '#foundation';
import type { Message } from '#foundation';
import type { Step } from '../chain.ts';
import type { Answer, EmbedCall, GenerateCall } from '../models/answer.ts';
import type { Redact } from './secrets.ts';

export interface OutgoingLimits {
  readonly redact: Redact;
  readonly promptBytes: number;
}

export function guardPrompt({ redact, promptBytes }: OutgoingLimits): Step<GenerateCall, Answer> {
  return (next) => async (call) => {
    const { messages } = call.request;
    checkSize(
      messages.map((message) => message.content),
      promptBytes,
    );
    return next({ ...call, request: { ...call.request, messages: messages.map((message) => withoutSecrets(message, redact)) } });
  };
}

export function guardTexts<A>({ redact, promptBytes }: OutgoingLimits): Step<EmbedCall, A> {
  return (next) => async (call) => {
    checkSize(call.texts, promptBytes);
    return next({ ...call, texts: call.texts.map(redact) });
  };
}

function checkSize(texts: readonly string[], limit: number): void {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (bytes > limit) {
    throw new ShoalError('invalid_input', `The prompt has ${bytes} bytes; the limit is ${limit}.`, {
      hint: 'Send less text at once, or raise `limits.promptBytes`.',
    });
  }
}

function withoutSecrets(message: Message, redact: Redact): Message {
  const content = redact(message.content);
  return content === message.content ? message : { ...message, content };
}
