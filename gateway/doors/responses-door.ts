// The door for OpenAI's Responses API. Where the provider speaks it, conversations by `previous_response_id` are the
// provider's; where it does not, this gateway keeps them, and any model can go on with them.
import { ShoalError } from '#foundation';
import { openAiResponses } from '../models/dialects/openai-responses/index.ts';
import { continueThread, threadAfter } from '../models/dialects/openai-responses/thread.ts';
import type { Json } from '../models/exchange.ts';
import type { Principal } from '../policy/principal.ts';
import type { Door } from './doors.ts';
import { generateDoor } from './generate-door.ts';
import type { DoorServices } from './generate-door.ts';
import type { ResponseStore } from './response-store.ts';

export interface ResponsesDoorOptions extends DoorServices {
  readonly store: ResponseStore;
  /** Whether the model's provider keeps conversations itself. */
  readonly keepsThreads: (model: string) => boolean;
}

export function responsesDoor({ store, keepsThreads, ...services }: ResponsesDoorOptions): Door {
  return generateDoor({
    ...services,
    dialect: openAiResponses,
    prepare: (json, { principal }) => {
      const previous = json['previous_response_id'];
      if (typeof previous !== 'string') return json;
      const earlier = store.get(previous, ownerOf(principal));
      if (earlier !== undefined) return continueThread(earlier, json);
      if (typeof json['model'] === 'string' && keepsThreads(json['model'])) return json;
      throw new ShoalError('not_found', `There is no response ${previous.slice(0, 80)} to go on from.`, {
        hint: 'Responses are kept for 30 days, for the key that made them, unless they were made with `store: false`.',
      });
    },
    onAnswer: (asked, answer, { principal }) => {
      if (asked['store'] === false) return;
      const written: Json = openAiResponses.encodeResponse(answer, { model: answer.model });
      store.put(String(written['id']), ownerOf(principal), threadAfter(asked, written));
    },
  });
}

/** A key's conversations are its own. */
function ownerOf({ keyId, name }: Principal): string {
  return keyId ?? name;
}
