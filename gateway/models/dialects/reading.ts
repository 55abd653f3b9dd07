// Reading another API's JSON field by field: each reader names the field it did not like. Absent and null are one
// thing, since every model API treats them so.
import { ShoalError } from '#foundation';
import { isJson } from '../exchange.ts';
import type { Json } from '../exchange.ts';

export function invalid(path: string, problem: string): ShoalError {
  return new ShoalError('invalid_input', `${path} ${problem}.`, {
    hint: `Correct ${path} and send the request again.`,
    details: { param: path },
  });
}

type Read<T> = (value: unknown, path: string) => T;

export const textOf: Read<string> = (value, path) => {
  if (typeof value !== 'string') throw invalid(path, 'must be a string');
  return value;
};
export const numberOf: Read<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) throw invalid(path, 'must be a number');
  return value;
};
export const countOf: Read<number> = (value, path) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw invalid(path, 'must be a whole number');
  return value;
};
export const booleanOf: Read<boolean> = (value, path) => {
  if (typeof value !== 'boolean') throw invalid(path, 'must be true or false');
  return value;
};
export const objectOf: Read<Json> = (value, path) => {
  if (!isJson(value)) throw invalid(path, 'must be an object');
  return value;
};
export const listOf: Read<readonly unknown[]> = (value, path) => {
  if (!Array.isArray(value)) throw invalid(path, 'must be a list');
  return value;
};
export const textsOf: Read<readonly string[]> = (value, path) =>
  listOf(value, path).map((item, index) => textOf(item, `${path}[${index}]`));

export function optional<T>(read: Read<T>, value: unknown, path: string): T | undefined {
  return value === undefined || value === null ? undefined : read(value, path);
}

/** What an answer says, where it says it in the form that we expect; answers are read leniently. */
export const textIn = (json: Json, key: string): string | undefined => (typeof json[key] === 'string' ? json[key] : undefined);
export const objectIn = (json: Json, key: string): Json | undefined => (isJson(json[key]) ? json[key] : undefined);
export const listIn = (json: Json, key: string): readonly unknown[] => (Array.isArray(json[key]) ? json[key] : []);
export const objectsIn = (json: Json, key: string): readonly Json[] => listIn(json, key).filter(isJson);
export const countIn = (json: Json, key: string): number => {
  const value = json[key];
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? Math.floor(value) : 0;
};

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
/** The same object without the keys that hold undefined. */
export function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter((entry) => entry[1] !== undefined)) as Defined<T>;
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A value that was read as JSON may be deeper than it can be written. */
export function jsonText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch (error) {
    throw new ShoalError('invalid_input', 'The JSON is nested too deeply.', { hint: 'Send a flatter value.', cause: error });
  }
}

/**
 * Arguments for an API that wants an object. Text that is not one is kept under the key that Anthropic's documentation
 * proposes for it, so that the model sees what it wrote.
 */
export function argumentsObject(text: string): Json {
  if (text.trim() === '') return {};
  const value = parseJson(text);
  return isJson(value) ? value : { INVALID_JSON: text };
}
export function argumentsText(value: unknown): string {
  if (isJson(value) && Object.keys(value).length === 1 && typeof value['INVALID_JSON'] === 'string') return value['INVALID_JSON'];
  return jsonText(value ?? {});
}

/** An answer that is not in the form that its API promises. */
export function badAnswer(api: string, problem: string): ShoalError {
  return new ShoalError('model_invalid_output', `The answer of ${api} ${problem}.`, {
    hint: 'Check that the base URL belongs to this API.',
  });
}
/** Reads a part of an answer with the readers above, whose complaints are then about the provider and not the caller. */
export function readAnswer<T>(api: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ShoalError && error.code === 'invalid_input') throw badAnswer(api, `is malformed: ${error.message}`);
    throw error;
  }
}
/** A stream that says that it failed, or that this API does not write. */
export function brokenStream(api: string, problem: string, code?: string): ShoalError {
  return new ShoalError('model_unavailable', `The stream of ${api} ${problem}.`, {
    hint: 'Try again; if it stays so, look at the status page of the provider.',
    ...(code === undefined ? {} : { details: { code } }),
  });
}
export function eventJson(api: string, data: string): Json {
  const json = parseJson(data);
  if (!isJson(json)) throw brokenStream(api, 'holds an event that is not a JSON object');
  return json;
}

export function errorText(error: ShoalError): string {
  return error.hint === undefined ? error.message : `${error.message} ${error.hint}`;
}
/** What an error body says, whatever it is. */
export function errorBodyStart(body: string): string {
  return body.trim().slice(0, 500);
}
export const secondsNow = (): number => Math.floor(Date.now() / 1000);
