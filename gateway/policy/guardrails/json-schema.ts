// The answer must be a JSON document that fits a schema. A stream is judged at its end: half a document fits nothing.
import { z } from 'zod';
import { ShoalError } from '#foundation';
import { NO_FINDINGS } from './check.ts';
import type { Check } from './check.ts';

export interface JsonSchemaOptions {
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Throws `invalid_config` for a schema that cannot be checked. */
export function jsonSchemaCheck({ schema }: JsonSchemaOptions): Check {
  const type = readSchema(schema);
  return {
    check: (text) => (fits(type, text) ? NO_FINDINGS : [{ start: 0, end: text.length, label: 'invalid-json', confidence: 1 }]),
    openFrom: (text) => text.length,
    wholeOnly: true,
  };
}

function fits(type: z.ZodType, text: string): boolean {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not JSON at all, which is what is asked here.
    return false;
  }
  return type.safeParse(value).success;
}

function readSchema(schema: JsonSchemaOptions['schema']): z.ZodType {
  try {
    return z.fromJSONSchema(schema);
  } catch (error) {
    throw new ShoalError('invalid_config', 'The schema of a json-schema guardrail cannot be checked.', {
      cause: error,
      hint: 'Use the keywords of JSON Schema 2020-12 that describe values; `$ref` to other files is not followed.',
    });
  }
}
