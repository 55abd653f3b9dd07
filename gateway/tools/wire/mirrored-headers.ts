// Revision 2026-07-28 repeats some of a request's body in its headers, so that what stands between can route without
// reading bodies: `Mcp-Method`, `Mcp-Name`, and `Mcp-Param-*` for parameters whose schema says `x-mcp-header`.
// Whoever reads the body must check them against it; decisions are made on the body alone.
import type { IncomingHttpHeaders } from 'node:http';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';
import { RPC, RpcError } from './json-rpc.ts';

const SENTINEL = /^=\?base64\?(.*)\?=$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const PLAIN = /^[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?$/;
const TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const NAMED_BY: Readonly<Record<string, 'name' | 'uri'>> = {
  'tools/call': 'name',
  'prompts/get': 'name',
  'resources/read': 'uri',
};

/** A value as it may stand in a header. */
export function encodeHeaderValue(value: string): string {
  return PLAIN.test(value) && !SENTINEL.test(value) ? value : `=?base64?${Buffer.from(value).toString('base64')}?=`;
}

/** Undefined for a sentinel whose inside is not base64. */
export function decodeHeaderValue(value: string): string | undefined {
  const inside = SENTINEL.exec(value)?.[1];
  if (inside === undefined) return value;
  return BASE64.test(inside) ? Buffer.from(inside, 'base64').toString('utf8') : undefined;
}

export interface MirroredParameter {
  /** In lower case, `mcp-param-` in front. */
  readonly header: string;
  /** Names of `properties`, from the root of the arguments. */
  readonly path: readonly string[];
}

/** The parameters that a tool wants repeated. Undefined = an annotation stands where it may not, so the tool is not valid. */
export function mirroredParameters(schema: unknown): readonly MirroredParameter[] | undefined {
  const found: MirroredParameter[] = [];
  const seen = new Set<string>();
  let valid = true;
  const visit = (node: unknown, path: readonly string[] | undefined): void => {
    if (Array.isArray(node)) for (const entry of node) visit(entry, undefined);
    if (!isJson(node)) return;
    const name = node['x-mcp-header'];
    if (name !== undefined) {
      const type = node['type'];
      const fits =
        typeof name === 'string' && TOKEN.test(name) && path !== undefined && path.length > 0 && !seen.has(name.toLowerCase());
      if (!fits || (type !== 'string' && type !== 'integer' && type !== 'boolean')) {
        valid = false;
        return;
      }
      seen.add(name.toLowerCase());
      found.push({ header: `mcp-param-${name.toLowerCase()}`, path });
    }
    for (const [key, value] of Object.entries(node)) {
      if (key === 'const' || key === 'enum' || key === 'default' || key === 'examples') continue;
      if (key !== 'properties' || !isJson(value)) visit(value, undefined);
      else
        for (const [property, below] of Object.entries(value)) visit(below, path === undefined ? undefined : [...path, property]);
    }
  };
  visit(schema, []);
  return valid ? found : undefined;
}

/** Headers that a request of ours must carry. */
export function mirroredHeaders(method: string, params: Json, parameters: readonly MirroredParameter[]): Record<string, string> {
  const headers: Record<string, string> = { 'mcp-method': method };
  const named = nameIn(method, params);
  if (named !== undefined) headers['mcp-name'] = encodeHeaderValue(named);
  for (const { header, path } of parameters) {
    const value = textOf(valueAt(params['arguments'], path));
    if (value !== undefined) headers[header] = encodeHeaderValue(value);
  }
  return headers;
}

/** Throws `-32020` where a header is missing, cannot be read, or says something else than the body. */
export function checkMirrored(headers: IncomingHttpHeaders, method: string, params: Json): void {
  agree('Mcp-Method', headers['mcp-method'], method);
  const named = nameIn(method, params);
  if (named !== undefined) agree('Mcp-Name', decoded('Mcp-Name', headers['mcp-name']), named);
}

/** The same for a tool's own parameters. */
export function checkMirroredParameters(
  headers: IncomingHttpHeaders,
  params: Json,
  parameters: readonly MirroredParameter[],
): void {
  for (const { header, path } of parameters) {
    const given = decoded(header, headers[header]);
    const value = valueAt(params['arguments'], path);
    const expected = textOf(value);
    if (expected === undefined && given === undefined) continue;
    const same = typeof value === 'number' ? Number(given) === value && given !== '' : given === expected;
    if (!same) throw mismatch(header, given, expected);
  }
}

function nameIn(method: string, params: Json): string | undefined {
  const key = NAMED_BY[method];
  const value = key === undefined ? undefined : params[key];
  return typeof value === 'string' ? value : undefined;
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const key of path) at = isJson(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value) ? String(value) : undefined;
}

function decoded(name: string, given: string | string[] | undefined): string | undefined {
  // Node joins a header that is sent twice with a comma, which then matches nothing.
  if (typeof given !== 'string') return undefined;
  const value = decodeHeaderValue(given);
  if (value === undefined) throw mismatch(name, given, undefined);
  return value;
}

function agree(name: string, given: string | string[] | undefined, expected: string): void {
  if (given !== expected) throw mismatch(name, given, expected);
}

function mismatch(name: string, given: string | readonly string[] | undefined, expected: string | undefined): RpcError {
  const said = given === undefined ? 'is missing' : `says “${String(given).slice(0, 100)}”`;
  const wanted =
    expected === undefined ? 'it cannot be read, or the body has no such value' : `the body says “${expected.slice(0, 100)}”`;
  return new RpcError(RPC.headerMismatch, `Header mismatch: ${name} ${said}, but ${wanted}.`, { status: 400 });
}
