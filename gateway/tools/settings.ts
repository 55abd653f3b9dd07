// `tools` of the configuration: upstream servers, and the virtual servers that are put together of them. What is run as a
// child process is named here and nowhere else: no request can name a command.
import { z } from 'zod';

/** No underscore: what stands before the first two of them in a tool's name is its server. */
const serverName = z.string().regex(/^[a-z0-9][a-z0-9-]{0,30}$/, 'lower-case letters, digits and dashes, at most 31');
const variable = z.string().min(1);
const headerName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'the name of a header');
const headerValue = z.string().regex(/^[\t\u0020-\u007e]*$/, 'printable ASCII only');
const patterns = z.array(z.string().min(1).max(200));
const toolName = z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'letters, digits, `_`, `.` and `-`, at most 64');

const UpstreamSettingsSchema = z
  .strictObject({
    /** Program and arguments of a server that speaks over its standard input and output; no shell reads them. */
    command: z.tuple([z.string().min(1)], z.string()).optional(),
    /** For a command: variables with their values. Nothing of our own environment is passed on but PATH, HOME and the like. */
    env: z.record(variable, z.string()).default({}),
    /** For a command: variables of our own environment that it is given. */
    envFrom: z.array(variable).default([]),
    cwd: z.string().min(1).optional(),
    /** Address of a server that speaks HTTP. */
    url: z.url({ protocol: /^https?$/ }).optional(),
    /** For an address: `auto` tries streamable HTTP, then the stream of events of revision 2024-11-05. */
    transport: z.enum(['auto', 'streamable', 'sse']).default('auto'),
    /** For an address: sent with every request. Secrets belong in the environment. */
    headers: z.record(headerName, headerValue).default({}),
    /** For an address: headers whose values are in the environment, by the names of their variables. */
    headersFrom: z.record(headerName, variable).default({}),
    /** `auto` asks the server once, and asks a legacy one again after an hour. */
    era: z.enum(['auto', 'legacy', 'modern']).default('auto'),
    /** From the first word to a server that can be called. */
    connectMs: z.int().min(1).max(600_000).default(15_000),
    /** Definitions that changed or came later wait for somebody who approves them; `trust` takes them as they come. */
    pins: z.enum(['enforce', 'trust']).default('enforce'),
  })
  .refine(({ command, url }) => (command === undefined) !== (url === undefined), 'has either `command` or `url`');

const VirtualToolSchema = z.strictObject({
  /** `server__tool`; `*` stands for any text. */
  tool: z.string().min(1).max(200),
  /** The name that it goes by here; for one tool only. */
  as: toolName.optional(),
  description: z.string().min(1).optional(),
  /** Arguments that are always these; callers neither see nor set them. */
  fixed: z.record(z.string().min(1), z.json()).default({}),
});

const VirtualServerSchema = z.strictObject({
  instructions: z.string().min(1).optional(),
  tools: z.array(VirtualToolSchema).default([]),
  /** Patterns of `server__tool` that are left out again. */
  hidden: patterns.default([]),
  /** Patterns of `server__prompt`. */
  prompts: patterns.default([]),
  /** Servers whose resources may be listed and read. */
  resources: z.array(serverName).default([]),
  /** Whose endpoint it is; what is left out means everyone. Ids or names of keys, and teams; `*` stands for any text. */
  keys: patterns.min(1).optional(),
  teams: patterns.min(1).optional(),
});

export const ToolsSchema = z
  .strictObject({
    servers: z.record(serverName, UpstreamSettingsSchema).default({}),
    virtual: z.record(serverName, VirtualServerSchema).default({}),
    /** Whose calls may use `/mcp` and `/mcp/<server>`, beside the virtual servers; as there. */
    keys: patterns.min(1).optional(),
    teams: patterns.min(1).optional(),
    /** A server's lists are asked for again after this long, for servers that do not tell of changes. */
    refreshMs: z.int().min(1000).max(86_400_000).default(60_000),
    /** An upstream session that nothing was asked of for this long is closed. */
    idleMs: z.int().min(1000).max(86_400_000).default(300_000),
    /** Sessions of legacy clients that are kept at once; a new one takes the place of the one that was idle longest. */
    sessions: z.int().min(1).max(100_000).default(10_000),
  })
  .superRefine(({ servers, virtual }, context) => {
    for (const [name, { tools, resources }] of Object.entries(virtual)) {
      const path = ['virtual', name];
      if (name in servers)
        context.addIssue({ code: 'custom', path, message: `is the name of a server too: both would be /mcp/${name}` });
      for (const server of resources) {
        if (!(server in servers))
          context.addIssue({ code: 'custom', path, message: `takes resources of ${server}, which is no server` });
      }
      for (const { tool, as } of tools) {
        if (as !== undefined && tool.includes('*'))
          context.addIssue({ code: 'custom', path, message: `gives one name to all of ${tool}` });
      }
    }
  })
  .prefault({});

export type ToolsSettings = z.output<typeof ToolsSchema>;
export type UpstreamSettings = z.output<typeof UpstreamSettingsSchema>;
export type VirtualServerSettings = z.output<typeof VirtualServerSchema>;

/** Names of all variables that are handed to servers: they may hold secrets, whatever they are called. */
export function toolVariables({ servers }: Pick<ToolsSettings, 'servers'>): readonly string[] {
  return Object.values(servers).flatMap(({ envFrom, headersFrom }) => [...envFrom, ...Object.values(headersFrom)]);
}
