// JSON Schema on its way to and from Gemini. `parametersJsonSchema` and `responseJsonSchema` take only these keywords
// of it; the API refuses requests that hold others, so a constraint that it does not know is left out.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';

const KEPT = new Set([
  '$id',
  '$ref',
  '$anchor',
  'type',
  'format',
  'title',
  'description',
  'enum',
  'minItems',
  'maxItems',
  'minimum',
  'maximum',
  'required',
  'propertyOrdering',
]);
const SCHEMAS = new Set(['items', 'additionalProperties']);
const SCHEMA_LISTS = new Set(['anyOf', 'oneOf', 'prefixItems']);
const SCHEMA_MAPS: Readonly<Record<string, string>> = { properties: 'properties', $defs: '$defs', definitions: '$defs' };
/** No sensible schema is deeper; what lies below is left open. */
const MOST_LEVELS = 64;

export function geminiSchema(schema: unknown, level = 0): unknown {
  if (!isJson(schema) || level > MOST_LEVELS) return schema === false ? false : isJson(schema) ? {} : schema;
  const clean: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(merged(schema))) {
    const map = SCHEMA_MAPS[key];
    if (key === '$ref' && typeof value === 'string') clean['$ref'] = value.replace('#/definitions/', '#/$defs/');
    else if (KEPT.has(key)) clean[key] = value;
    else if (key === 'const') clean['enum'] = [value];
    else if (SCHEMAS.has(key)) clean[key] = geminiSchema(value, level + 1);
    else if (SCHEMA_LISTS.has(key) && Array.isArray(value))
      clean[key] = value.map((item: unknown) => geminiSchema(item, level + 1));
    else if (map !== undefined && isJson(value)) clean[map] = mapped(value, level);
  }
  // Beside a reference the API takes nothing but `$` keywords.
  return clean['$ref'] === undefined ? clean : Object.fromEntries(Object.entries(clean).filter(([key]) => key.startsWith('$')));
}

const mapped = (schemas: Json, level: number): Json =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, geminiSchema(schema, level + 1)]));

/** `allOf` is unknown there; the common case, objects that extend each other, is one object. */
function merged(schema: Json): Json {
  const all = schema['allOf'];
  if (!Array.isArray(all)) return schema;
  const parts: readonly Json[] = [schema, ...all.filter(isJson)];
  const properties = Object.assign({}, ...parts.map((part) => part['properties'] ?? {})) as Json;
  const required = parts.flatMap((part) => (Array.isArray(part['required']) ? part['required'] : [])) as readonly unknown[];
  return {
    ...(Object.assign({}, ...parts.toReversed()) as Json),
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(required.length > 0 ? { required: [...new Set(required)] } : {}),
  };
}

/** Gemini's older schema form (a subset of OpenAPI 3.0: upper-case types, `nullable`) as JSON Schema. */
export function fromOpenApi(schema: unknown, level = 0): unknown {
  if (Array.isArray(schema)) return schema.map((item: unknown) => fromOpenApi(item, level + 1));
  if (!isJson(schema) || level > MOST_LEVELS) return schema;
  const json: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'type' && typeof value === 'string')
      json['type'] = schema['nullable'] === true ? [value.toLowerCase(), 'null'] : value.toLowerCase();
    else if (key === 'properties' && isJson(value))
      json[key] = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, fromOpenApi(item, level + 1)]));
    else if (key === 'items' || key === 'anyOf') json[key] = fromOpenApi(value, level + 1);
    else if (key !== 'nullable') json[key] = COUNTS.has(key) && typeof value === 'string' ? Number(value) : value;
  }
  return json;
}
/** 64-bit counts are written as strings in the API's JSON. */
const COUNTS = new Set(['minItems', 'maxItems', 'minLength', 'maxLength', 'minProperties', 'maxProperties']);
