// Asks the Shoal server that runs; its faults come back as ours.
import type { z } from 'zod';
import { Problem } from '#api/contract';
import { ERROR_TABLE, ShoalError } from '#foundation';
import { errorOf } from '../problem.ts';
import { portFrom } from './port.ts';

export interface ServerCall<T> {
  readonly url: string | undefined;
  readonly path: string;
  /** A body makes it a POST unless this says otherwise. */
  readonly method?: 'DELETE';
  readonly body?: unknown;
  readonly answer: z.ZodType<T>;
  readonly signal?: AbortSignal;
}

export async function callServer<T>({ url, path, method, body, answer, signal }: ServerCall<T>): Promise<T> {
  const key = process.env['SHOAL_API_KEY'];
  const base = url ?? configuredUrl();
  const response = await reach(new URL(path, base), {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer.parse(json);
  const problem = Problem.safeParse(json);
  if (!problem.success || !(problem.data.code in ERROR_TABLE)) throw notShoal(base);
  throw errorOf(problem.data);
}

/** Where the environment says that Shoal is. */
export function configuredUrl(): string {
  const { SHOAL_HOST: host, SHOAL_PORT: port } = process.env;
  return `http://${host || '127.0.0.1'}:${portFrom(port)}`;
}

async function reach(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw new ShoalError('cancelled', 'Stopped on request.', { cause });
    throw new ShoalError('conflict', `No Shoal answers at ${url.origin}.`, {
      hint: 'Start it (npx shoal serve), or name it with --url. A server that starts takes config.yaml as it is.',
      cause,
    });
  }
}

const notShoal = (base: string): ShoalError =>
  new ShoalError('conflict', `What answers at ${base} is not this version of Shoal.`, { hint: 'Name the server with --url.' });
