// Changing the texts inside a JSON body: only the objects on the way to a changed text are copied, and where nothing
// changes the very same object comes back.
import { isJson } from '../exchange.ts';
import type { Json } from '../exchange.ts';
import type { ChangeText, TextSlot } from './dialect.ts';

export type Walk = (json: Json, change: ChangeText) => Json;

export function withField(json: Json, key: string, value: unknown): Json {
  return json[key] === value ? json : { ...json, [key]: value };
}

export function changeTextAt(json: Json, key: string, role: TextSlot['role'], change: ChangeText): Json {
  const text = json[key];
  return typeof text === 'string' && text !== '' ? withField(json, key, change({ role, text })) : json;
}

export function changeObjectAt(json: Json, key: string, change: (value: Json) => Json): Json {
  const value = json[key];
  return isJson(value) ? withField(json, key, change(value)) : json;
}

/** The list with its objects changed; what is no object, or no list, stays as it is. */
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

export const changeListAt = (json: Json, key: string, change: (item: Json) => Json): Json =>
  withField(json, key, mapList(json[key], change));

/** The slots that a walk passes. */
export function textsOfWalk(walk: Walk, json: Json): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  walk(json, (slot) => {
    slots.push(slot);
    return slot.text;
  });
  return slots;
}
