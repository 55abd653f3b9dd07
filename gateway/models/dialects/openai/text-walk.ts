// Walking the texts of a JSON body and replacing them. What is not changed stays the same object, so nothing is copied
// that need not be, and the input is never written to.
import type { Json } from '../../exchange.ts';
import { changeArgumentsText } from '../argument-texts.ts';
import type { ChangeText, TextSlot } from '../dialect.ts';
import { isJson } from './fields.ts';

type Role = TextSlot['role'];
export type Walk = (json: Json, change: ChangeText) => Json;

/** The texts that a walk passes. */
export function textsOf(walk: Walk, json: Json): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  walk(json, (slot) => {
    slots.push(slot);
    return slot.text;
  });
  return slots;
}

export function withField(json: Json, key: string, value: unknown): Json {
  return json[key] === value ? json : { ...json, [key]: value };
}

export function mapList(list: unknown, change: (item: Json) => Json): unknown {
  if (!Array.isArray(list)) return list;
  let changed = false;
  const items = list.map((item: unknown) => {
    const next = isJson(item) ? change(item) : item;
    changed ||= next !== item;
    return next;
  });
  return changed ? items : list;
}

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
