// Function declarations and the choice among them, both ways. Google's own tools travel in `extra.tools`.
import type { Json, ModelRequest, ModelTool, ToolChoice } from '../../exchange.ts';
import { defined, invalid, listOf, objectIn, objectOf, optional, textOf, textsOf } from '../reading.ts';
import { ownServerTools } from '../server-tools.ts';
import type { OwnTools } from '../server-tools.ts';
import { fromOpenApi, geminiSchema } from './schema.ts';

const NO_ARGUMENTS: Json = { type: 'object', properties: {} };

export function readTools(value: unknown): { readonly tools: readonly ModelTool[]; readonly serverTools: readonly Json[] } {
  const tools: ModelTool[] = [];
  const serverTools: Json[] = [];
  for (const [index, item] of (optional(listOf, value, 'tools') ?? []).entries()) {
    const path = `tools[${index}]`;
    const { functionDeclarations, ...own } = objectOf(item, path);
    if (Object.keys(own).length > 0) serverTools.push(own);
    const declarations = optional(listOf, functionDeclarations, `${path}.functionDeclarations`) ?? [];
    for (const [place, declared] of declarations.entries())
      tools.push(readTool(declared, `${path}.functionDeclarations[${place}]`));
  }
  return { tools, serverTools };
}

function readTool(value: unknown, path: string): ModelTool {
  const json = objectOf(value, path);
  const schema = optional(objectOf, json['parametersJsonSchema'], `${path}.parametersJsonSchema`);
  const older = optional(objectOf, json['parameters'], `${path}.parameters`);
  return {
    name: textOf(json['name'], `${path}.name`),
    description: optional(textOf, json['description'], `${path}.description`),
    parameters: schema ?? (older === undefined ? NO_ARGUMENTS : (fromOpenApi(older) as Json)),
  };
}

export function readToolChoice(value: unknown): ToolChoice | undefined {
  const config = objectIn(optional(objectOf, value, 'toolConfig') ?? {}, 'functionCallingConfig') ?? {};
  const path = 'toolConfig.functionCallingConfig';
  const names = optional(textsOf, config['allowedFunctionNames'], `${path}.allowedFunctionNames`) ?? [];
  const [only] = names;
  switch (config['mode']) {
    case undefined:
    case 'MODE_UNSPECIFIED':
      return undefined;
    case 'AUTO':
    case 'VALIDATED':
      return { kind: 'auto' };
    case 'NONE':
      return { kind: 'none' };
    case 'ANY':
      return names.length === 1 && only !== undefined ? { kind: 'tool', name: only } : { kind: 'required' };
    default:
      throw invalid(`${path}.mode`, 'must be AUTO, ANY, NONE or VALIDATED');
  }
}

export function toolsJson(request: ModelRequest, dropped: Set<string>): readonly Json[] | undefined {
  for (const tool of request.tools) {
    if (tool.cache !== undefined) dropped.add('cache');
    if (tool.strict === true) dropped.add('strict');
  }
  const functionDeclarations = request.tools.map(toolJson);
  const serverTools = ownServerTools(request, SERVER_TOOLS, (what) => dropped.add(what));
  const tools = [...(functionDeclarations.length === 0 ? [] : [{ functionDeclarations }]), ...serverTools];
  return tools.length === 0 ? undefined : tools;
}

const toolJson = (tool: ModelTool): Json =>
  defined({
    name: tool.name,
    description: tool.description,
    // An object without properties is refused; a function without parameters is said by saying nothing.
    parametersJsonSchema:
      Object.keys(objectIn(tool.parameters, 'properties') ?? {}).length === 0 ? undefined : geminiSchema(tool.parameters),
  });

export function toolConfigJson(choice: ToolChoice | undefined): Json | undefined {
  switch (choice?.kind) {
    case 'auto':
      return { functionCallingConfig: { mode: 'AUTO' } };
    case 'none':
      return { functionCallingConfig: { mode: 'NONE' } };
    case 'required':
      return { functionCallingConfig: { mode: 'ANY' } };
    case 'tool':
      return { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: [choice.name] } };
    default:
      return undefined;
  }
}

/** Google's own tools are objects of one key each (`googleSearch`, `codeExecution` …), without a `type`. */
const SERVER_TOOLS: OwnTools = {
  isOwn: (tool) => tool['type'] === undefined && tool['systemTool'] === undefined,
  fields: [],
};
