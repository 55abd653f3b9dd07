// The body of a call that stays in its own dialect: the caller's bytes, with no more changed than must be: the model's
// name, the output cap, and the wish to be told the usage of a stream. Where the bytes cannot be spliced safely, the
// parsed body is written anew; unknown fields survive both ways.
import type { Json } from '../exchange.ts';

export interface Rewrite {
  /** The model's name at its provider. */
  readonly model: string | undefined;
  /** Fields to set; a value that is there already with this value is left as it is. */
  readonly set: Json;
}

const QUOTED_MODEL = Buffer.from('"model"');
/** How each letter of it would begin if it were written as an escape. */
const ESCAPED_LETTER = Buffer.from('\\u006');
const OPEN = 0x7b;

export function rewritten(raw: Buffer | undefined, json: Json, { model, set }: Rewrite): Buffer {
  const changed = Object.entries(set).filter(([field, value]) => json[field] !== value);
  const renamed = model !== undefined && json['model'] !== model;
  if (raw === undefined || changed.some(([field]) => field in json)) return written(json, model, set);
  const named = renamed ? withModel(raw, json['model'], model) : raw;
  if (named === undefined) return written(json, model, set);
  return changed.length === 0 ? named : withFields(named, changed);
}

function written(json: Json, model: string | undefined, set: Json): Buffer {
  return Buffer.from(JSON.stringify({ ...json, ...(model === undefined ? {} : { model }), ...set }));
}

/** Only where `"model"` stands once in the bytes, before exactly the value that was parsed: then it is that field. */
function withModel(raw: Buffer, from: unknown, to: string): Buffer | undefined {
  const at = raw.indexOf(QUOTED_MODEL);
  if (at < 0 || raw.indexOf(QUOTED_MODEL, at + 1) >= 0 || raw.includes(ESCAPED_LETTER)) return undefined;
  let start = at + QUOTED_MODEL.length;
  while (isSpace(raw[start])) start++;
  if (raw[start] !== 0x3a) return undefined;
  start++;
  while (isSpace(raw[start])) start++;
  const old = JSON.stringify(from);
  const end = start + Buffer.byteLength(old);
  if (raw.toString('utf8', start, end) !== old) return undefined;
  return Buffer.concat([raw.subarray(0, start), Buffer.from(JSON.stringify(to)), raw.subarray(end)]);
}

/** At the front of the object, which holds at least the model. */
function withFields(raw: Buffer, fields: readonly (readonly [string, unknown])[]): Buffer {
  const open = raw.indexOf(OPEN) + 1;
  const text = fields.map(([field, value]) => `${JSON.stringify(field)}:${JSON.stringify(value)},`).join('');
  return Buffer.concat([raw.subarray(0, open), Buffer.from(text), raw.subarray(open)]);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** Chat completions tell the usage of a stream only when asked; the other APIs always do. */
export function asksForUsage(json: Json): boolean {
  const options = json['stream_options'];
  return typeof options === 'object' && options !== null && (options as Json)['include_usage'] === true;
}
