// JSON-RPC 2.0 as MCP uses it: one message per body, never a batch. Messages are looked into as far as the gateway has
// to know them; everything else in them is passed on as it came.
import type { ErrorCode } from '#foundation';
import { ShoalError, toShoalError } from '#foundation';
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';

export type RequestId = string | number;

export interface RpcRequest {
  readonly kind: 'request';
  readonly id: RequestId;
  readonly method: string;
  readonly params: Json;
}
export interface RpcNotification {
  readonly kind: 'notification';
  readonly method: string;
  readonly params: Json;
}
export interface RpcResponse {
  readonly kind: 'response';
  readonly id: RequestId;
  /** What was asked for, or why not. */
  readonly outcome: { readonly result: Json } | { readonly error: RpcError };
}
export type RpcMessage = RpcRequest | RpcNotification | RpcResponse;

/** The codes of JSON-RPC, of the legacy revisions, and those that revision 2026-07-28 reserves. */
export const RPC = {
  parseError: -32_700,
  invalidRequest: -32_600,
  methodNotFound: -32_601,
  invalidParams: -32_602,
  internal: -32_603,
  legacyResourceNotFound: -32_002,
  headerMismatch: -32_020,
  missingCapability: -32_021,
  unsupportedVersion: -32_022,
} as const;

/** An answer that says no; it travels to the caller as it is. `status` is the HTTP status in revision 2026-07-28. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly data: unknown;
  readonly status: number;

  constructor(code: number, message: string, { data, status = 200 }: { readonly data?: unknown; readonly status?: number } = {}) {
    super(message);
    this.code = code;
    this.data = data;
    this.status = status;
  }
}

/** Undefined for anything that is not one message. */
function readMessage(value: unknown): RpcMessage | undefined {
  if (!isJson(value) || value['jsonrpc'] !== '2.0') return undefined;
  const { id, method, params, result, error } = value;
  const known = typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id));
  if (typeof method === 'string') {
    if (params !== undefined && !isJson(params)) return undefined;
    const given = params ?? {};
    if (known) return { kind: 'request', id, method, params: given };
    return id === undefined ? { kind: 'notification', method, params: given } : undefined;
  }
  if (!known) return undefined;
  if (isJson(error)) return { kind: 'response', id, outcome: { error: errorOf(error) } };
  return isJson(result) ? { kind: 'response', id, outcome: { result } } : undefined;
}

function errorOf({ code, message, data }: Json): RpcError {
  return new RpcError(typeof code === 'number' ? code : RPC.internal, typeof message === 'string' ? message : 'Failed.', {
    data,
  });
}

export const requestText = (id: RequestId, method: string, params: Json | undefined): string =>
  JSON.stringify({ jsonrpc: '2.0', id, method, ...(params === undefined ? {} : { params }) });

export const notificationText = (method: string, params: Json): string => JSON.stringify({ jsonrpc: '2.0', method, params });

export const resultText = (id: RequestId, result: Json): string => JSON.stringify({ jsonrpc: '2.0', id, result });

/** `id` is left out where the request could not be read. */
export function errorText(id: RequestId | undefined, { code, message, data }: RpcError): string {
  return JSON.stringify({
    jsonrpc: '2.0',
    ...(id === undefined ? {} : { id }),
    error: { code, message, ...(data === undefined ? {} : { data }) },
  });
}

const CODES: Partial<Record<ErrorCode, number>> = {
  invalid_input: RPC.invalidParams,
  not_found: RPC.invalidParams,
  document_too_large: RPC.invalidRequest,
};

/** Statuses that clients act upon; any other fault is told inside the answer. */
const STATUSES: ReadonlySet<number> = new Set([401, 403, 413, 429]);

/** Our own faults in JSON-RPC's form; the code and the hint go along, for whoever reads them. */
export function toRpcError(thrown: unknown): RpcError {
  if (thrown instanceof RpcError) return thrown;
  const error = toShoalError(thrown);
  return new RpcError(CODES[error.code] ?? RPC.internal, [error.message, error.hint].filter(Boolean).join(' '), {
    data: { code: error.code, ...error.details },
    status: STATUSES.has(error.status) ? error.status : 200,
  });
}

/** For the request log, which knows our codes only. */
export function toLoggedError(thrown: unknown): unknown {
  if (!(thrown instanceof RpcError)) return thrown;
  const code = thrown.code === RPC.invalidParams || thrown.code === RPC.missingCapability ? 'invalid_input' : 'tool_failed';
  return new ShoalError(code, thrown.message, { cause: thrown });
}

/** Undefined for a text that is not JSON, or not one message. */
export function parseMessage(text: string): RpcMessage | undefined {
  try {
    return readMessage(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
