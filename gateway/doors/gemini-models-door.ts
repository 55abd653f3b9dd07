// Gemini's list of models, a page at a time, and one of them by its name.
import { ShoalError } from '#foundation';
import { gemini } from '../models/dialects/gemini/index.ts';
import type { Json } from '../models/exchange.ts';
import type { Principal } from '../policy/principal.ts';
import type { Door } from './doors.ts';
import type { ListedModel } from './models-door.ts';
import { sendJson } from './wire-call.ts';

/** Models and groups that this principal may call now. */
export type ListModels = (principal: Principal) => readonly ListedModel[];

const USUAL_PAGE = 50;
const LARGEST_PAGE = 1000;
const PREFIX = 'models/';
const METHODS = ['generateContent', 'streamGenerateContent', 'countTokens'];

export function geminiModelsDoor(list: ListModels): Door {
  return {
    method: 'GET',
    dialect: gemini,
    serve: async ({ principal, url, response }) => {
      const query = new URLSearchParams(url.split('?')[1] ?? '');
      const models = list(principal);
      const size = Math.min(LARGEST_PAGE, wholeNumber(query, 'pageSize') || USUAL_PAGE);
      const start = wholeNumber(query, 'pageToken');
      const next = start + size;
      const json = {
        models: models.slice(start, next).map(modelJson),
        ...(next < models.length ? { nextPageToken: String(next) } : {}),
      };
      sendJson(response, 200, Buffer.from(JSON.stringify(json)), {});
    },
  };
}

/** `nameIn` reads the model's name from a URL. */
export function geminiModelDoor(list: ListModels, nameIn: (url: string) => string): Door {
  return {
    method: 'GET',
    dialect: gemini,
    serve: async ({ principal, url, response }) => {
      const name = nameIn(url);
      const models = list(principal);
      // A bare name means the first provider's that has it.
      const model = models.find(({ id }) => id === name) ?? models.find(({ id }) => id.slice(id.indexOf('/') + 1) === name);
      if (model === undefined) {
        throw new ShoalError('model_unknown', `There is no model ${PREFIX}${name.slice(0, 200)} that this key may call.`, {
          hint: 'GET /v1beta/models lists those that it may.',
        });
      }
      sendJson(response, 200, Buffer.from(JSON.stringify(modelJson(model))), {});
    },
  };
}

function modelJson({ id, ownedBy, limits }: ListedModel): Json {
  return {
    name: PREFIX + id,
    version: '',
    displayName: id,
    description: `Served by ${ownedBy}.`,
    ...(limits === undefined ? {} : { inputTokenLimit: limits.contextTokens, outputTokenLimit: limits.maxOutputTokens }),
    // A model that writes nothing makes embeddings, for which this API has no door here.
    supportedGenerationMethods: limits?.maxOutputTokens === 0 ? [] : METHODS,
  };
}

/** 0 where the query does not say it. */
function wholeNumber(query: URLSearchParams, name: string): number {
  const value = Number(query.get(name) ?? 0);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  throw new ShoalError('invalid_input', `\`${name}\` must be a whole number, not ${String(query.get(name)).slice(0, 80)}.`);
}
