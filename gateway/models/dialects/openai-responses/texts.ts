// Where the texts stand in a request and an answer of the Responses API.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import { changeArgumentsAt } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { changeArguments, changeContent, changeField } from '../openai/text-walk.ts';
import { mapList, withField } from '../texts.ts';

const ROLES: ReadonlyMap<unknown, TextSlot['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['assistant', 'assistant'],
]);

export function withRequestTexts(json: Json, change: ChangeText): Json {
  const instructed = changeField(json, 'instructions', 'system', change);
  const prompted = withField(instructed, 'prompt', changePrompt(json['prompt'], change));
  if (typeof json['input'] === 'string') return changeField(prompted, 'input', 'user', change);
  return withField(
    prompted,
    'input',
    mapList(json['input'], (item) => changeItem(item, change)),
  );
}

export function withResponseTexts(json: Json, change: ChangeText): Json {
  return withField(
    json,
    'output',
    mapList(json['output'], (item) => changeItem(item, change)),
  );
}

function changeItem(item: Json, change: ChangeText): Json {
  switch (item['type']) {
    case undefined:
    case 'message':
      return changeContent(item, 'content', ROLES.get(item['role']) ?? 'user', change);
    case 'function_call':
      return changeArguments(item, 'arguments', change);
    case 'custom_tool_call':
      return changeField(item, 'input', 'assistant', change);
    case 'function_call_output':
    case 'custom_tool_call_output':
      return changeContent(item, 'output', 'tool', change);
    case 'mcp_call':
      return changeField(changeArguments(item, 'arguments', change), 'output', 'tool', change);
    case 'code_interpreter_call':
      return withField(
        changeField(item, 'code', 'assistant', change),
        'outputs',
        mapList(item['outputs'], (output) => changeField(output, 'logs', 'tool', change)),
      );
    case 'local_shell_call':
    case 'shell_call':
    case 'computer_call':
      return changeArgumentsAt(item, 'action', 'assistant', change);
    case 'apply_patch_call':
      return changeArgumentsAt(item, 'operation', 'assistant', change);
    case 'local_shell_call_output':
    case 'apply_patch_call_output':
      return changeField(item, 'output', 'tool', change);
    case 'shell_call_output':
      return changeArgumentsAt(item, 'output', 'tool', change);
    case 'reasoning':
      return changeContent(changeContent(item, 'summary', 'assistant', change), 'content', 'assistant', change);
    default:
      return item;
  }
}

/** The values that a caller puts into a stored prompt. */
function changePrompt(prompt: unknown, change: ChangeText): unknown {
  if (!isJson(prompt) || !isJson(prompt['variables'])) return prompt;
  let variables = prompt['variables'];
  for (const [name, value] of Object.entries(variables)) {
    if (typeof value === 'string') variables = changeField(variables, name, 'user', change);
    else if (isJson(value)) variables = withField(variables, name, changeField(value, 'text', 'user', change));
  }
  return withField(prompt, 'variables', variables);
}
