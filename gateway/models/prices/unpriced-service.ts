// What a request may ask for that the price of tokens does not cover: faster processing, processing in one country
// only, tools that the provider runs itself and charges by the use. A call that asks for it cannot be held for by its
// price, so whoever admits calls treats it as one of a model without a price.
import { SERVER_TOOL_FIELDS } from '../dialects/server-tools.ts';
import { isJson } from '../exchange.ts';
import type { Json } from '../exchange.ts';

/** Values that cost what the catalogue says, or less. */
const STANDARD: Readonly<Record<string, readonly unknown[]>> = {
  // OpenAI, Groq, Gemini, Anthropic. `auto` is what happens without the field, too.
  service_tier: ['auto', 'default', 'standard', 'standard_only', 'flex', 'on_demand'],
  serviceTier: ['auto', 'default', 'standard', 'flex'],
  speed: ['standard'],
  inference_geo: ['global'],
};

/** Tools whose caller runs them; every other `type` is taken to be run by the provider. */
const CALLERS_TOOL = /^(function|custom|local_shell|apply_patch|computer|bash_|text_editor_|memory_)/;
const GEMINI_TOOLS = [
  'googleSearch',
  'google_search',
  'googleSearchRetrieval',
  'urlContext',
  'url_context',
  'codeExecution',
  'code_execution',
  'fileSearch',
  'file_search',
  'googleMaps',
  'google_maps',
];
export interface UnpricedService {
  readonly field: string;
  readonly value: string;
}

/** undefined for nearly every request. */
export function unpricedService(json: Json): UnpricedService | undefined {
  for (const field in STANDARD) {
    const value = json[field];
    if (value !== undefined && value !== null && !STANDARD[field]?.includes(value))
      return { field, value: JSON.stringify(value) };
  }
  return serverTool(json);
}

/** The first tool that the provider runs itself; what it finds becomes input, and most are charged by the use. */
export function serverTool(json: Json): UnpricedService | undefined {
  for (const field of SERVER_TOOL_FIELDS) if (isOn(json[field])) return { field, value: 'on' };
  const { tools } = json;
  if (!Array.isArray(tools)) return undefined;
  for (const tool of tools as readonly unknown[]) {
    const name = isJson(tool) ? nameOfServerTool(tool) : undefined;
    if (name !== undefined) return { field: 'tools', value: name };
  }
  return undefined;
}

function nameOfServerTool(tool: Readonly<Record<string, unknown>>): string | undefined {
  const { type } = tool;
  if (typeof type === 'string' && !CALLERS_TOOL.test(type)) return type;
  return GEMINI_TOOLS.find((name) => isJson(tool[name]));
}

function isOn(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0;
  return value !== undefined && value !== null && value !== false;
}
