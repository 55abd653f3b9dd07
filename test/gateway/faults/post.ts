// A client without a library: one socket for one request, so that every way of leaving can be had.
import { request as httpRequest } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';

export interface Posted {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly trailers: NodeJS.Dict<string>;
  readonly text: string;
  /** The connection broke before the answer was whole. */
  readonly broken: boolean;
}

export interface PostOptions {
  readonly signal?: AbortSignal;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sees the text so far, with each piece. */
  readonly onPiece?: (text: string) => void;
}

export function post(url: string, body: unknown, { signal, headers = {}, onPiece }: PostOptions = {}): Promise<Posted> {
  return new Promise((resolve, reject) => {
    const json = Buffer.from(JSON.stringify(body));
    const request = httpRequest(url, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': json.length, ...headers },
      ...(signal === undefined ? {} : { signal }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      const end = (broken: boolean): void =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          trailers: response.trailers,
          text: textOf(chunks),
          broken,
        });
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        onPiece?.(textOf(chunks));
      });
      response.on('end', () => end(false));
      response.on('error', () => end(true));
    });
    request.end(json);
  });
}

const textOf = (chunks: readonly Buffer[]): string => Buffer.concat(chunks).toString('utf8');
