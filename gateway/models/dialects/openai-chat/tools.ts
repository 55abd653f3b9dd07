// Tools and the choice between them, in chat completions' form. Tools that are not functions stay as they are, for the
// same API to read; the common form has functions only.
import { isJson } from '../../exchange.ts';
import type { Json, ModelTool, ToolChoice } from '../../exchange.ts';
import { cacheControl } from '../anthropic-messages/blocks-out.ts';
import { cacheMarkOf } from '../openai/cache-mark.ts';
import {
  arrayAt,
  invalid,
  isAbsent,
  jsonOr,
  nameAt,
  objectAt,
  optionalBoolean,
  optionalString,
  present,
} from '../openai/fields.ts';
import type { OwnTools } from '../server-tools.ts';

const WITHOUT_ARGUMENTS: Json = { type: 'object', properties: {} };

export function decodeTools(value: unknown): { readonly tools: readonly ModelTool[]; readonly others: readonly Json[] } {
  const tools: ModelTool[] = [];
  const others: Json[] = [];
  const list = isAbsent(value) ? [] : arrayAt(value, 'tools');
  for (const [index, item] of list.entries()) {
    const field = `tools[${index}]`;
    const tool = objectAt(item, field);
    if (tool['type'] === 'function' || tool['type'] === undefined) tools.push(decodeTool(tool, field));
    else others.push(tool);
  }
  return { tools, others };
}

function decodeTool(tool: Json, field: string): ModelTool {
  const described = objectAt(tool['function'], `${field}.function`);
  const parameters = described['parameters'];
  return {
    name: nameAt(described['name'], `${field}.function.name`),
    description: optionalString(described, 'description', `${field}.function.`),
    parameters: isAbsent(parameters) ? WITHOUT_ARGUMENTS : objectAt(parameters, `${field}.function.parameters`),
    ...present({ strict: optionalBoolean(described, 'strict', `${field}.function.`) }),
    ...cacheMarkOf(tool),
  };
}

export function encodeTool(tool: ModelTool, marks: boolean): Json {
  const { name, description, parameters, strict, cache } = tool;
  const mark = marks ? cacheControl(cache) : {};
  return { type: 'function', function: present({ name, description, parameters, strict }), ...mark };
}

/** Custom tools, whose input is no JSON. */
export const SERVER_TOOLS: OwnTools = { isOwn: (tool) => isJson(tool['custom']), fields: ['web_search_options'] };

/** Undefined for a choice that the common form cannot say; it then stays in `extra`. */
export function decodeToolChoice(value: unknown): ToolChoice | undefined {
  if (value === 'auto' || value === 'none' || value === 'required') return { kind: value };
  if (typeof value === 'string')
    throw invalid('tool_choice', `has the value "${value}"`, 'Use auto, none, required or a function.');
  const choice = objectAt(value, 'tool_choice');
  if (choice['type'] !== 'function') return undefined;
  const name = nameAt(jsonOr(choice['function'])['name'], 'tool_choice.function.name');
  return { kind: 'tool', name };
}

/** Of choices that the common form cannot say: those in this API's form. */
export function isOwnChoice(choice: unknown): boolean {
  return isJson(choice) && (isJson(choice['custom']) || isJson(choice['allowed_tools']));
}

export function encodeToolChoice(choice: ToolChoice): unknown {
  return choice.kind === 'tool' ? { type: 'function', function: { name: choice.name } } : choice.kind;
}
