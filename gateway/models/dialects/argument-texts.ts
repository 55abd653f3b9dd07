// The texts inside JSON that a model or a tool wrote: a call's arguments, a result that is an object. Each string in it
// is a text of its own, so that a replacement can never break the JSON around it. Names of fields are no texts as long
// as they look like names; any other key is data (an address book by address). Whole numbers as long as a card's or a
// telephone's are texts too, and become strings where they are replaced.
import { isJson } from '../exchange.ts';
import { ShoalError } from '#foundation';
import type { ChangeText, TextSlot } from './dialect.ts';
import { parseJson } from './reading.ts';

const VALUE_IN_JSON = /"[^"\\]*(?:\\.[^"\\]*)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/gs;
const LONG_NUMBER = /^\d{9,19}$/;
const FIELD_NAME = /^[A-Za-z_$][\w$.-]{0,63}$/;
/** No arguments are meant to be nested deeper; a text below this could not be checked, so it is refused. */
const MOST_LEVELS = 256;

/**
 * Arguments as JSON text. Only what changes is written anew: spaces, the order of fields and the digits of numbers stay
 * as the model wrote them. What is not JSON is one text.
 */
export function changeArgumentsText(written: string, change: ChangeText): string {
  if (written.trim() === '') return written;
  if (parseJson(written) === undefined) return change({ role: 'assistant', text: written, argument: true });
  return written.replaceAll(VALUE_IN_JSON, (found: string, colon: string | undefined) => {
    const isNumber = !found.startsWith('"');
    if (isNumber && !LONG_NUMBER.test(found)) return found;
    const before = isNumber ? found : (JSON.parse(colon === undefined ? found : found.slice(0, -colon.length)) as string);
    if (!isText(before, colon !== undefined)) return found;
    const after = change({ role: 'assistant', text: before, argument: true });
    return after === before ? found : JSON.stringify(after) + (colon ?? '');
  });
}

/** Arguments or a result as parsed JSON; the very same value where nothing changes. */
export function changeArgumentsValue(value: unknown, role: TextSlot['role'], change: ChangeText, level = 0): unknown {
  const changed = (text: string): string => change({ role, text, argument: true });
  if (typeof value === 'string') return value === '' ? value : changed(value);
  if (typeof value === 'number') {
    const digits = String(value);
    const after = LONG_NUMBER.test(digits) ? changed(digits) : digits;
    return after === digits ? value : after;
  }
  if (typeof value !== 'object' || value === null) return value;
  if (level === MOST_LEVELS) {
    throw new ShoalError('invalid_input', 'The arguments or the result of a tool call are nested too deeply to be checked.', {
      hint: `Send JSON of at most ${MOST_LEVELS} levels.`,
    });
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    const after = items.map((item) => changeArgumentsValue(item, role, change, level + 1));
    return after.some((item, index) => item !== items[index]) ? after : value;
  }
  let same = true;
  const entries = Object.entries(value).map(([key, inner]: [string, unknown]) => {
    const name = isText(key, true) ? changed(key) : key;
    const after = changeArgumentsValue(inner, role, change, level + 1);
    same &&= name === key && after === inner;
    return [name, after] as const;
  });
  return same ? value : Object.fromEntries(entries);
}

/** As `changeArgumentsValue`, of a field that holds an object. */
export function changeArgumentsAt<T extends Readonly<Record<string, unknown>>>(
  json: T,
  key: string,
  role: TextSlot['role'],
  change: ChangeText,
): T {
  const value = json[key];
  if (!isJson(value) && !Array.isArray(value) && typeof value !== 'string') return json;
  const after = changeArgumentsValue(value, role, change);
  return after === value ? json : { ...json, [key]: after };
}

function isText(text: string, isKey: boolean): boolean {
  return text !== '' && !(isKey && FIELD_NAME.test(text));
}
