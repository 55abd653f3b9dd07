// Tools and the choice between them, in the Responses API's form, which is flatter than that of chat completions.
// OpenAI's hosted tools stay as they are, for the same API to read.
import { isJson } from '../../exchange.ts';
import type { Json, ModelRequest, ModelTool, ToolChoice } from '../../exchange.ts';
import {
  arrayAt,
  invalid,
  isAbsent,
  nameAt,
  objectAt,
  optionalBoolean,
  optionalString,
  present,
  stringAt,
} from '../openai/fields.ts';
import { isAnthropicTool } from '../server-tools.ts';
import type { OwnTools } from '../server-tools.ts';

const WITHOUT_ARGUMENTS: Json = { type: 'object', properties: {} };

export function decodeTools(value: unknown): { readonly tools: readonly ModelTool[]; readonly others: readonly Json[] } {
  const tools: ModelTool[] = [];
  const others: Json[] = [];
  const list = isAbsent(value) ? [] : arrayAt(value, 'tools');
  for (const [index, item] of list.entries()) {
    const field = `tools[${index}]`;
    const tool = objectAt(item, field);
    if (stringAt(tool['type'], `${field}.type`) === 'function') tools.push(decodeTool(tool, field));
    else others.push(tool);
  }
  return { tools, others };
}

function decodeTool(tool: Json, field: string): ModelTool {
  const parameters = tool['parameters'];
  return {
    name: nameAt(tool['name'], `${field}.name`),
    description: optionalString(tool, 'description', `${field}.`),
    parameters: isAbsent(parameters) ? WITHOUT_ARGUMENTS : objectAt(parameters, `${field}.parameters`),
    ...present({ strict: optionalBoolean(tool, 'strict', `${field}.`) }),
  };
}

/** Without a word about it this API would try strict mode, which no other does. */
export function encodeTool(tool: ModelTool): Json {
  const { name, description, parameters, strict } = tool;
  return { type: 'function', name, description: description ?? null, parameters, strict: strict ?? false };
}

/** OpenAI's hosted tools; chat completions' custom ones have another form there. */
export const SERVER_TOOLS: OwnTools = {
  isOwn: (tool) => typeof tool['type'] === 'string' && !isAnthropicTool(tool) && !isJson(tool['custom']),
  fields: [],
};

/** Undefined for a choice that the common form cannot say; it then stays in `extra`. */
export function decodeToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { kind: value };
  if (typeof value === 'string')
    throw invalid('tool_choice', `has the value "${value}"`, 'Use auto, none, required or a function.');
  const choice = objectAt(value, 'tool_choice');
  return choice['type'] === 'function' ? { kind: 'tool', name: nameAt(choice['name'], 'tool_choice.name') } : undefined;
}

/** Of choices that the common form cannot say: those in this API's form. */
export function isOwnChoice(choice: unknown): boolean {
  return isJson(choice) && !isJson(choice['custom']) && !isJson(choice['allowed_tools']);
}

export function encodeToolChoice(choice: ToolChoice): unknown {
  return choice.kind === 'tool' ? { type: 'function', name: choice.name } : choice.kind;
}

/** The choice as a response repeats it. */
export function echoedToolChoice(request: Partial<ModelRequest>): unknown {
  if (request.toolChoice !== undefined) return encodeToolChoice(request.toolChoice);
  return request.extra?.['tool_choice'] ?? 'auto';
}
