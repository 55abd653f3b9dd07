// Servers that speak OpenAI's Chat Completions differ in what they accept. A quirk is known in advance, or learned:
// when a server refuses a field by name, the body gives way by one step and is sent again. A refused request is not
// billed, and each step is taken once, so it ends. Whoever calls keeps what has worked.
import { isJson } from '../exchange.ts';
import type { Json } from '../exchange.ts';

/** How the answer's form may be asked for, the strictest first; `words` = only in the prompt. */
const ANSWER_FORMS = ['json-schema-strict', 'json-schema', 'json-object', 'words'] as const;
export type AnswerFormLevel = (typeof ANSWER_FORMS)[number];

export interface Quirks {
  /** Its name for the output cap. */
  readonly capField?: 'max_tokens' | 'max_completion_tokens';
  /** Its name for the seed. */
  readonly seedField?: 'seed' | 'random_seed';
  /** Fields of the body that it refuses. */
  readonly refuses?: readonly string[];
  /** `always`: tells the usage of a stream unasked, and refuses to be asked. */
  readonly streamUsage?: 'asked' | 'always';
  /** The strictest form that it enforces. */
  readonly answerForm?: AnswerFormLevel;
  /** Its cap is for the answer only, and what it may think has a cap of its own. */
  readonly thinkingCap?: { readonly field: string; readonly switch: string; readonly isOnByDefault: boolean };
  /** A cap name that has been refused already: a server that complains of both means the value. */
  readonly capFieldTried?: boolean;
}

export function mergeQuirks(...quirks: readonly Quirks[]): Quirks {
  const refuses = [...new Set(quirks.flatMap((one) => one.refuses ?? []))];
  const merged = quirks.reduce<Quirks>((sum, one) => ({ ...sum, ...one }), {});
  return refuses.length === 0 ? merged : { ...merged, refuses };
}

/** A Chat Completions body as this server takes it; the same object where nothing has to change. */
export function fitChatBody(body: Json, quirks: Quirks): { readonly json: Json; readonly dropped: readonly string[] } {
  const changed: Record<string, unknown> = { ...body };
  const dropped: string[] = [];
  const rename = (from: string, to: string): void => {
    if (changed[from] === undefined || from === to) return;
    changed[to] ??= changed[from];
    delete changed[from];
  };
  if (quirks.capField !== undefined) {
    rename(quirks.capField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens', quirks.capField);
  }
  if (quirks.seedField !== undefined) rename(quirks.seedField === 'seed' ? 'random_seed' : 'seed', quirks.seedField);
  if (quirks.thinkingCap !== undefined) shareCap(changed, quirks.capField ?? 'max_tokens', quirks.thinkingCap);
  if (quirks.streamUsage === 'always') delete changed['stream_options'];
  for (const field of quirks.refuses ?? []) {
    if (changed[field] === undefined) continue;
    delete changed[field];
    dropped.push(field);
  }
  if (quirks.answerForm !== undefined) weakenForm(changed, quirks.answerForm, dropped);
  return sameFields(body, changed) ? { json: body, dropped } : { json: changed, dropped };
}

/** What is paid for is the cap as a whole, so thinking and answer share it: half and half unless the caller says. */
function shareCap(body: Record<string, unknown>, capField: string, own: NonNullable<Quirks['thinkingCap']>): void {
  const cap = body[capField];
  const isOn = body[own.switch] === true || (own.isOnByDefault && body[own.switch] !== false);
  if (!isOn || typeof cap !== 'number' || cap < 2) return;
  const asked = body[own.field];
  const thinking = typeof asked === 'number' && asked >= 1 ? Math.min(Math.floor(asked), cap - 1) : Math.floor(cap / 2);
  body[own.field] = thinking;
  body[capField] = cap - thinking;
}

function weakenForm(body: Record<string, unknown>, strictest: AnswerFormLevel, dropped: string[]): void {
  const format = body['response_format'];
  if (!isJson(format)) return;
  const schema = isJson(format['json_schema']) ? format['json_schema'] : {};
  const asked =
    format['type'] === 'json_schema' ? (schema['strict'] === true ? 0 : 1) : format['type'] === 'json_object' ? 2 : undefined;
  const level = ANSWER_FORMS.indexOf(strictest);
  if (asked === undefined || asked >= level) return;
  dropped.push('response_format');
  if (level === 1) body['response_format'] = { ...format, json_schema: { ...schema, strict: false } };
  else if (level === 2) body['response_format'] = { type: 'json_object' };
  else delete body['response_format'];
  // The schema goes into the prompt instead: as a system message before all others.
  if (asked < 2 && level >= 2) body['messages'] = [inWords(schema['schema']), ...listOf(body['messages'])];
}

function inWords(schema: unknown): Json {
  return { role: 'system', content: `Answer with JSON only, valid under this JSON Schema: ${JSON.stringify(schema ?? {})}` };
}

/** The quirks to try after a refusal; undefined where the refusal is about something else. */
export function quirksAfter(quirks: Quirks, complaint: string, sent: Json): Quirks | undefined {
  if (/response_format|json_schema|json_object|guided|grammar/i.test(complaint) && sent['response_format'] !== undefined) {
    const next = ANSWER_FORMS[ANSWER_FORMS.indexOf(quirks.answerForm ?? 'json-schema-strict') + 1];
    return next === undefined ? undefined : { ...quirks, answerForm: next };
  }
  const cap = sent['max_tokens'] === undefined ? 'max_completion_tokens' : 'max_tokens';
  if (quirks.capFieldTried !== true && sent[cap] !== undefined && complaint.includes(cap)) {
    const capField = cap === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { ...quirks, capField, capFieldTried: true };
  }
  const refused = OPTIONAL_FIELDS.find((field) => sent[field] !== undefined && names(complaint, field));
  if (refused === undefined) return undefined;
  return refused === 'stream_options'
    ? { ...quirks, streamUsage: 'always' }
    : { ...quirks, refuses: [...(quirks.refuses ?? []), refused] };
}

/** Fields without which the answer is still an answer to what was asked. */
const OPTIONAL_FIELDS = [
  'temperature',
  'top_p',
  'presence_penalty',
  'frequency_penalty',
  'seed',
  'random_seed',
  'stream_options',
  'reasoning_effort',
  'parallel_tool_calls',
  'logprobs',
  'top_logprobs',
  'store',
  'metadata',
  'user',
] as const;

/** xAI writes the names of fields in its own way: `presencePenalty`. */
function names(complaint: string, field: string): boolean {
  return (
    complaint.includes(field) || complaint.includes(field.replaceAll(/_(\w)/g, (_all, letter: string) => letter.toUpperCase()))
  );
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function sameFields(one: Json, other: Json): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
