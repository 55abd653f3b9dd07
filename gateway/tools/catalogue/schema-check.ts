// Arguments and structured results against JSON Schema 2020-12, for schemas that strangers wrote: nothing is fetched,
// patterns run in linear time, and a schema whose checking could grow without bound is not taken at all.
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { RE2JS } from 're2js';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';

/** Problems, each with its path; none = valid. */
export type SchemaCheck = (value: unknown) => readonly string[];

const LARGEST_SCHEMA_CHARACTERS = 256 * 1024;
/** Places of a schema that one value is held against, references followed. */
const MAX_PLACES = 20_000;
const MAX_DEPTH = 64;
const MAX_PROBLEMS = 8;
const COMBINING = ['allOf', 'anyOf', 'oneOf', 'not', 'if', 'then', 'else', 'dependentSchemas'] as const;

/** Throws an `Error` that says why a schema is not taken. */
export function schemaCheck(schema: Json): SchemaCheck {
  if (JSON.stringify(schema).length > LARGEST_SCHEMA_CHARACTERS)
    throw new Error(`is longer than ${LARGEST_SCHEMA_CHARACTERS} characters`);
  bound(schema);
  const { $schema: _dialect, $id: _id, ...rest } = schema;
  const validate = compiler().compile(rest);
  return (value) => {
    if (depthOf(value, MAX_DEPTH) > MAX_DEPTH) return [`(arguments): nested more than ${MAX_DEPTH} deep`];
    return validate(value) ? [] : problemsOf(validate);
  };
}

function problemsOf({ errors }: ValidateFunction): readonly string[] {
  return (errors ?? []).slice(0, MAX_PROBLEMS).map(({ instancePath, message, params }) => {
    const path = instancePath.slice(1).replaceAll('/', '.') || '(arguments)';
    const named = params['additionalProperty'] ?? params['unevaluatedProperty'];
    return `${path}: ${message ?? 'is not valid'}${typeof named === 'string' ? ` (“${named.slice(0, 80)}”)` : ''}`;
  });
}

/** One for each schema: what strangers call their parts must not meet. */
function compiler(): Ajv2020 {
  return new Ajv2020({
    strict: false,
    validateFormats: false,
    validateSchema: false,
    logger: false,
    addUsedSchema: false,
    ownProperties: true,
    code: { regExp: linear },
  });
}

/** JavaScript's own patterns may take exponential time; RE2's cannot. One that RE2 cannot read is not taken. */
const linear = Object.assign(
  (pattern: string): RegExp => {
    const compiled = RE2JS.compile(pattern);
    // Of a pattern, what is compiled asks for nothing else.
    return { test: (text: string) => compiled.matcher(text).find() } as unknown as RegExp;
  },
  { code: 'linear' },
);

/**
 * Counts the places that one value may be held against: combinations multiply along references, and a combination that
 * leads back to itself twice has no bound at all.
 */
function bound(root: Json): void {
  const counted = new Map<unknown, number>();
  const underWay = new Set<unknown>();
  let depth = 0;
  const count = (node: unknown, combined: boolean): number => {
    if (!isJson(node) && !Array.isArray(node)) return 1;
    if (underWay.has(node)) {
      if (combined) throw new Error('combines itself with itself');
      return 1;
    }
    const known = counted.get(node);
    if (known !== undefined) return known;
    if (++depth > 200) throw new Error('is nested too deeply');
    underWay.add(node);
    let places = 1;
    const add = (below: unknown, combining: boolean): void => {
      places += count(below, combining);
      if (places > MAX_PLACES) throw new Error('combines too many schemas');
    };
    if (Array.isArray(node)) for (const entry of node) add(entry, combined);
    else {
      const reference = node['$ref'] ?? node['$dynamicRef'];
      if (typeof reference === 'string') add(resolved(root, reference), combined);
      for (const [key, below] of Object.entries(node)) {
        if (
          key === '$defs' ||
          key === 'definitions' ||
          key === 'enum' ||
          key === 'const' ||
          key === 'default' ||
          key === 'examples'
        )
          continue;
        add(below, combined || (COMBINING as readonly string[]).includes(key));
      }
    }
    depth--;
    underWay.delete(node);
    counted.set(node, places);
    return places;
  };
  count(root, false);
}

function resolved(root: Json, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#')) throw new Error(`refers to ${reference.slice(0, 100)}, which is not in it`);
  if (!reference.startsWith('#/')) return anchored(root, reference.slice(1));
  let at: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~');
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, key) ? (at as Json)[key] : undefined;
  }
  return at;
}

function anchored(node: unknown, name: string): unknown {
  if (Array.isArray(node) || isJson(node)) {
    if (isJson(node) && (node['$anchor'] === name || node['$dynamicAnchor'] === name)) return node;
    for (const below of Object.values(node)) {
      const found = anchored(below, name);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** Looks no deeper than one below `limit`. */
function depthOf(value: unknown, limit: number): number {
  if (typeof value !== 'object' || value === null || limit < 0) return 0;
  let deepest = 0;
  for (const below of Object.values(value)) deepest = Math.max(deepest, depthOf(below, limit - 1));
  return deepest + 1;
}
