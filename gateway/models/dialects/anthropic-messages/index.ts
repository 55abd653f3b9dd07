// Anthropic's Messages API (version 2023-06-01). Field names follow the types of `@anthropic-ai/sdk`.
import type { Dialect } from '../dialect.ts';
import { booleanOf, countOf, objectOf, optional, textOf } from '../reading.ts';
import { textsOfWalk } from '../texts.ts';
import { encodeError, readError } from './errors.ts';
import { decodeRequest } from './request-in.ts';
import { encodeRequest } from './request-out.ts';
import { decodeResponse, encodeResponse } from './response.ts';
import { createStreamDecoder } from './stream-in.ts';
import { createStreamEncoder } from './stream-out.ts';
import { withRequestTexts, withResponseTexts } from './texts.ts';
import { usageOf, usageOfEvent } from './usage.ts';

export { countTokensBody, readTokenCount, tokenCountJson } from './count-tokens.ts';

export const anthropicMessages: Dialect = {
  id: 'anthropic-messages',
  peek(value) {
    const json = objectOf(value, 'body');
    return {
      model: textOf(json['model'], 'model'),
      stream: optional(booleanOf, json['stream'], 'stream') ?? false,
      maxOutputTokens: optional(countOf, json['max_tokens'], 'max_tokens'),
      choices: 1,
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
