// Gemini's parts as ours. A signature stands on the part that follows a thought; the common form keeps it with the
// thought, so a call or text with a signature becomes a thought (empty, if none was shown) and then the call or text.
import { isJson } from '../../exchange.ts';
import type { Json, Part } from '../../exchange.ts';
import { proofFromBytes } from '../proof.ts';
import { jsonText, argumentsText, listOf, objectOf, objectsIn, optional, textIn, textOf } from '../reading.ts';
import type { CallIds } from './call-ids.ts';
import { readMedia } from './media.ts';

export function partsOf(content: unknown, path: string, ids: CallIds, rest: Json[]): readonly Part[] {
  const parts: Part[] = [];
  for (const [index, item] of (optional(listOf, content, path) ?? []).entries()) {
    const at = `${path}[${index}]`;
    const json = objectOf(item, at);
    const text = optional(textOf, json['text'], `${at}.text`);
    const signature = optional(textOf, json['thoughtSignature'], `${at}.thoughtSignature`);
    if (json['thought'] === true) {
      parts.push({ kind: 'thinking', text: text ?? '', ...signed(signature) });
      continue;
    }
    if (signature !== undefined) addSignature(parts, signature);
    const part = text === undefined ? partOf(json, at, ids) : textPart(text);
    if (part !== undefined) parts.push(part);
    else if (text === undefined) rest.push(json);
  }
  return parts;
}

const textPart = (text: string): Part | undefined => (text === '' ? undefined : { kind: 'text', text });
const signed = (signature: string | undefined): { readonly signature?: string } =>
  signature === undefined ? {} : { signature: proofFromBytes('gemini', signature) };

function addSignature(parts: Part[], signature: string): void {
  const last = parts.at(-1);
  if (last?.kind === 'thinking' && last.signature === undefined) parts[parts.length - 1] = { ...last, ...signed(signature) };
  else parts.push({ kind: 'thinking', text: '', ...signed(signature) });
}

function partOf(json: Json, path: string, ids: CallIds): Part | undefined {
  const call = optional(objectOf, json['functionCall'], `${path}.functionCall`);
  if (call !== undefined) {
    const name = textOf(call['name'], `${path}.functionCall.name`);
    return { kind: 'tool-call', id: ids.call(textIn(call, 'id'), name), name, arguments: argumentsText(call['args']) };
  }
  const result = optional(objectOf, json['functionResponse'], `${path}.functionResponse`);
  if (result === undefined) return readMedia(json, path);
  const name = textOf(result['name'], `${path}.functionResponse.name`);
  const media = objectsIn(result, 'parts').map((part, index) => readMedia(part, `${path}.functionResponse.parts[${index}]`));
  const { text, isError } = resultText(result['response']);
  return {
    kind: 'tool-result',
    toolCallId: ids.result(textIn(result, 'id'), name),
    content: [...(text === '' ? [] : [{ kind: 'text' as const, text }]), ...media.filter((part) => part !== undefined)],
    ...(isError ? { isError } : {}),
  };
}

/** The API proposes the keys `output` and `error`; any other object is the result itself. */
function resultText(response: unknown): { readonly text: string; readonly isError: boolean } {
  if (!isJson(response)) return { text: response === undefined || response === null ? '' : jsonText(response), isError: false };
  const keys = Object.keys(response);
  const [key] = keys;
  if (keys.length === 1 && (key === 'output' || key === 'error')) {
    const value = response[key];
    return { text: typeof value === 'string' ? value : jsonText(value), isError: key === 'error' };
  }
  return { text: jsonText(response), isError: false };
}
