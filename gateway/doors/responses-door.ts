// The door for OpenAI's Responses API. Where every provider that may serve a model speaks it, conversations by
// `previous_response_id` are the provider's; where one does not, this gateway keeps them, and any model can go on with
// them. A conversation that began here stays here.
import { ShoalError } from '#foundation';
import { openAiResponses } from '../models/dialects/openai-responses/index.ts';
import { continueThread, finalResponseIn, inputItems } from '../models/dialects/openai-responses/thread.ts';
import { createEventParser } from '../models/dialects/server-sent-events.ts';
import type { Json } from '../models/exchange.ts';
import type { Principal } from '../policy/principal.ts';
import type { Door } from './doors.ts';
import { generateDoor } from './generate-door.ts';
import type { DoorServices, Prepared } from './generate-door.ts';
import type { KeptAnswer } from './kept-answer.ts';
import { KEPT_DAYS } from './response-store.ts';
import type { ResponseStore } from './response-store.ts';

export interface ResponsesDoorOptions extends DoorServices {
  readonly store: ResponseStore;
  /** Whether every provider that may serve the model keeps conversations itself. */
  readonly keepsThreads: (model: string) => boolean;
}

export function responsesDoor({ store, keepsThreads, ...services }: ResponsesDoorOptions): Door {
  return generateDoor({
    ...services,
    dialect: openAiResponses,
    prepare: (json, request, id) => {
      const { model, previous_response_id: previous } = json;
      const owner = ownerOf(request.principal);
      const byProvider = typeof model === 'string' && keepsThreads(model);
      if (typeof previous !== 'string') {
        if (!byProvider && isNamed(json['conversation'])) throw conversationElsewhere();
        return { json, kept: keptIn(store, owner, json, { id, watches: !byProvider, previous: undefined }) };
      }
      const earlier = store.get(previous, owner);
      if (earlier === undefined) {
        if (byProvider) return { json, kept: keptIn(store, owner, json, { id, watches: false, previous }) };
        throw noSuchResponse(previous);
      }
      return joined(continueThread(earlier, json), (whole) => keptIn(store, owner, whole, { id, watches: true, previous }));
    },
  });
}

function joined(json: Json, keptOf: (json: Json) => KeptAnswer | undefined): Prepared {
  return { json, bytes: Buffer.byteLength(JSON.stringify(json)), kept: keptOf(json) };
}

interface Keeping {
  /** Of the call. */
  readonly id: string;
  readonly watches: boolean;
  /** The response that the request goes on from. */
  readonly previous: string | undefined;
}

/** Undefined where there is nothing to do: the client does not want its answer kept, and it goes on from none. */
function keptIn(store: ResponseStore, owner: string, asked: Json, { id, watches, previous }: Keeping): KeptAnswer | undefined {
  const isKept = asked['store'] !== false;
  if (!isKept && previous === undefined) return undefined;
  const take = (response: Json): void => {
    const { id: named, status } = response;
    // One that a provider still works at is the provider's to ask for.
    const isOver = status === 'completed' || status === 'incomplete';
    if (isKept && isOver && typeof named === 'string' && named !== '')
      store.put(named, owner, { input: inputItems(asked['input']), response });
  };
  return {
    id: `resp_${id}`,
    repeated: (request) =>
      previous === undefined ? request : { ...request, extra: { ...request.extra, previous_response_id: previous } },
    take,
    watch: watches && isKept ? watchFor(take) : undefined,
  };
}

function watchFor(take: (response: Json) => void): (chunk: Uint8Array) => void {
  const parser = createEventParser();
  return (chunk) => {
    for (const event of parser.push(chunk)) {
      const response = finalResponseIn(event);
      if (response !== undefined) take(response);
    }
  };
}

/** A key's conversations are its own. */
export function ownerOf({ keyId, name }: Principal): string {
  return keyId ?? name;
}

function isNamed(conversation: unknown): boolean {
  return conversation !== undefined && conversation !== null;
}

function noSuchResponse(id: string): ShoalError {
  return new ShoalError('not_found', `Previous response with id '${id.slice(0, 80)}' not found.`, {
    hint: `Responses are kept for ${KEPT_DAYS} days, for the key that made them, unless they were made with \`store: false\`.`,
    details: { param: 'previous_response_id' },
  });
}

function conversationElsewhere(): ShoalError {
  return new ShoalError('invalid_input', '`conversation` names what is kept by a provider that does not serve this model.', {
    hint: 'Go on by `previous_response_id`, or send the items.',
    details: { param: 'conversation' },
  });
}
