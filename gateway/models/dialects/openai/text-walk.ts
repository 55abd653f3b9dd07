// The forms in which OpenAI's APIs write texts: a bare text, parts of a content, arguments as JSON text.
import type { Json } from '../../exchange.ts';
import { changeArgumentsText } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { mapList, withField } from '../texts.ts';

type Role = TextSlot['role'];

/** The named field where it is a text. */
export function changeField(json: Json, key: string, role: Role, change: ChangeText): Json {
  const text = json[key];
  return typeof text === 'string' ? withField(json, key, change({ role, text })) : json;
}

/** A content: a text, or parts whose text stands in `text` or `refusal`. */
export function changeContent(json: Json, key: string, role: Role, change: ChangeText): Json {
  const content = json[key];
  if (typeof content === 'string') return changeField(json, key, role, change);
  const parts = mapList(content, (part) => changeField(changeField(part, 'text', role, change), 'refusal', role, change));
  return withField(json, key, parts);
}

/** A tool call's arguments, as JSON text. */
export function changeArguments(json: Json, key: string, change: ChangeText): Json {
  const written = json[key];
  return typeof written === 'string' ? withField(json, key, changeArgumentsText(written, change)) : json;
}
