// JSON Schema as Anthropic's constrained decoding takes it (structured output and strict tools): closed objects and a
// handful of keywords. A constraint that cannot be enforced is told to the model in the description instead, as
// Anthropic's own client does; it is no reason to refuse the request.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';

const KEPT = new Set(['$ref', 'type', 'title', 'description', 'enum', 'const', 'default', 'required']);
const FORMATS: ReadonlySet<unknown> = new Set([
  'date-time',
  'time',
  'date',
  'duration',
  'email',
  'hostname',
  'uri',
  'ipv4',
  'ipv6',
  'uuid',
]);
/** Keywords that constrain nothing by themselves. */
const SILENT = new Set(['$schema', '$id', '$comment', 'examples', 'additionalProperties', 'propertyOrdering']);
/** No sensible schema is deeper; what lies below is left open. */
const MOST_LEVELS = 64;

export function strictSchema(schema: unknown, level = 0): Json {
  if (!isJson(schema) || level > MOST_LEVELS) return {};
  const strict: Record<string, unknown> = {};
  const told: string[] = [];
  const one = (value: unknown): Json => strictSchema(value, level + 1);
  for (const [key, value] of Object.entries(schema)) {
    if (KEPT.has(key)) strict[key] = value;
    else if (key === 'properties' || key === '$defs' || key === 'definitions') {
      if (isJson(value)) strict[key] = Object.fromEntries(Object.entries(value).map(([name, item]) => [name, one(item)]));
    } else if (key === 'items') strict[key] = one(value);
    else if ((key === 'anyOf' || key === 'oneOf' || key === 'allOf') && Array.isArray(value))
      strict[key === 'oneOf' ? 'anyOf' : key] = value.map(one);
    else if ((key === 'format' && FORMATS.has(value)) || (key === 'minItems' && (value === 0 || value === 1)))
      strict[key] = value;
    else if (!SILENT.has(key)) told.push(`${key}: ${JSON.stringify(value)}`);
  }
  if (strict['type'] === 'object' || strict['properties'] !== undefined) strict['additionalProperties'] = false;
  if (told.length > 0)
    strict['description'] = [strict['description'], `(${told.join(', ')})`].filter((line) => typeof line === 'string').join(' ');
  return strict;
}
