// Tools and the choice among them, both ways. Tools that Anthropic runs itself have no common form; they travel in
// `extra.tools`.
import type { Json, ModelRequest, ModelTool, ToolChoice } from '../../exchange.ts';
import { booleanOf, defined, invalid, listOf, objectOf, optional, textOf } from '../reading.ts';
import { isAnthropicTool } from '../server-tools.ts';
import type { OwnTools } from '../server-tools.ts';
import { cacheMark } from './blocks-in.ts';
import { cacheControl } from './blocks-out.ts';
import type { ModelTraits } from './model-traits.ts';
import { strictSchema } from './strict-schema.ts';

export interface ReadTools {
  readonly tools: readonly ModelTool[];
  readonly serverTools: readonly Json[];
}

export function readTools(value: unknown): ReadTools {
  const tools: ModelTool[] = [];
  const serverTools: Json[] = [];
  for (const [index, item] of (optional(listOf, value, 'tools') ?? []).entries()) {
    const path = `tools[${index}]`;
    const tool = objectOf(item, path);
    const type = optional(textOf, tool['type'], `${path}.type`);
    if (type !== undefined && type !== 'custom') serverTools.push(tool);
    else
      tools.push({
        name: textOf(tool['name'], `${path}.name`),
        description: optional(textOf, tool['description'], `${path}.description`),
        parameters: objectOf(tool['input_schema'], `${path}.input_schema`),
        ...defined({ strict: optional(booleanOf, tool['strict'], `${path}.strict`) }),
        ...cacheMark(tool, path),
      });
  }
  return { tools, serverTools };
}

export function readToolChoice(value: unknown): Pick<ModelRequest, 'toolChoice' | 'parallelToolCalls'> {
  const choice = optional(objectOf, value, 'tool_choice');
  if (choice === undefined) return { toolChoice: undefined, parallelToolCalls: undefined };
  const single = optional(booleanOf, choice['disable_parallel_tool_use'], 'tool_choice.disable_parallel_tool_use');
  return { toolChoice: choiceOf(choice), parallelToolCalls: single === undefined ? undefined : !single };
}

function choiceOf(choice: Json): ToolChoice {
  switch (choice['type']) {
    case 'auto':
    case 'none':
      return { kind: choice['type'] };
    case 'any':
      return { kind: 'required' };
    case 'tool':
      return { kind: 'tool', name: textOf(choice['name'], 'tool_choice.name') };
    default:
      throw invalid('tool_choice.type', 'must be auto, any, tool or none');
  }
}

export function toolJson(tool: ModelTool, traits: ModelTraits, dropped: Set<string>): Json {
  const strict = tool.strict === true && traits.structuredOutput;
  if (tool.strict === true && !strict) dropped.add('strict');
  return defined({
    name: tool.name,
    description: tool.description,
    // The API wants the type said, which others take for granted.
    input_schema: strict ? strictSchema(tool.parameters) : { type: 'object', ...tool.parameters },
    strict: strict ? true : undefined,
    ...cacheControl(tool.cache),
  });
}

export function choiceJson(choice: ToolChoice | undefined, parallel: boolean | undefined): Json | undefined {
  const single = parallel === undefined ? {} : { disable_parallel_tool_use: !parallel };
  switch (choice?.kind) {
    case 'auto':
      return { type: 'auto', ...single };
    case 'none':
      return { type: 'none' };
    case 'required':
      return { type: 'any', ...single };
    case 'tool':
      return { type: 'tool', name: choice.name, ...single };
    default:
      return parallel === undefined ? undefined : { type: 'auto', ...single };
  }
}

export const SERVER_TOOLS: OwnTools = { isOwn: isAnthropicTool, fields: ['mcp_servers'] };
