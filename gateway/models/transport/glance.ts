// What a whole answer used and why it ended, read off its bytes: nothing else of it is looked at, since it is passed
// on as it is. Where the bytes leave any doubt the answer is parsed.
import type { Dialect } from '../dialects/dialect.ts';
import type { FinishReason, Usage } from '../exchange.ts';
import { finishReasonIn } from './finish-reason.ts';

export interface Glance {
  readonly usage: Usage;
  readonly finishReason: FinishReason;
}

/** APIs whose answers have one `usage` and one word for the end, by that word's field. */
const FIELDS: Readonly<Record<string, Buffer>> = {
  'openai-chat': Buffer.from('"finish_reason"'),
  'anthropic-messages': Buffer.from('"stop_reason"'),
};
/** Inside a text its quotes would be escaped. */
const USAGE = Buffer.from('"usage"');
const [OPEN, CLOSE, COLON] = [0x7b, 0x7d, 0x3a];
const WORD_BYTES = 64;

export function glance(dialect: Dialect, raw: Buffer): Glance | undefined {
  const field = FIELDS[dialect.id];
  if (field === undefined || raw[0] !== OPEN) return undefined;
  const at = raw.lastIndexOf(USAGE);
  if (at < 0 || raw.indexOf(USAGE) !== at) return undefined;
  const usage = usageAt(dialect, raw, at + USAGE.length);
  const word = raw.indexOf(field);
  // A tool's input may have a field of that name; of several choices the first one's word counts.
  if (usage === undefined || word < 0 || (dialect.id !== 'openai-chat' && raw.indexOf(field, word + 1) >= 0)) return undefined;
  const finishReason = finishReasonIn(raw.toString('latin1', word, word + WORD_BYTES));
  return finishReason === undefined ? undefined : { usage, finishReason };
}

function usageAt(dialect: Dialect, raw: Buffer, from: number): Usage | undefined {
  const colon = nextByte(raw, from);
  if (raw[colon] !== COLON) return undefined;
  const start = nextByte(raw, colon + 1);
  if (raw[start] !== OPEN) return undefined;
  // Names and numbers only: no brace stands in a string there, and where one did the parser would say so.
  let depth = 0;
  for (let end = start; end < raw.length; end++) {
    if (raw[end] === OPEN) depth++;
    else if (raw[end] === CLOSE && --depth === 0) return read(dialect, raw.toString('utf8', start, end + 1));
  }
  return undefined;
}

function read(dialect: Dialect, text: string): Usage | undefined {
  try {
    return dialect.usageOf({ usage: JSON.parse(text) as unknown });
  } catch {
    return undefined;
  }
}

function nextByte(raw: Buffer, from: number): number {
  let at = from;
  while (raw[at] === 0x20 || raw[at] === 0x0a || raw[at] === 0x0d || raw[at] === 0x09) at++;
  return at;
}
