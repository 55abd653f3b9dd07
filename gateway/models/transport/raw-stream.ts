// A stream that is passed on unread, as far as possible: only events that may tell the usage are looked into. Events
// are told apart by the blank line between them; bytes are never changed, at most an event is left out.
import type { Dialect, WireEvent } from '../dialects/dialect.ts';
import type { FinishReason, Usage } from '../exchange.ts';
import { finishReasonIn } from './finish-reason.ts';

/**
 * What shows that an answer of this dialect is complete; a stream that ends without it was cut. Inside the words of a
 * model the quotes would be escaped, so no answer looks complete because it speaks of this.
 */
const ENDS: Readonly<Record<string, readonly string[]>> = {
  'openai-chat': ['"finish_reason":"', '"finish_reason": "'],
  'openai-responses': ['completed', 'incomplete'].flatMap((state) => eitherWay('type', `response.${state}"`)),
  'anthropic-messages': eitherWay('type', 'message_stop"'),
  gemini: ['"finishReason":"', '"finishReason": "'],
};
const DONE = Buffer.from('[DONE]');
/** Nothing else fits into an event with this end. */
const DONE_EVENT_BYTES = 24;
const USAGE = Buffer.from('usage');
const STOP_REASONS = ['"stop_reason":"', '"stop_reason": "'].map((text) => Buffer.from(text));
const LINE_FEED = 0x0a;
const MOST_CARRIED_BYTES = 16 * 1024 * 1024;
const EMPTY: Buffer = Buffer.alloc(0);

export interface RawStream {
  /** What to pass on of this chunk. */
  take(chunk: Buffer): Buffer;
  /** What is left when the stream has ended. */
  rest(): Buffer;
  readonly usage: Usage | undefined;
  /** It was told when the model had said why it stops, so it is the whole of it. */
  readonly usageIsWhole: boolean;
  readonly finished: boolean;
  /** Output tokens so far, guessed from size where no usage came. */
  readonly producedTokens: number;
  /** The most text that can have been in it. */
  readonly writtenBytes: number;
  readonly finishReason: FinishReason;
}

/** `hideUsage`: the caller did not ask to be told the usage, we did. */
export function createRawStream(dialect: Dialect, hideUsage: boolean): RawStream {
  const ends = (ENDS[dialect.id] ?? []).map((text) => Buffer.from(text));
  let usage: Usage | undefined;
  let finished = false;
  let finishReason: FinishReason = 'other';
  let events = 0;
  let bytes = 0;
  let smallest = Infinity;
  /** The model has said why it stops. */
  let stopping = false;
  let usageIsWhole = false;
  /** The event that has begun and not ended. */
  let carried: Buffer = EMPTY;

  const look = (event: Buffer): boolean => {
    events++;
    bytes += event.length;
    if (event.length > 8 && event.length < smallest) smallest = event.length;
    if (!finished && (ends.some((end) => event.includes(end)) || (event.length <= DONE_EVENT_BYTES && event.includes(DONE)))) {
      finished = true;
      stopping = true;
      finishReason = finishReasonIn(event.toString('latin1')) ?? finishReason;
    } else if (STOP_REASONS.some((word) => event.includes(word))) {
      stopping = true;
      // Anthropic says why one event before it says that it is over.
      finishReason = finishReasonIn(event.toString('latin1')) ?? finishReason;
    }
    if (!event.includes(USAGE)) return true;
    const wire = parsed(event);
    if (wire === undefined) return true;
    const told = dialect.usageOfEvent(wire, usage);
    const first = told !== undefined && told !== usage;
    if (first) usageIsWhole = stopping;
    usage = told;
    return !(hideUsage && first && wire.data.includes('"choices":[]'));
  };

  return {
    take: (chunk) => {
      const whole = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
      const kept: Buffer[] = [];
      let start = 0;
      for (;;) {
        const end = endOfEvent(whole, start);
        if (end < 0) break;
        const event = whole.subarray(start, end);
        if (look(event)) kept.push(event);
        start = end;
      }
      carried = start === whole.length ? EMPTY : whole.subarray(start);
      if (carried.length > MOST_CARRIED_BYTES) throw new Error('an event is larger than 16 MiB');
      if (kept.length === 0) return EMPTY;
      const [only] = kept;
      return kept.length === 1 && only !== undefined
        ? only
        : start === bytesOf(kept)
          ? whole.subarray(0, start)
          : Buffer.concat(kept);
    },
    rest: () => {
      const last = carried;
      carried = EMPTY;
      return last.length > 0 && !look(last) ? EMPTY : last;
    },
    get usage() {
      return usage;
    },
    get usageIsWhole() {
      return usageIsWhole;
    },
    get finished() {
      return finished;
    },
    get producedTokens() {
      // An event's envelope is about as large as the smallest event, which holds about one token.
      if (events === 0) return 0;
      return Math.max(events, Math.ceil((bytes - events * smallest) / 4));
    },
    get writtenBytes() {
      return events === 0 ? 0 : bytes - events * smallest + events;
    },
    get finishReason() {
      return finishReason;
    },
  };
}

/** Servers write a space behind the colon or none. */
function eitherWay(key: string, rest: string): readonly string[] {
  return [`"${key}":"${rest}`, `"${key}": "${rest}`];
}

function bytesOf(buffers: readonly Buffer[]): number {
  let sum = 0;
  for (const buffer of buffers) sum += buffer.length;
  return sum;
}

/** Behind the blank line that ends the event at `start`, or -1. */
function endOfEvent(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(LINE_FEED, start); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = bytes[at + 1];
    if (next === LINE_FEED) return at + 2;
    if (next === 0x0d && bytes[at + 2] === LINE_FEED) return at + 3;
  }
  return -1;
}

function parsed(event: Buffer): WireEvent | undefined {
  let name: string | undefined;
  const data: string[] = [];
  for (const line of event.toString('utf8').split(/\r?\n/)) {
    if (line.startsWith('data:')) data.push(line.slice(line[5] === ' ' ? 6 : 5));
    else if (line.startsWith('event:')) name = line.slice(6).trim();
  }
  if (data.length === 0) return undefined;
  return name === undefined ? { data: data.join('\n') } : { event: name, data: data.join('\n') };
}
