// How many tokens a prompt is, by the provider where it counts itself, else with the model's own encoding or an
// estimate that errs on the high side. A header says which of the three it was.
import type { Dialect } from '../models/dialects/dialect.ts';
import type { Json } from '../models/exchange.ts';
import { countTokens } from '../models/prices/count-tokens.ts';
import type { Principal } from '../policy/principal.ts';
import type { Door, DoorRequest } from './doors.ts';
import { parseBody } from './read-body.ts';
import { sendJson } from './wire-call.ts';

export interface CountTokensDoorOptions {
  readonly dialect: Dialect;
  /** A whole request of this API made of the body, which may leave out what is no part of the prompt. */
  readonly prepare: (json: Json, request: DoorRequest) => Json;
  readonly answer: (tokens: number) => Json;
  /** Asks the model's provider; undefined where it does not count. Throws where the principal may not call the model. */
  readonly askProvider: (principal: Principal, model: string, json: Json, signal: AbortSignal) => Promise<number | undefined>;
}

/** What a chat format adds to each message, and an image to a prompt (Anthropic's guide: about 1,600 at full size). */
const PER_MESSAGE = 4;
const PER_IMAGE = 1600;

export function countTokensDoor({ dialect, prepare, answer, askProvider }: CountTokensDoorOptions): Door {
  return {
    method: 'POST',
    dialect,
    serve: async (request) => {
      const { raw, principal, signal, response } = request;
      const json = prepare(parseBody(raw), request);
      const { model } = dialect.peek(json);
      const told = await askProvider(principal, model, json, signal);
      const counted = told === undefined ? await count(dialect, model, json) : { tokens: told, how: 'provider' };
      const body = Buffer.from(JSON.stringify(answer(counted.tokens)));
      sendJson(response, 200, body, { 'x-shoal-token-count': counted.how });
    },
  };
}

async function count(dialect: Dialect, model: string, json: Json): Promise<{ readonly tokens: number; readonly how: string }> {
  const { messages, tools } = dialect.decodeRequest(json);
  const parts = messages.flatMap((message) => message.parts);
  const texts = [
    // Arguments are counted as they are written, below.
    ...dialect.requestTexts(json).flatMap((slot) => (slot.argument === true ? [] : [slot.text])),
    ...tools.map((tool) => JSON.stringify(tool)),
    ...parts.flatMap((part) => (part.kind === 'tool-call' ? [part.name, part.arguments] : [])),
  ];
  const { tokens, exact } = await countTokens(model, texts);
  const images = parts.filter((part) => part.kind === 'image').length;
  return { tokens: tokens + messages.length * PER_MESSAGE + images * PER_IMAGE, how: exact ? 'counted' : 'estimated' };
}
