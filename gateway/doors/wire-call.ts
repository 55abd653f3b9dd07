// From an HTTP request to a call, and the headers that say afterwards what became of it.
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { Tally } from '../chain.ts';
import type { ClientFacts, Content, ModelCall, Output } from '../models/model-call.ts';
import type { DoorRequest } from './doors.ts';

export interface WireCall {
  readonly id: string;
  readonly tally: Tally;
  readonly door: ClientFacts['door'];
  readonly operation: ModelCall['operation'];
  readonly asked: string;
  readonly content: Content;
  readonly output: Output | undefined;
  readonly choices: number;
  readonly maxOutputTokens: number | undefined;
  readonly inputTokenBound: number;
}

export function wireCall({ principal, headers, signal }: DoorRequest, facts: WireCall): ModelCall {
  const tags = tagsOf(headers);
  const cacheControl = headers['cache-control'];
  return {
    id: facts.id,
    kind: 'model',
    principal,
    target: facts.asked,
    runId: header(headers, 'x-shoal-run'),
    budget: principal.budget,
    stage: 'outside',
    agent: undefined,
    round: undefined,
    signal,
    tally: facts.tally,
    client: clientFacts(headers, facts.door),
    cassette: undefined,
    operation: facts.operation,
    asked: facts.asked,
    output: facts.output,
    choices: facts.choices,
    inputTokenBound: facts.inputTokenBound,
    maxOutputTokens: facts.maxOutputTokens,
    content: facts.content,
    ...(tags === undefined ? {} : { tags }),
    ...(cacheControl === undefined ? {} : { cacheControl }),
  };
}

function clientFacts(headers: IncomingHttpHeaders, door: ClientFacts['door']): ClientFacts {
  return { door, traceparent: header(headers, 'traceparent') };
}

/** From `x-shoal-tags: eu, cheap`. */
function tagsOf(headers: IncomingHttpHeaders): readonly string[] | undefined {
  return header(headers, 'x-shoal-tags')
    ?.split(',')
    .map((tag) => tag.trim());
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

/** What is known when an answer begins. */
export function ourHeaders(id: string, tally: Tally): Record<string, string> {
  const headers: Record<string, string> = { 'x-request-id': id, 'x-shoal-model': tally.model ?? '' };
  if (tally.cache !== undefined) headers['x-shoal-cache'] = tally.cache;
  if (tally.clampedTo !== undefined) headers['x-shoal-output-clamped'] = String(tally.clampedTo);
  // Budgets may have any name; a header may not.
  if (tally.overSoft.length > 0) headers['x-shoal-over-soft-limit'] = tally.overSoft.map(encodeURI).join(',');
  if (tally.dropped.length > 0) headers['x-shoal-dropped'] = tally.dropped.join(',');
  return headers;
}

const COST = 'x-shoal-cost-nano-usd';

/** What is known when an answer is complete. */
export function answerHeaders(call: ModelCall): Record<string, string> {
  const headers = ourHeaders(call.id, call.tally);
  headers[COST] = String(call.tally.costNanoUsd);
  return headers;
}

/** Names that may follow a streamed answer, and what follows it when it has ended. */
export interface Trailers {
  readonly names: string;
  values(): Record<string, string>;
}

/** Undefined for a client that does not say that it reads trailers. */
export function trailersFor({ headers, response }: DoorRequest, tally: Tally): Trailers | undefined {
  const te = header(headers, 'te');
  // They come behind the last chunk, which HTTP/1.0 does not have.
  if (te === undefined || response.req.httpVersion === '1.0' || !/(^|,)\s*trailers\s*(,|$)/i.test(te)) return undefined;
  return { names: COST, values: () => ({ [COST]: String(tally.costNanoUsd) }) };
}

export function sendJson(response: ServerResponse, status: number, body: Buffer, headers: Record<string, string>): void {
  headers['content-type'] = 'application/json';
  headers['content-length'] = String(body.length);
  response.writeHead(status, headers);
  response.end(body);
}
