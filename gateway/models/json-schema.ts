// JSON Schema of a zod type, made once per type. What a model writes is the schema's input side.
import { z } from 'zod';

const known = new WeakMap<z.ZodType, Readonly<Record<string, unknown>>>();

export function jsonSchemaOf(type: z.ZodType): Readonly<Record<string, unknown>> {
  let schema = known.get(type);
  if (schema === undefined) {
    schema = z.toJSONSchema(type, { io: 'input', unrepresentable: 'any' });
    known.set(type, schema);
  }
  return schema;
}
