// Google's Gemini API (generateContent and streamGenerateContent, v1beta). Field names follow Google's API reference and
// its `@google/genai` client.
import type { Dialect } from '../dialect.ts';
import { booleanOf, countOf, objectOf, optional, textOf } from '../reading.ts';
import { textsOfWalk } from '../texts.ts';
import { encodeError, readError } from './errors.ts';
import { decodeRequest, encodeRequest } from './request.ts';
import { decodeResponse, encodeResponse } from './response.ts';
import { createStreamDecoder } from './stream-in.ts';
import { createStreamEncoder } from './stream-out.ts';
import { withRequestTexts, withResponseTexts } from './texts.ts';
import { usageOf, usageOfEvent } from './usage.ts';

export const gemini: Dialect = {
  id: 'gemini',
  peek(value) {
    const json = objectOf(value, 'body');
    const config = optional(objectOf, json['generationConfig'], 'generationConfig') ?? {};
    return {
      model: textOf(json['model'], 'model'),
      stream: optional(booleanOf, json['stream'], 'stream') ?? false,
      maxOutputTokens: optional(countOf, config['maxOutputTokens'], 'generationConfig.maxOutputTokens'),
      choices: Math.max(1, optional(countOf, config['candidateCount'], 'generationConfig.candidateCount') ?? 1),
    };
  },
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
};
