// Tool servers, their tools, and the definitions that are pinned or wait for approval.
import { z } from 'zod';
import { PIN_KINDS } from '#gateway/contract';
import type { PinnedDefinition, PinView, ToolCallView, ToolServerView, ToolView } from '#gateway/contract';
import type { FieldsOf } from './fields-of.ts';

/** What stands behind `/mcp/`: a server, a virtual server, or nothing for all of them. */
const Endpoint = z.string().max(31).default('');
const Json = z.record(z.string(), z.unknown());

export const ToolServerRow = z.object({
  name: z.string(),
  transport: z.enum(['stdio', 'http']),
  state: z.enum(['idle', 'connecting', 'connected', 'failing']),
  revision: z.string().optional(),
  title: z.string().optional(),
  tools: z.int(),
  prompts: z.int(),
  resources: z.int(),
  waiting: z.int(),
  error: z.string().optional(),
  left: z.array(z.object({ name: z.string(), why: z.string() })),
} satisfies FieldsOf<ToolServerView>);
export type ToolServerRow = z.infer<typeof ToolServerRow>;
/** GET /api/v1/tools/servers. */
export const ToolServersView = z.object({ servers: z.array(ToolServerRow), endpoints: z.array(z.string()) });
export type ToolServersView = z.infer<typeof ToolServersView>;

export const ToolRow = z.object({
  name: z.string(),
  server: z.string(),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: Json,
  outputSchema: Json.optional(),
} satisfies FieldsOf<ToolView>);
export type ToolRow = z.infer<typeof ToolRow>;
/** GET /api/v1/tools. */
export const ToolsQuery = z.object({ endpoint: Endpoint });
export const ToolsView = z.object({ tools: z.array(ToolRow) });
export type ToolsView = z.infer<typeof ToolsView>;

/** POST /api/v1/tools/call. */
export const ToolCallRequest = z.strictObject({
  endpoint: Endpoint,
  name: z.string().min(1).max(300),
  arguments: Json.default({}),
});
export type ToolCallRequest = z.input<typeof ToolCallRequest>;
export const ToolCallResult = z.object({
  requestId: z.string(),
  isError: z.boolean(),
  content: z.array(z.unknown()),
  structuredContent: z.unknown().optional(),
} satisfies FieldsOf<ToolCallView>);
export type ToolCallResult = z.infer<typeof ToolCallResult>;

const Pinned = z.object({ hash: z.string(), at: z.string(), definition: z.string() } satisfies FieldsOf<PinnedDefinition>);
export const PinRow = z.object({
  server: z.string(),
  kind: z.enum(PIN_KINDS),
  name: z.string(),
  approved: Pinned.optional(),
  waiting: Pinned.optional(),
} satisfies FieldsOf<PinView>);
export type PinRow = z.infer<typeof PinRow>;
/** GET /api/v1/tools/pins. */
export const PinsQuery = z.object({ server: z.string().max(31).optional() });
export const PinsView = z.object({ pins: z.array(PinRow) });
export type PinsView = z.infer<typeof PinsView>;

/** POST /api/v1/tools/pins/approve. */
export const ApproveRequest = z.strictObject({
  server: z.string().min(1).max(31),
  kind: z.enum(PIN_KINDS),
  /** Empty for what a server says of itself. */
  name: z.string().max(128).default(''),
  /** Of what was looked at: what changed again since is not approved. */
  hash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'is a SHA-256 in hexadecimal digits')
    .optional(),
});
export type ApproveRequest = z.input<typeof ApproveRequest>;
