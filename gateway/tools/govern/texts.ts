// The texts inside a JSON value, to be looked through and replaced: every string, wherever it stands, but what is no text
// (pictures, sounds, files).
import { isJson } from '../../models/exchange.ts';
import type { Json } from '../../models/exchange.ts';

/** In the order in which `withTexts` takes them back. */
export function textsOf(value: unknown): readonly string[] {
  const texts: string[] = [];
  walk(value, (text) => {
    texts.push(text);
    return text;
  });
  return texts;
}

export function withTexts<T>(value: T, texts: readonly string[]): T {
  let index = 0;
  return walk(value, (text) => texts[index++] ?? text) as T;
}

function walk(value: unknown, each: (text: string) => string): unknown {
  if (typeof value === 'string') return each(value);
  if (Array.isArray(value)) return value.map((entry) => walk(entry, each));
  if (!isJson(value)) return value;
  const bytes = bytesIn(value);
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [key, key === bytes ? below : walk(below, each)]));
}

/** The member that holds bytes in base64. */
function bytesIn({ type, data, blob }: Json): 'data' | 'blob' | undefined {
  if (typeof blob === 'string') return 'blob';
  return (type === 'image' || type === 'audio') && typeof data === 'string' ? 'data' : undefined;
}
