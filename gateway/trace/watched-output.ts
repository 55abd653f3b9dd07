// A call's output with a look at when its first piece went out and, where bodies are kept, at what was written.
import type { Tally } from '../chain.ts';
import type { AnswerContent, Content, ModelAnswer, Output } from '../models/model-call.ts';

export interface WatchedOutput {
  readonly output: Output;
  readonly written: () => string;
}

/** Keeps up to `keepBytes` of what is written; 0 = nothing. */
export function watched(output: Output, tally: Tally, keepBytes: number): WatchedOutput {
  let kept = '';
  const keep = (text: string): void => {
    if (kept.length < keepBytes) kept += text;
  };
  const decoder = keepBytes > 0 ? new TextDecoder() : undefined;
  return {
    output: {
      dialect: output.dialect,
      get started() {
        return output.started;
      },
      bytes: (chunk) => {
        tally.firstOutputAt ??= performance.now();
        if (decoder !== undefined) keep(decoder.decode(chunk, { stream: true }));
        return output.bytes(chunk);
      },
      event: (event) => {
        tally.firstOutputAt ??= performance.now();
        if (decoder !== undefined) keep(`${JSON.stringify(event)}\n`);
        return output.event(event);
      },
    },
    written: () => kept,
  };
}

export function requestText(content: Content): string {
  const { wire, local } = content;
  if (wire !== undefined) return wire.raw?.toString() ?? JSON.stringify(wire.json);
  return local === undefined ? '' : JSON.stringify({ task: local.task, messages: local.messages, tools: local.tools });
}

export function answerText(answer: ModelAnswer | undefined): string {
  const content: AnswerContent | undefined = answer?.content;
  if (content === undefined) return '';
  if (content.wire !== undefined) return content.wire.raw?.toString() ?? JSON.stringify(content.wire.json());
  return content
    .texts()
    .map(({ text }) => text)
    .join('\n');
}
