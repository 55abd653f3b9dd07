// Changing the texts inside a JSON body: only the objects on the way to a changed text are copied, and where nothing
// changes the very same object comes back.
import type { Json } from '../exchange.ts';
import type { ChangeText, TextSlot } from './dialect.ts';
import { isObject } from './reading.ts';

export type Walk = (json: Json, change: ChangeText) => Json;

function withKey(json: Json, key: string, value: unknown): Json {
  return json[key] === value ? json : { ...json, [key]: value };
}

export function changeTextAt(json: Json, key: string, role: TextSlot['role'], change: ChangeText): Json {
  const text = json[key];
  return typeof text === 'string' && text !== '' ? withKey(json, key, change({ role, text })) : json;
}

export function changeObjectAt(json: Json, key: string, change: (value: Json) => Json): Json {
  const value = json[key];
  return isObject(value) ? withKey(json, key, change(value)) : json;
}

export function changeListAt(json: Json, key: string, change: (item: Json) => Json): Json {
  const list = json[key];
  if (!Array.isArray(list)) return json;
  const items: readonly unknown[] = list;
  let changed = false;
  const next = items.map((item) => {
    if (!isObject(item)) return item;
    const after = change(item);
    changed ||= after !== item;
    return after;
  });
  return changed ? { ...json, [key]: next } : json;
}

/** The slots that a walk passes. */
export function textsOfWalk(walk: Walk, json: Json): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  walk(json, (slot) => {
    slots.push(slot);
    return slot.text;
  });
  return slots;
}
