// Tools: as their owners register them, and as upstream servers offer them.
import type { ToolResult, ToolSpec } from '#foundation';
import type { Principal } from './keys.ts';

/** A tool as its owner registers it. */
export interface ToolDefinition extends ToolSpec {
  /** `read` may be repeated and cached; `write` may not. */
  readonly effect: 'read' | 'write';
  run(args: unknown, signal: AbortSignal): Promise<ToolResult>;
}

export const PIN_KINDS = ['server', 'tool', 'prompt'] as const;
/** `server`: what a server says of itself (its instructions). */
export type PinKind = (typeof PIN_KINDS)[number];

/** One spelling of a definition: SHA-256 of its canonical JSON, and since when. */
export interface PinnedDefinition {
  readonly hash: string;
  readonly at: string;
  readonly definition: string;
}
/** What a server was approved for, and what waits because it is not that. */
export interface PinView {
  readonly server: string;
  readonly kind: PinKind;
  readonly name: string;
  readonly approved: PinnedDefinition | undefined;
  readonly waiting: PinnedDefinition | undefined;
}

export interface ToolServerView {
  readonly name: string;
  readonly transport: 'stdio' | 'http';
  /** `idle`: nothing was asked of it yet, or not for a while; `connecting`: its lists have not been read yet. */
  readonly state: 'idle' | 'connecting' | 'connected' | 'failing';
  readonly revision: string | undefined;
  readonly title: string | undefined;
  readonly tools: number;
  readonly prompts: number;
  readonly resources: number;
  /** Definitions that wait for approval. */
  readonly waiting: number;
  readonly error: string | undefined;
  /** Definitions that cannot be used, and why. */
  readonly left: readonly { readonly name: string; readonly why: string }[];
}

export interface ToolView {
  readonly name: string;
  readonly server: string;
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly inputSchema: Readonly<Record<string, unknown>>;
  readonly outputSchema: Readonly<Record<string, unknown>> | undefined;
}

export interface ToolCallView {
  /** In the request log. */
  readonly requestId: string;
  readonly isError: boolean;
  readonly content: readonly unknown[];
  readonly structuredContent: unknown;
}

/** The MCP gateway, for whoever runs it. An endpoint is the part behind `/mcp/`: a server, a virtual server, or empty. */
export interface Tools {
  /** Names of the endpoints; the empty one is `/mcp`. */
  endpoints(): readonly string[];
  /** Reads servers that were never read; one that cannot be reached says so in its row. */
  servers(signal: AbortSignal): Promise<readonly ToolServerView[]>;
  /** Throws `not_found` for an endpoint that is not there, or not for this principal. */
  list(endpoint: string, principal: Principal, signal: AbortSignal): Promise<readonly ToolView[]>;
  /** Goes down the same chain as a client's call. Throws `not_found`, `invalid_input`, `tool_failed` and what the chain refuses. */
  call(
    endpoint: string,
    name: string,
    args: Readonly<Record<string, unknown>>,
    principal: Principal,
    signal: AbortSignal,
  ): Promise<ToolCallView>;
  pins(server?: string): readonly PinView[];
  /** Throws `not_found` where nothing waits, `conflict` where what waits is not what `hash` says. */
  approveDefinition(
    pin: { readonly server: string; readonly kind: PinKind; readonly name: string; readonly hash?: string | undefined },
    actor: string,
  ): Promise<PinView>;
}
