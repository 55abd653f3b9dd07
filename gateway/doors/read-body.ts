// Reads a request's body whole, up to a limit.
import type { IncomingMessage } from 'node:http';
import { ShoalError } from '#foundation';
import type { Json } from '../models/exchange.ts';

/** Throws `document_too_large`; rejects with `cancelled` where the client goes away first. */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const declared = Number(request.headers['content-length'] ?? 0);
    if (declared > limitBytes) {
      reject(tooLarge(limitBytes));
      return;
    }
    let first: Buffer | undefined;
    let chunks: Buffer[] | undefined;
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limitBytes) {
        reject(tooLarge(limitBytes));
        return;
      }
      if (first === undefined) first = chunk;
      else (chunks ??= [first]).push(chunk);
    });
    request.on('end', () => resolve(chunks === undefined ? (first ?? Buffer.alloc(0)) : Buffer.concat(chunks)));
    request.on('error', () => reject(new ShoalError('cancelled', 'The client went away before its request was complete.')));
  });
}

/** Throws `invalid_input`. */
export function parseBody(raw: Buffer): Json {
  let json: unknown;
  try {
    json = JSON.parse(raw.toString('utf8'));
  } catch (error) {
    throw new ShoalError('invalid_input', `The body is not valid JSON: ${(error as Error).message}.`, {
      hint: 'Send a JSON object, with the header content-type: application/json.',
    });
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new ShoalError('invalid_input', 'The body is JSON, but not an object.', { hint: 'Send a JSON object.' });
  }
  return json as Json;
}

function tooLarge(limitBytes: number): ShoalError {
  return new ShoalError('document_too_large', `The body is over the limit of ${limitBytes} bytes.`, {
    hint: 'Send less at once, or raise `gateway.limits.promptBytes` in config.yaml.',
  });
}
