// Amazon Bedrock's Converse and ConverseStream (bedrock-runtime 2023-09-30). Field names follow AWS's API reference.
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

export const bedrockConverse: Dialect = {
  id: 'bedrock-converse',
  peek(value) {
    const json = objectOf(value, 'body');
    const inference = optional(objectOf, json['inferenceConfig'], 'inferenceConfig') ?? {};
    return {
      model: textOf(json['model'], 'model'),
      stream: optional(booleanOf, json['stream'], 'stream') ?? false,
      maxOutputTokens: optional(countOf, inference['maxTokens'], 'inferenceConfig.maxTokens'),
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
