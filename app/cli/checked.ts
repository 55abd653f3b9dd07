// Operands and options held to the same rules as bodies over HTTP.
import type { z } from 'zod';
import { invalidInput } from '../problem.ts';

/** Throws `invalid_input`. */
export function checked<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw invalidInput(parsed.error, 'Say it again in those bounds.');
}
