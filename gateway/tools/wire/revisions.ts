// The revisions of MCP that are spoken here. Legacy: a session that begins with `initialize`. Modern: every request
// carries its revision, its client's name and its client's capabilities in `_meta`.
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';

export const MODERN_REVISION = '2026-07-28';
export const LATEST_LEGACY_REVISION = '2025-11-25';
export const LEGACY_REVISIONS: readonly string[] = [LATEST_LEGACY_REVISION, '2025-06-18', '2025-03-26', '2024-11-05'];
export const SUPPORTED_REVISIONS: readonly string[] = [MODERN_REVISION, ...LEGACY_REVISIONS];

export type Era = 'legacy' | 'modern';

/** Keys of `_meta` that belong to the protocol. */
export const META = {
  protocolVersion: 'io.modelcontextprotocol/protocolVersion',
  clientInfo: 'io.modelcontextprotocol/clientInfo',
  clientCapabilities: 'io.modelcontextprotocol/clientCapabilities',
  serverInfo: 'io.modelcontextprotocol/serverInfo',
  logLevel: 'io.modelcontextprotocol/logLevel',
  subscriptionId: 'io.modelcontextprotocol/subscriptionId',
} as const;

const OF_PROTOCOL: ReadonlySet<string> = new Set([...Object.values(META), 'progressToken']);

export function metaOf(params: Json): Json {
  const meta = params['_meta'];
  return isJson(meta) ? meta : {};
}

/** What a sender put into `_meta` beyond the protocol's own words (a traceparent, say). */
export function foreignMeta(params: Json): Json {
  return Object.fromEntries(Object.entries(metaOf(params)).filter(([key]) => !OF_PROTOCOL.has(key)));
}

export function withMeta(params: Json, meta: Json): Json {
  if (Object.keys(meta).length > 0) return { ...params, _meta: meta };
  const { _meta: _dropped, ...rest } = params;
  return rest;
}

const LEVELS = ['debug', 'info', 'notice', 'warning', 'error', 'critical', 'alert', 'emergency'];

/** Whether a log message of this level is for somebody who asked for `wanted` and worse. */
export function isLogged(level: unknown, wanted: string): boolean {
  return LEVELS.indexOf(String(level)) >= LEVELS.indexOf(wanted);
}

export const isLogLevel = (level: unknown): level is string => LEVELS.includes(level as string);
