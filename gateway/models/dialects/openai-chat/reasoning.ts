// Thinking in chat completions, which OpenAI's own API does not show: as a text in `reasoning_content` (DeepSeek, Qwen,
// vLLM) or `reasoning` (OpenRouter, newer vLLM), and with proof of the thought in OpenRouter's `reasoning_details`.
import { isJson } from '../../exchange.ts';
import type { Json, Part } from '../../exchange.ts';
import { listOr, present, textOr } from '../openai/fields.ts';
import type { Proof, Thought } from '../openai/thoughts.ts';
import { isMarked, proofForProvider } from '../proof.ts';

export function reasoningText(message: Json): string {
  return textOr(message['reasoning_content'], '') || textOr(message['reasoning'], '') || thinkingInContent(message['content']);
}

/** Mistral's thoughts are parts of the content, each a list of texts. */
function thinkingInContent(content: unknown): string {
  if (!Array.isArray(content)) return '';
  return content
    .filter(isJson)
    .flatMap((part) => listOr(part['thinking']).filter(isJson))
    .map((piece) => textOr(piece['text'], ''))
    .join('');
}

export function decodeThoughts(message: Json): readonly Thought[] {
  const text = reasoningText(message);
  const detailed = listOr(message['reasoning_details'])
    .filter(isJson)
    .map((detail): Thought => ({ kind: 'thinking', text: detailText(detail), ...detailProof(detail) }))
    .filter((thought) => thought.text !== '' || thought.signature !== undefined || thought.redacted !== undefined);
  const proven = detailed.some((thought) => thought.signature !== undefined || thought.redacted !== undefined);
  if (text !== '' && !proven) return [{ kind: 'thinking', text }];
  if (text === '' || detailed.some((thought) => thought.text !== '')) return detailed;
  // Details gathered from a stream hold the proof alone.
  const shown = detailed.findIndex((thought) => thought.redacted === undefined);
  if (shown === -1) return [{ kind: 'thinking', text }, ...detailed];
  return detailed.map((thought, index) => (index === shown ? { ...thought, text } : thought));
}

/**
 * A thought as it goes to a server. Other dialects mark a proof with the API that made it. Servers of this API that
 * take proofs at all pass them to Anthropic's models, so those lose their mark, and what others made stays here.
 */
export function forServer(part: Part): Part {
  if (part.kind !== 'thinking') return part;
  const { signature, redacted, ...thought } = part;
  return { ...thought, ...present({ signature: unmarked(signature), redacted: unmarked(redacted) }) };
}

function unmarked(proof: string | undefined): string | undefined {
  return proof !== undefined && isMarked(proof) ? proofForProvider('anthropic', proof) : proof;
}

/** The fields of a message that hold its thinking. */
export function encodeThoughts(parts: readonly Part[]): Json {
  const thoughts = parts.filter((part) => part.kind === 'thinking');
  const text = thoughts.map((thought) => thought.text).join('');
  const proven = thoughts.some((thought) => thought.signature !== undefined || thought.redacted !== undefined);
  return {
    ...(text === '' ? {} : { reasoning_content: text }),
    ...(proven ? { reasoning_details: thoughts.flatMap((thought) => encodeDetails(thought, thought.text)) } : {}),
  };
}

export function encodeDetails(proof: Proof, text: string): readonly Json[] {
  const details: Json[] = [];
  if (proof.signature !== undefined || (proof.redacted === undefined && text !== '')) {
    details.push({ type: 'reasoning.text', text, ...(proof.signature === undefined ? {} : { signature: proof.signature }) });
  }
  if (proof.redacted !== undefined) details.push({ type: 'reasoning.encrypted', data: proof.redacted });
  return details;
}

export function detailText(detail: Json): string {
  return textOr(detail['text'], '') || textOr(detail['summary'], '');
}

export function detailProof(detail: Json): Proof {
  const { signature, data } = detail;
  return {
    ...(typeof signature === 'string' && signature !== '' ? { signature } : {}),
    ...(typeof data === 'string' && data !== '' ? { redacted: data } : {}),
  };
}
