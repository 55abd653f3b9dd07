// From a model's text to a validated value: strips fences and prose, repairs what is nearly JSON, validates. A text
// that was cut off is never repaired: closing its brackets would invent an answer.
import { jsonrepair } from 'jsonrepair';
import type { z } from 'zod';

export type Parsed<T> =
  | { readonly kind: 'ok'; readonly value: T }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] };

export function parseAnswer<T>(text: string, schema: z.ZodType<T>, repair: boolean): Parsed<T> {
  let problems: readonly string[] = ['the answer holds no JSON'];
  for (const json of jsonValues(text, repair)) {
    const result = schema.safeParse(json);
    if (result.success) return { kind: 'ok', value: result.data };
    problems = result.error.issues.slice(0, 8).map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.message}`);
  }
  return { kind: 'invalid', problems };
}

/** The values that the text may stand for, the most literal reading first. */
function* jsonValues(text: string, repair: boolean): Generator {
  const literal = parsed(text, JSON.parse);
  if (literal.length > 0) {
    yield* literal;
    return;
  }
  const candidates = [fenced(text), bracketed(text)].filter((candidate) => candidate !== '');
  for (const candidate of candidates) yield* parsed(candidate, JSON.parse);
  if (!repair) return;
  for (const candidate of [...candidates, text]) yield* parsed(candidate, (broken) => JSON.parse(jsonrepair(broken)));
}

/** Zero or one value. */
function parsed(text: string, parse: (text: string) => unknown): readonly unknown[] {
  try {
    return [parse(text)];
  } catch {
    return [];
  }
}

function fenced(text: string): string {
  return /```(?:json)?\s*\n?([\s\S]*?)```/i.exec(text)?.[1]?.trim() ?? '';
}

/** From the first opening bracket to the last closing one of its kind, or to the end where none closes it. */
function bracketed(text: string): string {
  const start = text.search(/[[{]/);
  if (start < 0) return '';
  const end = text.lastIndexOf(text[start] === '{' ? '}' : ']');
  return text.slice(start, end > start ? end + 1 : undefined);
}
