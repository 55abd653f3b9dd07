// The doors for Gemini's API: the model and what is wanted of it stand in the path, `/v1beta/models/<model>:<method>`,
// and the model's name may hold slashes. Both are written into the body, where every other API has them. The list of
// models is at /v1beta only: at /v1 it is OpenAI's.
import { ShoalError } from '#foundation';
import { gemini } from '../models/dialects/gemini/index.ts';
import type { Json } from '../models/exchange.ts';
import type { Principal } from '../policy/principal.ts';
import { countTokensDoor } from './count-tokens-door.ts';
import { geminiModelDoor, geminiModelsDoor } from './gemini-models-door.ts';
import type { ListModels } from './gemini-models-door.ts';
import type { Door, DoorRequest } from './doors.ts';
import { generateDoor } from './generate-door.ts';
import type { DoorServices } from './generate-door.ts';

export interface GeminiDoorsOptions extends DoorServices {
  /** Throws where the principal may not call the model. */
  readonly check: (principal: Principal, model: string) => void;
  readonly list: ListModels;
}

const PATH = /^\/v1(?:beta)?\/models\/(.+):(generateContent|streamGenerateContent|countTokens)$/;

const LIST = '/v1beta/models';
const ONE = /^\/v1beta\/models\/([^:]+)$/;

/** The door at a path, if the path is one of this API. */
export function geminiDoors({ check, list, ...services }: GeminiDoorsOptions): (path: string) => Door | undefined {
  const generate = (stream: boolean): Door =>
    generateDoor({
      ...services,
      dialect: gemini,
      prepare: (json, request) => {
        if (stream && !/[?&]alt=sse(&|$)/.test(request.url)) throw notAnEventStream();
        return { json: { ...json, model: modelIn(request), stream } };
      },
    });
  const doors: Readonly<Record<string, Door>> = {
    generateContent: generate(false),
    streamGenerateContent: generate(true),
    countTokens: countTokensDoor({
      dialect: gemini,
      // What is counted may be a whole request, or its contents alone.
      prepare: (json, request) => ({
        ...((json['generateContentRequest'] as Json | undefined) ?? json),
        model: modelIn(request),
      }),
      answer: (totalTokens) => ({ totalTokens }),
      // Gemini's own count is by the caller's key only, so it is not asked for.
      askProvider: async (principal, model) => check(principal, model) as undefined,
    }),
  };
  const models = geminiModelsDoor(list);
  const model = geminiModelDoor(list, (url) => nameIn(ONE, url));
  return (path) => {
    if (!path.startsWith('/v1')) return undefined;
    const method = PATH.exec(path)?.[2];
    if (method !== undefined) return doors[method];
    if (path === LIST) return models;
    return ONE.test(path) ? model : undefined;
  };
}

const modelIn = ({ url }: DoorRequest): string => nameIn(PATH, url);

function nameIn(path: RegExp, url: string): string {
  const name = path.exec(url.split('?')[0] ?? '')?.[1] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    throw new ShoalError('invalid_input', `The name of the model in ${url.slice(0, 200)} cannot be decoded.`);
  }
}

function notAnEventStream(): ShoalError {
  return new ShoalError('invalid_input', 'Streams are served as server-sent events only.', { hint: 'Ask with `?alt=sse`.' });
}
