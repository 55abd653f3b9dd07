// Our parts as Gemini's; the mirror of parts-in.
import type { Json, Part } from '../../exchange.ts';
import { argumentsObject } from '../reading.ts';
import { cannotShow } from '../unshown.ts';
import type { MediaPart } from '../unshown.ts';
import { mediaJson } from './media.ts';

/** Documented by Google for calls whose signature is not known, such as those that another model made. */
const UNKNOWN_SIGNATURE = 'skip_thought_signature_validator';

const API = 'Gemini’s API';

export interface PartsContext {
  /** The signature to write for a proof; undefined = not for these eyes. */
  readonly proof: (proof: string) => string | undefined;
  /** Each turn's first call must be signed. */
  readonly signedCalls: boolean;
  readonly mediaInResults: boolean;
  readonly nameOf: (toolCallId: string) => string;
  readonly dropped: Set<string>;
}

export function partsJson(parts: readonly Part[], context: PartsContext): readonly Json[] {
  const out: Json[] = [];
  let signature: string | undefined;
  let called = false;
  const push = (json: Json): void => {
    out.push(signature === undefined ? json : { ...json, thoughtSignature: signature });
    signature = undefined;
  };
  const pushMedia = (part: MediaPart): void => {
    const json = mediaJson(part);
    if (json === undefined) throw cannotShow(part, API);
    push(json);
    if (part.kind === 'image' && part.detail !== undefined) context.dropped.add('detail');
    if (part.kind === 'file' && part.name !== undefined) context.dropped.add('name');
  };
  for (const part of parts) {
    switch (part.kind) {
      case 'thinking':
        if (signature !== undefined) push({ text: '' });
        if (part.text !== '') out.push({ text: part.text, thought: true });
        signature = part.signature === undefined ? undefined : context.proof(part.signature);
        if ((part.signature !== undefined && signature === undefined) || part.redacted !== undefined)
          context.dropped.add('thinking');
        break;
      case 'text':
      case 'refusal':
        if (part.text !== '') push({ text: part.text });
        break;
      case 'tool-call':
        if (!called && context.signedCalls) signature ??= UNKNOWN_SIGNATURE;
        called = true;
        push({ functionCall: { id: part.id, name: part.name, args: argumentsObject(part.arguments) } });
        break;
      case 'tool-result':
        out.push(...resultJson(part, context));
        break;
      default:
        pushMedia(part);
    }
    if ('cache' in part && part.cache !== undefined) context.dropped.add('cache');
  }
  if (signature !== undefined) push({ text: '' });
  return out;
}

function resultJson(part: Extract<Part, { kind: 'tool-result' }>, context: PartsContext): readonly Json[] {
  const texts = part.content.filter((item) => item.kind === 'text').map((item) => item.text);
  const inside: Json[] = [];
  const behind: Json[] = [];
  for (const item of part.content) {
    if (item.kind !== 'image' && item.kind !== 'file' && item.kind !== 'audio') continue;
    const json = mediaJson(item);
    if (json === undefined) throw cannotShow(item, API);
    // Inside results the API takes bytes only.
    (context.mediaInResults && json['inlineData'] !== undefined ? inside : behind).push(json);
  }
  const result: Json = {
    id: part.toolCallId,
    name: context.nameOf(part.toolCallId),
    response: { [part.isError === true ? 'error' : 'output']: texts.join('\n') },
  };
  return [{ functionResponse: inside.length === 0 ? result : { ...result, parts: inside } }, ...behind];
}
