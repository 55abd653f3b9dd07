// Tools that only one API knows (a web search that it runs itself, a code sandbox) have no common form: they travel in
// `extra`, and only the API whose they are is shown them. Any other answers without them, and the caller is told by `tools` among what was
// dropped. Only where the caller forces such a tool is the request refused, since no answer could be what was asked for.
import { isJson } from '../exchange.ts';
import type { Json, ModelRequest } from '../exchange.ts';
import { invalid, objectIn, textIn } from './reading.ts';

/** Fields beside `tools` by which such tools are switched on: OpenAI, Anthropic, OpenRouter, xAI, Qwen. */
export const SERVER_TOOL_FIELDS: readonly string[] = [
  'web_search_options',
  'mcp_servers',
  'plugins',
  'search_parameters',
  'enable_search',
];

export interface OwnTools {
  readonly isOwn: (tool: Json) => boolean;
  /** Of SERVER_TOOL_FIELDS. */
  readonly fields: readonly string[];
}

/** The API's own among the tools in `extra`; throws `invalid_input` where another's is forced. */
export function ownServerTools(
  request: ModelRequest,
  { isOwn, fields }: OwnTools,
  drop: (what: string) => void,
): readonly Json[] {
  const { extra } = request;
  const all = Array.isArray(extra['tools']) ? extra['tools'].filter(isJson) : [];
  const own = all.filter(isOwn);
  const foreign = all.filter((tool) => !isOwn(tool));
  const isOn = (field: string): boolean => extra[field] !== undefined && extra[field] !== null && extra[field] !== false;
  if (foreign.length > 0 || SERVER_TOOL_FIELDS.some((field) => !fields.includes(field) && isOn(field))) drop('tools');
  if (foreign.length > 0 && forcesOther(request, own)) {
    throw invalid('tool_choice', `forces a tool that only its own API knows (${foreign.map(nameOf).join(', ')})`);
  }
  return own;
}

/** Whether `key` of `extra` is one of those that `ownServerTools` answers for. */
export function isServerToolField(key: string): boolean {
  return key === 'tools' || SERVER_TOOL_FIELDS.includes(key);
}

/** Anthropic's carry the date of their version in their type, sets of MCP tools apart; OpenAI's put `_` into dates. */
export function isAnthropicTool({ type }: Json): boolean {
  return typeof type === 'string' && (type === 'mcp_toolset' || /_\d{8}$/.test(type));
}

/** Whether nothing that is left could be what the caller forces. */
function forcesOther({ tools, toolChoice, extra }: ModelRequest, own: readonly Json[]): boolean {
  if (toolChoice?.kind === 'tool') return ![...tools.map(({ name }) => name), ...own.map(nameOf)].includes(toolChoice.name);
  if (toolChoice?.kind === 'required') return tools.length + own.length === 0;
  // A choice that the common form cannot say names one of these tools, unless it is a list of allowed ones.
  const choice = objectIn(extra, 'tool_choice');
  return choice !== undefined && choice['type'] !== 'allowed_tools' && own.length === 0;
}

function nameOf(tool: Json): string {
  const named = [tool, objectIn(tool, 'systemTool'), objectIn(tool, 'custom')].find(
    (one) => textIn(one ?? {}, 'name') !== undefined,
  );
  return textIn(named ?? {}, 'name') ?? textIn(tool, 'type') ?? Object.keys(tool).join(', ');
}
