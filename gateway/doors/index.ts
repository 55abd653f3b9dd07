// All doors of the model APIs, by their paths.
import type { IncomingMessage } from 'node:http';
import { ShoalError } from '#foundation';
import type { Principal } from '../contract.ts';
import type { InFlight } from '../in-flight.ts';
import { anthropicMessages, tokenCountJson } from '../models/dialects/anthropic-messages/index.ts';
import { openAiChat } from '../models/dialects/openai-chat/index.ts';
import type { Target } from '../models/model-call.ts';
import { mayAsk, permits } from '../policy/keys/model-patterns.ts';
import { modelForbidden } from '../policy/keys/authorised.ts';
import type { Serving } from '../serving.ts';
import { countTokensDoor } from './count-tokens-door.ts';
import { createDoors } from './doors.ts';
import type { Doors } from './doors.ts';
import { embeddingsDoor } from './embeddings-door.ts';
import { geminiDoors } from './gemini-doors.ts';
import { generateDoor } from './generate-door.ts';
import type { DoorServices } from './generate-door.ts';
import { listedOf, modelsDoor } from './models-door.ts';
import type { ListedModel } from './models-door.ts';
import type { ResponseStore } from './response-store.ts';
import { responsesDoor } from './responses-door.ts';
import { storedResponseDoors } from './stored-response-doors.ts';

export type { Doors } from './doors.ts';

export interface OpenDoorsOptions {
  /** The configuration in force. */
  readonly current: () => Serving;
  /** Throws `unauthenticated`, `forbidden` or `origin_refused`. */
  readonly identify: (request: IncomingMessage) => Principal;
  readonly inFlight: InFlight;
  readonly nextId: () => string;
  readonly responses: ResponseStore;
  readonly now: () => number;
}

export function openDoors({ current, identify, inFlight, nextId, responses, now }: OpenDoorsOptions): Doors {
  const services: DoorServices = {
    serve: (call) => current().serve(call),
    nextId,
    outputTokens: () => current().settings.limits.clientOutputTokens,
  };
  const since = Math.floor(now() / 1000);
  const keepsThreads = (model: string): boolean => {
    try {
      return current()
        .reachOf(model)
        .every(({ provider }) => provider.dialects.includes('openai-responses'));
    } catch (error) {
      // The chain says what is wrong with the name, and its log tells of the call.
      if (error instanceof ShoalError) return false;
      throw error;
    }
  };
  const targetFor = (principal: Principal, model: string): Target => {
    const target = current()
      .targetsOf(model)
      .find(({ info }) => permits(principal, info.id) && mayAsk(principal, model));
    if (target === undefined) throw modelForbidden(principal, model);
    return target;
  };
  const list = (principal: Principal): readonly ListedModel[] => listFor(current(), principal);
  const geminiDoorAt = geminiDoors({ ...services, list, check: (principal, model) => void targetFor(principal, model) });
  const storedDoorAt = storedResponseDoors(responses);
  return createDoors({
    doorAt: (path, method) => geminiDoorAt(path) ?? storedDoorAt(path, method),
    identify,
    bodyBytes: () => current().settings.limits.promptBytes,
    inFlight,
    doors: new Map([
      ['/v1/chat/completions', generateDoor({ ...services, dialect: openAiChat })],
      ['/v1/responses', responsesDoor({ ...services, store: responses, keepsThreads })],
      ['/v1/messages', generateDoor({ ...services, dialect: anthropicMessages })],
      [
        '/v1/messages/count_tokens',
        countTokensDoor({
          dialect: anthropicMessages,
          // Anthropic's own clients leave the cap out here.
          prepare: (json) => ({ max_tokens: 1, ...json }),
          answer: tokenCountJson,
          askProvider: async (principal, model, json, signal) => {
            const { provider, name } = targetFor(principal, model);
            return provider.countTokens?.(name, json, signal);
          },
        }),
      ],
      ['/v1/embeddings', embeddingsDoor({ ...services, dialect: openAiChat })],
      ['/v1/models', modelsDoor({ dialect: openAiChat, list, since })],
    ]),
  });
}

function listFor(serving: Serving, principal: Principal): readonly ListedModel[] {
  const groups = serving.groups.map((id) => ({ id, ownedBy: 'shoal' }));
  return [...groups, ...listedOf(serving.models())].filter(
    ({ id }) => mayAsk(principal, id) && (!id.includes('/') || permits(principal, id)),
  );
}
