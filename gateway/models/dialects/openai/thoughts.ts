// What proves a thought to the API that had it. The common form keeps one opaque text per thought (`signature`, or
// `redacted` where the thought itself is hidden); OpenAI wants two things back: the item's id and its sealed content.
// A thought of another API that a Responses client carries for us travels in `encrypted_content`, marked as not OpenAI's.
import { isJson } from '../../exchange.ts';
import type { Json, Part } from '../../exchange.ts';
import { proofForProvider, proofFromWire } from '../proof.ts';
import { listOr, textOr } from './fields.ts';

export type Thought = Extract<Part, { kind: 'thinking' }>;

const SIGNATURE = 'signature:';
const REDACTED = 'redacted:';

/** Proof of a thought as `thinking-end` carries it. */
export interface Proof {
  readonly signature?: string;
  readonly redacted?: string;
}

/** A reasoning item's proof; its shown text decides whether the thought counts as hidden. */
export function proofOf(item: Json, text: string): Proof {
  const sealed = item['encrypted_content'];
  if (typeof sealed !== 'string' || sealed === '') return {};
  if (sealed.startsWith(SIGNATURE)) return { signature: sealed.slice(SIGNATURE.length) };
  if (sealed.startsWith(REDACTED)) return { redacted: sealed.slice(REDACTED.length) };
  const packed = proofFromWire('openai', `${textOr(item['id'], '')}:${sealed}`);
  return text === '' ? { redacted: packed } : { signature: packed };
}

/** What a client keeps for us in `encrypted_content`. */
export function carriedProof({ signature, redacted }: Proof): string | undefined {
  if (signature !== undefined) return SIGNATURE + signature;
  return redacted === undefined ? undefined : REDACTED + redacted;
}

/** Whether a reasoning item's content is sealed by this gateway, not by OpenAI. */
export function isCarried(item: Json): boolean {
  const sealed = item['encrypted_content'];
  return typeof sealed === 'string' && (sealed.startsWith(SIGNATURE) || sealed.startsWith(REDACTED));
}

/** The id and sealed content that OpenAI itself gave; undefined for the thought of another API. */
export function unsealed({ signature, redacted }: Proof): { readonly id: string; readonly sealed: string } | undefined {
  const packed = proofForProvider('openai', signature ?? redacted);
  const colon = packed?.indexOf(':') ?? -1;
  return packed === undefined || colon === -1 ? undefined : { id: packed.slice(0, colon), sealed: packed.slice(colon + 1) };
}

/** A reasoning item's shown text: its summary, or the thinking itself where the server shows it. */
export function shownText(item: Json): string {
  const summary = textsIn(item['summary']);
  return summary.length > 0 ? summary.join('\n\n') : textsIn(item['content']).join('');
}

export function thoughtOf(item: Json): Thought | undefined {
  const text = shownText(item);
  const proof = proofOf(item, text);
  return text === '' && proof.redacted === undefined && proof.signature === undefined
    ? undefined
    : { kind: 'thinking', text, ...proof };
}

function textsIn(list: unknown): readonly string[] {
  return listOr(list)
    .map((part) => (isJson(part) ? textOr(part['text'], '') : ''))
    .filter((text) => text !== '');
}
