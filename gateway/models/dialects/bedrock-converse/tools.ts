// `toolConfig`, both ways. Tools that Bedrock runs itself travel in `extra.tools`.
import { isJson } from '../../exchange.ts';
import type { Json, ModelRequest, ModelTool, ToolChoice } from '../../exchange.ts';
import { strictSchema } from '../anthropic-messages/strict-schema.ts';
import { booleanOf, defined, invalid, listOf, objectIn, objectOf, optional, textOf } from '../reading.ts';
import type { OwnTools } from '../server-tools.ts';
import { readCachePoint } from './blocks-in.ts';
import { cachePoint } from './blocks-out.ts';
import type { HostedModel } from './hosted-model.ts';

export interface ReadTools {
  readonly tools: readonly ModelTool[];
  readonly toolChoice: ToolChoice | undefined;
  readonly serverTools: readonly Json[];
}

export function readToolConfig(value: unknown): ReadTools {
  const config = optional(objectOf, value, 'toolConfig') ?? {};
  const tools: ModelTool[] = [];
  const serverTools: Json[] = [];
  for (const [index, item] of (optional(listOf, config['tools'], 'toolConfig.tools') ?? []).entries()) {
    const path = `toolConfig.tools[${index}]`;
    const entry = objectOf(item, path);
    const cache = readCachePoint(entry, path);
    const last = tools.at(-1);
    const spec = optional(objectOf, entry['toolSpec'], `${path}.toolSpec`);
    if (cache !== undefined) {
      if (last !== undefined) tools[tools.length - 1] = { ...last, cache };
    } else if (spec === undefined) serverTools.push(entry);
    else tools.push(readTool(spec, `${path}.toolSpec`));
  }
  return { tools, serverTools, toolChoice: readChoice(optional(objectOf, config['toolChoice'], 'toolConfig.toolChoice')) };
}

function readTool(spec: Json, path: string): ModelTool {
  const schema = objectOf(spec['inputSchema'], `${path}.inputSchema`);
  return {
    name: textOf(spec['name'], `${path}.name`),
    description: optional(textOf, spec['description'], `${path}.description`),
    parameters: objectOf(schema['json'], `${path}.inputSchema.json`),
    ...defined({ strict: optional(booleanOf, spec['strict'], `${path}.strict`) }),
  };
}

function readChoice(choice: Json | undefined): ToolChoice | undefined {
  if (choice === undefined) return undefined;
  const tool = objectIn(choice, 'tool');
  if (tool !== undefined) return { kind: 'tool', name: textOf(tool['name'], 'toolConfig.toolChoice.tool.name') };
  if (isJson(choice['any'])) return { kind: 'required' };
  if (isJson(choice['auto'])) return { kind: 'auto' };
  throw invalid('toolConfig.toolChoice', 'must hold auto, any or tool');
}

export function toolJson(tool: ModelTool, target: HostedModel, dropped: Set<string>): readonly Json[] {
  const strict = tool.strict === true && target.structuredOutput;
  if (tool.strict === true && !strict) dropped.add('strict');
  const toolSpec = defined({
    name: tool.name,
    description: tool.description === '' ? undefined : tool.description,
    // The API wants the type said, which others take for granted.
    inputSchema: { json: strict ? strictSchema(tool.parameters) : { type: 'object', ...tool.parameters } },
    strict: strict ? true : undefined,
  });
  return [{ toolSpec }, ...cachePoint(tool.cache)];
}

export function choiceJson(choice: ModelRequest['toolChoice']): Json | undefined {
  switch (choice?.kind) {
    case 'auto':
      return { auto: {} };
    case 'required':
      return { any: {} };
    case 'tool':
      return { tool: { name: choice.name } };
    default:
      return undefined;
  }
}

export const SERVER_TOOLS: OwnTools = { isOwn: (tool) => isJson(tool['systemTool']), fields: [] };
