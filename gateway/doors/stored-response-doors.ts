// The doors to a response that this gateway keeps: reading it, reading what went into it, and deleting it.
import { ShoalError } from '#foundation';
import { openAiResponses } from '../models/dialects/openai-responses/index.ts';
import { listedInput } from '../models/dialects/openai-responses/input-list.ts';
import type { Json } from '../models/exchange.ts';
import { holdsScope } from '../policy/principal.ts';
import type { Door, DoorRequest } from './doors.ts';
import { KEPT_DAYS } from './response-store.ts';
import type { ResponseStore, StoredResponse } from './response-store.ts';
import { ownerOf } from './responses-door.ts';
import { sendJson } from './wire-call.ts';

const PATH = /^\/v1\/responses\/([^/?]+)(\/input_items)?(?:\?|$)/;

/** The door at a path and method, if the path is one of these. */
export function storedResponseDoors(store: ResponseStore): (path: string, method: string) => Door | undefined {
  const find = (id: string, { principal }: DoorRequest): StoredResponse => {
    const stored = store.get(id, ownerOf(principal));
    if (stored === undefined) throw notKept(id);
    return stored;
  };
  const read = doorFor('GET', (id, request) => find(id, request).response);
  const list = doorFor('GET', (id, request) => {
    const { input } = find(id, request);
    return listedInput(id, input, new URLSearchParams(request.url.split('?')[1] ?? ''));
  });
  const remove = doorFor('DELETE', (id, { principal }) => {
    if (!store.remove(id, ownerOf(principal))) throw notKept(id);
    return { id, object: 'response', deleted: true };
  });
  return (path, method) => {
    const match = PATH.exec(path);
    if (match === null) return undefined;
    if (match[2] !== undefined) return list;
    return method === 'DELETE' ? remove : read;
  };
}

function doorFor(method: Door['method'], answer: (id: string, request: DoorRequest) => Json): Door {
  return {
    method,
    dialect: openAiResponses,
    serve: async (request) => {
      if (!holdsScope(request.principal, 'invoke')) throw lacksInvoke();
      const json = answer(idIn(request.url), request);
      sendJson(request.response, 200, Buffer.from(JSON.stringify(json)), {});
    },
  };
}

function idIn(url: string): string {
  return PATH.exec(url)?.[1] ?? '';
}

function notKept(id: string): ShoalError {
  return new ShoalError('not_found', `Response with id '${id.slice(0, 80)}' not found.`, {
    hint: `What is kept here is kept for ${KEPT_DAYS} days, for the key that made it; ask a provider that keeps its own for those.`,
  });
}

function lacksInvoke(): ShoalError {
  return new ShoalError('forbidden', 'This key may not read answers: it lacks the scope `invoke`.', {
    hint: 'Use the key that made the response.',
  });
}
