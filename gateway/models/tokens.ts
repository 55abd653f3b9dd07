// How many tokens: an upper bound for money, and an estimate for display.
//
// The bound: byte-level BPE (OpenAI, Llama 3, Qwen, Mistral) and SentencePiece with byte fallback both turn every
// token of text into at least one UTF-8 byte of it, so text of n bytes is at most n tokens. What a chat format adds
// per message, per tool and per request are special tokens and a few words; the constants below are several times
// what published formats add. English is over-counted about fourfold; a hold is only that large until it settles.
import type { GenerateRequest } from '#foundation';
import { jsonSchemaOf } from './json-schema.ts';

const PER_REQUEST = 64;
const PER_MESSAGE = 16;
const PER_TOOL = 64;
const PER_TEXT = 8;

/** The most input tokens that a provider can count for this request. */
export function inputTokenBound(request: GenerateRequest): number {
  let bytes = PER_REQUEST;
  for (const message of request.messages) {
    bytes += PER_MESSAGE + Buffer.byteLength(message.content);
    if (message.role === 'assistant') {
      for (const call of message.toolCalls ?? []) bytes += PER_TOOL + jsonBytes(call);
    }
    if (message.role === 'tool') bytes += Buffer.byteLength(message.toolCallId);
  }
  for (const tool of request.tools ?? []) bytes += PER_TOOL + jsonBytes(tool);
  // Once as response_format, and once in words for servers that know no response_format.
  if (request.schema !== undefined) bytes += PER_TOOL + 2 * (jsonBytes(jsonSchemaOf(request.schema.type)) + 128);
  return bytes;
}

export function textsTokenBound(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + PER_TEXT + Buffer.byteLength(text), 0);
}

/** A token is about four characters of English; used where nothing is paid by it. */
export function estimatedTokens(characters: number): number {
  return Math.ceil(characters / 4);
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
