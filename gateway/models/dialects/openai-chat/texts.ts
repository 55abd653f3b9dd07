// Where the texts stand in a chat completion's request and answer.
import { isJson } from '../../exchange.ts';
import type { Json } from '../../exchange.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { changeArguments, changeContent, changeField } from '../openai/text-walk.ts';
import { mapList, withField } from '../texts.ts';

const ROLES: ReadonlyMap<unknown, TextSlot['role']> = new Map([
  ['system', 'system'],
  ['developer', 'system'],
  ['assistant', 'assistant'],
  ['tool', 'tool'],
]);

export function withRequestTexts(json: Json, change: ChangeText): Json {
  const messages = mapList(json['messages'], (message) =>
    withMessageTexts(message, ROLES.get(message['role']) ?? 'user', change),
  );
  const changed = withField(json, 'messages', messages);
  const prediction = json['prediction'];
  if (!isJson(prediction)) return changed;
  return withField(changed, 'prediction', changeContent(prediction, 'content', 'user', change));
}

export function withResponseTexts(json: Json, change: ChangeText): Json {
  const choices = mapList(json['choices'], (choice) => {
    const message = choice['message'];
    return isJson(message) ? withField(choice, 'message', withMessageTexts(message, 'assistant', change)) : choice;
  });
  return withField(json, 'choices', choices);
}

function withMessageTexts(message: Json, role: TextSlot['role'], change: ChangeText): Json {
  let next = changeContent(message, 'content', role, change);
  if (role !== 'assistant') return next;
  for (const key of ['refusal', 'reasoning_content', 'reasoning']) next = changeField(next, key, role, change);
  const calls = mapList(next['tool_calls'], (call) => {
    const { function: called, custom } = call;
    const withFunction = isJson(called) ? withField(call, 'function', changeArguments(called, 'arguments', change)) : call;
    return isJson(custom) ? withField(withFunction, 'custom', changeField(custom, 'input', role, change)) : withFunction;
  });
  next = withField(next, 'tool_calls', calls);
  // Calls as they were said before there were several in one message.
  const older = next['function_call'];
  return isJson(older) ? withField(next, 'function_call', changeArguments(older, 'arguments', change)) : next;
}
