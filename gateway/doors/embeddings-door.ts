// The door for embeddings, in OpenAI's form, which every compatible server shares.
import { ShoalError } from '#foundation';
import { newTally } from '../chain.ts';
import { embeddingContent } from '../models/content.ts';
import type { Dialect } from '../models/dialects/dialect.ts';
import { openAiEmbeddings } from '../models/dialects/openai-embeddings.ts';
import type { EmbeddingRequest } from '../models/exchange.ts';
import type { ModelAnswer } from '../models/model-call.ts';
import { wireTokenBound } from '../models/prices/wire-bound.ts';
import { textsOfTokens } from '../models/token-texts.ts';
import type { Door } from './doors.ts';
import type { DoorServices } from './generate-door.ts';
import { parseBody } from './read-body.ts';
import { sendUpstreamError } from './upstream-error.ts';
import { answerHeaders, sendJson, wireCall } from './wire-call.ts';

export interface EmbeddingsDoorOptions extends DoorServices {
  /** How errors are written. */
  readonly dialect: Dialect;
}

export function embeddingsDoor({ dialect, serve, nextId }: EmbeddingsDoorOptions): Door {
  return {
    method: 'POST',
    dialect,
    serve: async (request) => {
      const { raw, response } = request;
      const json = parseBody(raw);
      const tokens = openAiEmbeddings.tokensIn(json);
      const content = embeddingContent(json, raw, tokens === undefined ? undefined : await textsOfTokens(tokens));
      const { model, encoding } = content.embedding();
      const call = wireCall(request, {
        id: nextId(),
        tally: newTally(),
        door: 'openai-embeddings',
        operation: 'embed',
        asked: model,
        content,
        output: undefined,
        choices: 1,
        maxOutputTokens: undefined,
        inputTokenBound: wireTokenBound(json, raw.length),
      });
      try {
        const answer = await serve(call);
        sendJson(response, 200, bodyOf(answer, { model, encoding }), answerHeaders(call));
      } catch (thrown) {
        if (!sendUpstreamError(response, 'openai-embeddings', call, thrown)) throw thrown;
      }
    },
  };
}

/** The provider's own bytes where its vectors are written as the client wants them: not every server does as it is told. */
function bodyOf({ content }: ModelAnswer, asked: Pick<EmbeddingRequest, 'model' | 'encoding'>): Buffer {
  if (content === undefined) throw new ShoalError('internal', 'An embedding was asked for and nothing came.');
  const { wire } = content;
  const own = wire?.json();
  const json =
    own === undefined
      ? openAiEmbeddings.encodeResponse(content.embedding(), asked)
      : openAiEmbeddings.withEncoding(own, asked.encoding);
  return json === own && wire?.raw !== undefined ? wire.raw : Buffer.from(JSON.stringify(json));
}
