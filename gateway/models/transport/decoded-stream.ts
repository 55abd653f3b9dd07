// A stream that is translated on its way: a provider's events become those of the common form, one by one, and what
// they tell of usage and end is noted.
import type { Dialect, StreamDecoder } from '../dialects/dialect.ts';
import { createEventStreamBinaryDecoder } from '../dialects/event-stream-binary.ts';
import { createEventParser } from '../dialects/server-sent-events.ts';
import type { EventParser } from '../dialects/server-sent-events.ts';
import type { FinishReason, ModelEvent, Usage } from '../exchange.ts';
import type { Output } from '../model-call.ts';

export interface DecodedStream {
  take(chunk: Buffer): Promise<void> | undefined;
  end(): Promise<void>;
  readonly usage: Usage | undefined;
  readonly usageIsWhole: boolean;
  readonly finished: boolean;
  readonly finishReason: FinishReason;
  readonly producedTokens: number;
  readonly writtenBytes: number;
  /** The last event has been passed on. */
  readonly ended: boolean;
}

export function createDecodedStream(dialect: Dialect, output: Output): DecodedStream {
  const parser = dialect.id === 'bedrock-converse' ? createFrameParser() : createEventParser();
  const decoder: StreamDecoder = dialect.createStreamDecoder();
  let usage: Usage | undefined;
  let finishReason: FinishReason = 'other';
  let deltas = 0;
  let deltasAtUsage = 0;
  let writtenBytes = 0;
  let ended = false;

  const note = (event: ModelEvent): void => {
    if (event.kind === 'usage') {
      usage = event.usage;
      deltasAtUsage = deltas;
    } else if (event.kind === 'choice-end') finishReason = event.choice === 0 ? event.finishReason : finishReason;
    else if (event.kind === 'end') ended = true;
    else if (event.kind === 'tool-call-delta') written(event.arguments);
    else if ('text' in event) written(event.text);
  };
  const written = (text: string): void => {
    deltas++;
    writtenBytes += Buffer.byteLength(text);
  };
  const pass = (events: ReturnType<EventParser['push']>): Promise<void> | undefined => {
    let wait: Promise<void> | undefined;
    for (const event of events) {
      for (const part of decoder.take(event)) {
        note(part);
        const waiting = output.event(part);
        if (waiting !== undefined) wait = wait === undefined ? waiting : Promise.all([wait, waiting]).then(nothing);
      }
    }
    return wait;
  };
  return {
    take: (chunk) => pass(parser.push(chunk)),
    end: async () => {
      await pass(parser.end());
    },
    get usage() {
      return usage;
    },
    get usageIsWhole() {
      return usage !== undefined && deltas === deltasAtUsage;
    },
    get finished() {
      return decoder.finished;
    },
    get finishReason() {
      return finishReason;
    },
    get producedTokens() {
      return Math.max(deltas, Math.ceil(writtenBytes / 4));
    },
    get writtenBytes() {
      return writtenBytes;
    },
    get ended() {
      return ended;
    },
  };
}

/** Amazon frames its events in binary. */
function createFrameParser(): EventParser {
  const frames = createEventStreamBinaryDecoder();
  return { push: (chunk) => frames.take(chunk), end: () => [] };
}

const nothing = (): void => {};
