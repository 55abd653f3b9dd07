// What makes two calls the same: everything that the answer depends on, and whose answers they may share.
import { hashOf } from '#foundation';
import type { Json, ModelRequest } from '../exchange.ts';
import type { ModelCall } from '../model-call.ts';

/** Whose answers may be shared: one key's, or those of a team (a key without a team stays alone). */
export type CacheScope = 'key' | 'team';

/** Fields that say how the answer is to be delivered, or for whom; none of them changes it. */
const DELIVERY = new Set([
  'stream',
  'stream_options',
  'user',
  'metadata',
  'safety_identifier',
  'prompt_cache_key',
  'prompt_cache_retention',
  'store',
  'service_tier',
]);

function scopeOf({ principal }: ModelCall, scope: CacheScope): string {
  if (scope === 'team' && principal.team !== undefined) return `team ${principal.team}`;
  return principal.keyId === undefined ? `local ${principal.name}` : `key ${principal.keyId}`;
}

export function exactKey(call: ModelCall, scope: CacheScope): string {
  const { wire, local } = call.content;
  const body =
    wire !== undefined
      ? { dialect: wire.dialect, json: withoutDelivery(wire.json) }
      : { dialect: local === undefined ? 'common' : 'local', json: withoutDelivery(askedOf(call.content.request())) };
  return hashOf({ scope: scopeOf(call, scope), asked: call.asked, ...body });
}

export interface SemanticKey {
  /** Hash of everything but the text: scope, model, system prompt, tools, earlier turns, form, sampling. */
  readonly bucket: string;
  readonly text: string;
}

/** Undefined where the last message is not plain text of a user: then there is nothing to compare by meaning. */
export function semanticKey(call: ModelCall, request: ModelRequest, scope: CacheScope): SemanticKey | undefined {
  const last = request.messages.at(-1);
  if (last?.role !== 'user') return undefined;
  const texts = last.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
  if (texts.includes(undefined) || texts.length === 0) return undefined;
  const rest = { ...askedOf(request), messages: request.messages.slice(0, -1) };
  return {
    bucket: hashOf({ scope: scopeOf(call, scope), asked: call.asked, name: last.name, rest: withoutDelivery(rest) }),
    text: texts.join('\n'),
  };
}

function askedOf(request: ModelRequest): Json {
  const { stream: _, streamUsage: __, user: ___, extra, ...asked } = request;
  return { ...asked, extra: withoutDelivery(extra) };
}

function withoutDelivery(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([name]) => !DELIVERY.has(name)));
}
