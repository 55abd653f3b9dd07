// OpenAI's Responses API. `encodeResponse` and `createStreamEncoder` repeat the request in the response when they are
// given the whole of it.
import type { Dialect } from '../dialect.ts';
import { encodeError, readError } from '../openai/errors.ts';
import { textsOfWalk } from '../texts.ts';
import { decodeRequest, encodeRequest, peek } from './request.ts';
import { decodeResponse, encodeResponse } from './response.ts';
import { createStreamDecoder } from './stream-decoder.ts';
import { createStreamEncoder } from './stream-encoder.ts';
import { withRequestTexts, withResponseTexts } from './texts.ts';
import { usageOf, usageOfEvent } from './usage.ts';

export const openAiResponses = {
  id: 'openai-responses',
  peek,
  decodeRequest,
  encodeRequest,
  decodeResponse,
  encodeResponse,
  usageOf,
  usageOfEvent,
  createStreamDecoder,
  createStreamEncoder,
  encodeError,
  readError,
  requestTexts: (json) => textsOfWalk(withRequestTexts, json),
  withRequestTexts,
  responseTexts: (json) => textsOfWalk(withResponseTexts, json),
  withResponseTexts,
} as const satisfies Dialect;
