// The door for embeddings, in OpenAI's form, which every compatible server shares.
import { ShoalError } from '#foundation';
import { newTally } from '../chain.ts';
import { embeddingContent } from '../models/content.ts';
import type { Dialect } from '../models/dialects/dialect.ts';
import { openAiEmbeddings } from '../models/dialects/openai-embeddings.ts';
import { wireTokenBound } from '../models/prices/wire-bound.ts';
import type { Door } from './doors.ts';
import type { DoorServices } from './generate-door.ts';
import { parseBody } from './read-body.ts';
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
      const content = embeddingContent(json, raw);
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
      const answer = await serve(call);
      const { content: answered } = answer;
      if (answered === undefined) throw new ShoalError('internal', 'An embedding was asked for and nothing came.');
      const body =
        answered.wire?.raw ??
        Buffer.from(JSON.stringify(openAiEmbeddings.encodeResponse(answered.embedding(), { model, encoding })));
      sendJson(response, 200, body, answerHeaders(call));
    },
  };
}
