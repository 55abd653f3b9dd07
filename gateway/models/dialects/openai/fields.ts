// Reading JSON field by field. The strict readers name the field in OpenAI's way (`messages[2].content`) and say what
// it should be; the lenient ones are for answers of servers, which leave fields out. `null` counts as absent throughout.
import { ShoalError } from '#foundation';
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';

export function invalid(field: string, problem: string, hint?: string): ShoalError {
  const details = { param: field };
  return new ShoalError('invalid_input', `\`${field}\` ${problem}.`, hint === undefined ? { details } : { details, hint });
}

export function isAbsent(value: unknown): value is undefined | null {
  return value === undefined || value === null;
}

export function objectAt(value: unknown, field: string): Json {
  if (!isJson(value)) throw invalid(field, `must be an object, not ${kindOf(value)}`);
  return value;
}

export function arrayAt(value: unknown, field: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(field, `must be an array, not ${kindOf(value)}`);
  return value;
}

export function stringAt(value: unknown, field: string): string {
  if (typeof value !== 'string') throw invalid(field, `must be a string, not ${kindOf(value)}`);
  return value;
}

/** A string of at least one character. */
export function nameAt(value: unknown, field: string): string {
  const name = stringAt(value, field);
  if (name === '') throw invalid(field, 'must not be empty');
  return name;
}

export function optionalString(json: Json, key: string, path = ''): string | undefined {
  const value = json[key];
  return isAbsent(value) ? undefined : stringAt(value, path + key);
}

export function optionalNumber(json: Json, key: string): number | undefined {
  const value = json[key];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(key, `must be a number, not ${kindOf(value)}`);
  return value;
}

export function optionalInteger(json: Json, key: string, least = Number.MIN_SAFE_INTEGER): number | undefined {
  const value = optionalNumber(json, key);
  if (value === undefined) return undefined;
  if (!Number.isSafeInteger(value)) throw invalid(key, 'must be a whole number');
  if (value < least) throw invalid(key, `must be at least ${least}`);
  return value;
}

export function optionalBoolean(json: Json, key: string, path = ''): boolean | undefined {
  const value = json[key];
  if (isAbsent(value)) return undefined;
  if (typeof value !== 'boolean') throw invalid(path + key, `must be true or false, not ${kindOf(value)}`);
  return value;
}

/** The fields of `json` that are not among `known`, as they are. */
export function fieldsBeside(json: Json, known: ReadonlySet<string>): Record<string, unknown> {
  const extra: Record<string, unknown> = {};
  for (const key of Object.keys(json)) if (!known.has(key) && !isAbsent(json[key])) extra[key] = json[key];
  return extra;
}

/** The object without the fields that are undefined. */
export function present(fields: Json): Record<string, unknown> {
  const kept: Record<string, unknown> = {};
  for (const key of Object.keys(fields)) if (fields[key] !== undefined) kept[key] = fields[key];
  return kept;
}

export function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

export function listOr(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function jsonOr(value: unknown): Json {
  return isJson(value) ? value : {};
}

/** A count of tokens; undefined for what is none. */
export function countOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function secondsOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? Math.floor(value) : 0;
}

export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  return Array.isArray(value) ? 'an array' : `a value of type ${typeof value}`;
}
