// A provider reached by HTTP. A call that came in a dialect which the provider speaks keeps its bytes, both ways; any
// other is translated through the common form.
import type { Dialect, DialectId } from '../dialects/dialect.ts';
import { anthropicMessages, countTokensBody, readTokenCount } from '../dialects/anthropic-messages/index.ts';
import { withNativeThoughts } from '../dialects/openai-responses/thread.ts';
import { openAiEmbeddings } from '../dialects/openai-embeddings.ts';
import type { Json, ModelRequest } from '../exchange.ts';
import type { Attempt, ModelAnswer, TimeoutOverrides } from '../model-call.ts';
import type { Provider } from '../provider.ts';
import { ProviderError, unsent } from '../provider-error.ts';
import { collect } from '../transport/upstream.ts';
import { asksForUsage, rewritten } from '../transport/passthrough.ts';
import type { ResponseHeaders, Timeouts, Upstream } from '../transport/upstream.ts';
import { classifyFailure } from './failures.ts';
import { fitChatBody, mergeQuirks, quirksAfter } from './quirks.ts';
import type { Quirks } from './quirks.ts';
import { receive } from './receive.ts';
import type { Sent } from './receive.ts';
import type { ResolvedProvider } from './resolve-providers.ts';

export interface HttpProviderOptions {
  readonly site: ResolvedProvider;
  readonly upstream: Upstream;
  readonly timeouts: Timeouts;
  readonly dialects: Readonly<Record<DialectId, Dialect>>;
  /** The header that tells a provider whose child its work is; undefined where nobody follows the call. */
  readonly traceparentOf: (attempt: Attempt) => string | undefined;
  /** Sees what a provider says of its limits. */
  readonly observe: ((provider: string, keyIndex: number, headers: ResponseHeaders) => void) | undefined;
}

/** What differs between the ways in which an answer may come. */
type Expected = Pick<Sent, 'raw' | 'hideUsage' | 'dropped'>;
const WHOLE: Expected = { raw: false, hideUsage: false, dropped: [] };

export function createHttpProvider({
  site,
  upstream,
  timeouts,
  dialects,
  observe,
  traceparentOf,
}: HttpProviderOptions): Provider {
  const preferred = dialects[site.dialects[0] ?? 'openai-chat'];
  const placeOf = rememberedPlaces();
  const withContentType = rememberedHeaders();
  /** What servers have taught us about themselves, by model and form. */
  const learned = new Map<string, Quirks>();

  const timeoutsOf = ({ timeouts: own }: Attempt): Timeouts => (own === undefined ? timeouts : overridden(timeouts, own));
  const send = (attempt: Attempt, dialect: Dialect, expected: Expected, body: Buffer): Promise<ModelAnswer> => {
    const { operation, place, output, signal, keyIndex = 0 } = attempt;
    const embed = operation === 'embed';
    const url = unsent(() => site.url(operation, embed ? undefined : dialect.id, place.name, output !== undefined));
    const to = { method: 'POST', url, body, dialect: embed ? ('openai-embeddings' as const) : dialect.id };
    const traceparent = traceparentOf(attempt);
    const proven = withContentType(site.headers(to, site.keys[keyIndex]));
    const headers = traceparent === undefined ? proven : { ...proven, traceparent };
    const request = { ...placeOf(url), method: 'POST', headers, body, timeouts: timeoutsOf(attempt), signal } as const;
    const onHead = observe === undefined ? undefined : (head: ResponseHeaders): void => observe(site.id, keyIndex, head);
    const keyName = site.keys[keyIndex]?.name;
    if (attempt.made !== undefined) attempt.made.keyName = keyName;
    if (expected.dropped.length > 0) attempt.tally.dropped = expected.dropped;
    return receive(upstream, request, { provider: site.id, attempt, dialect, keyName, onHead, ...expected });
  };

  /** The caller's own body. */
  const passOn = (attempt: Attempt, dialect: Dialect, json: Json, raw: Buffer | undefined): Promise<ModelAnswer> => {
    const { output, place } = attempt;
    if (dialect.id === 'gemini') {
      return send(attempt, dialect, { ...WHOLE, raw: output?.dialect === dialect.id }, geminiBody(json, attempt.cap));
    }
    const chat = dialect.id === 'openai-chat';
    const quirks = chat ? site.quirks(place.name) : NO_QUIRKS;
    const set = nativeFields(attempt, dialect.id, json, quirks);
    const expected = {
      raw: output?.dialect === dialect.id,
      hideUsage: chat && output !== undefined && !asksForUsage(json),
      dropped: WHOLE.dropped,
    };
    if (quirks === NO_QUIRKS || Object.keys(quirks).length === 0) {
      return send(attempt, dialect, expected, rewritten(raw, json, { model: place.name, set }));
    }
    const fitted = fitChatBody({ ...json, ...set }, quirks);
    const body = rewritten(undefined, fitted.json, { model: place.name, set: {} });
    return send(attempt, dialect, { ...expected, dropped: fitted.dropped }, body);
  };

  /** A body that we write; it gives way where the server refuses a field of it. */
  const translate = async (attempt: Attempt): Promise<ModelAnswer> => {
    const { request, json, dropped } = unsent(() => {
      const asked = translated(attempt);
      return { request: asked, ...preferred.encodeRequest(asked) };
    });
    if (preferred.id !== 'openai-chat') return send(attempt, preferred, { ...WHOLE, dropped }, bytesOf(json));
    const key = `${request.model}\n${request.form?.kind === 'json-schema' ? request.form.name : ''}`;
    let quirks = learned.get(key) ?? site.quirks(request.model);
    for (;;) {
      const fitted = fitChatBody(json, quirks);
      try {
        const expected = { ...WHOLE, dropped: [...dropped, ...fitted.dropped] };
        const answer = await send(attempt, preferred, expected, bytesOf(fitted.json));
        if (learned.size < MOST_LEARNED) learned.set(key, quirks);
        return answer;
      } catch (error) {
        const next = isRefusal(error) ? quirksAfter(quirks, error.message, fitted.json) : undefined;
        if (next === undefined) throw error;
        quirks = mergeQuirks(quirks, next);
      }
    }
  };

  const embed = (attempt: Attempt): Promise<ModelAnswer> => {
    const { wire } = attempt.content;
    const model = attempt.place.name;
    if (wire === undefined) {
      return send(attempt, preferred, WHOLE, bytesOf(openAiEmbeddings.encodeRequest({ ...attempt.content.embedding(), model })));
    }
    const untold = !site.takesTokens && openAiEmbeddings.tokensIn(wire.json) !== undefined;
    const set = untold ? { input: attempt.content.embedding().texts } : {};
    return send(attempt, preferred, WHOLE, rewritten(wire.raw, wire.json, { model, set }));
  };

  return {
    id: site.id,
    kind: 'provider',
    dialects: site.dialects,
    address: addressOf(site),
    models: () => site.models(),
    describe: (name) => site.describe(name),
    call: (attempt) => {
      if (attempt.operation === 'embed') return embed(attempt);
      const { wire } = attempt.content;
      const own = wire === undefined ? undefined : site.dialects.find((id) => id === wire.dialect);
      if (wire === undefined || own === undefined) return translate(attempt);
      if (own !== 'openai-responses') return passOn(attempt, dialects[own], wire.json, wire.raw);
      // Other APIs' thoughts, which we gave to the client under seal, mean nothing to this one.
      const json = withNativeThoughts(wire.json);
      return passOn(attempt, dialects[own], json, json === wire.json ? wire.raw : undefined);
    },
    ...(site.dialects.includes('anthropic-messages')
      ? { countTokens: (name, messages, signal) => countAt(site, upstream, timeouts, { name, messages, signal }) }
      : {}),
  };
}

interface Counting {
  readonly name: string;
  readonly messages: Json;
  readonly signal: AbortSignal;
}

async function countAt(site: ResolvedProvider, upstream: Upstream, timeouts: Timeouts, counting: Counting): Promise<number> {
  const { name, messages, signal } = counting;
  const url = `${site.url('generate', 'anthropic-messages', name, false)}/count_tokens`;
  const body = Buffer.from(JSON.stringify(countTokensBody({ ...messages, model: name })));
  const to = { method: 'POST', url, body, dialect: 'anthropic-messages' } as const;
  const headers = { ...site.headers(to, site.keys[0]), 'content-type': 'application/json' };
  const { origin, pathname, search } = new URL(url);
  const { status, text } = await collect(upstream, {
    origin,
    path: pathname + search,
    method: 'POST',
    headers,
    body,
    timeouts,
    signal,
  });
  if (status !== 200) {
    throw classifyFailure({
      provider: site.id,
      dialect: 'anthropic-messages',
      status,
      headers: {},
      body: text,
      said: anthropicMessages.readError(text),
    });
  }
  return readTokenCount(JSON.parse(text));
}

function bytesOf(body: Json): Buffer {
  return Buffer.from(JSON.stringify(body));
}

function addressOf(site: ResolvedProvider): string | undefined {
  return site.available ? new URL(site.url('generate', site.dialects[0], 'model', false)).host : undefined;
}

const NO_QUIRKS: Quirks = {};
/** Names come from callers, so what is remembered by them is bounded. */
const MOST_LEARNED = 1000;

function rememberedPlaces(): (url: string) => { readonly origin: string; readonly path: string } {
  const places = new Map<string, { readonly origin: string; readonly path: string }>();
  return (url) => {
    let place = places.get(url);
    if (place === undefined) {
      const { origin, pathname, search } = new URL(url);
      place = { origin, path: pathname + search };
      if (places.size < MOST_LEARNED) places.set(url, place);
    }
    return place;
  };
}

/** Sites give the same object for the same key and API again and again, but for those that sign each request. */
function rememberedHeaders(): (proof: Readonly<Record<string, string>>) => Readonly<Record<string, string>> {
  const known = new WeakMap<object, Readonly<Record<string, string>>>();
  return (proof) => {
    let headers = known.get(proof);
    if (headers === undefined) {
      headers = { ...proof, 'content-type': 'application/json' };
      known.set(proof, headers);
    }
    return headers;
  };
}

function overridden(timeouts: Timeouts, own: TimeoutOverrides): Timeouts {
  return {
    connectMs: own.connectMs ?? timeouts.connectMs,
    firstByteMs: own.firstByteMs ?? timeouts.firstByteMs,
    idleMs: own.idleMs ?? timeouts.idleMs,
    totalMs: own.totalMs ?? timeouts.totalMs,
  };
}

function translated(attempt: Attempt): ModelRequest {
  const request = attempt.content.request();
  const { place, cap, output } = attempt;
  const thinks = place.info.reasoningTokens !== undefined && attempt.client === undefined;
  return {
    ...request,
    model: place.name,
    maxOutputTokens: cap,
    stream: output !== undefined,
    streamUsage: true,
    // Agents think briefly.
    ...(thinks ? { thinking: { effort: 'low' } } : {}),
  };
}

/** What must stand in a caller's body: the cap that was paid for, and the wish to be told the usage. */
function nativeFields(attempt: Attempt, dialect: DialectId, json: Json, quirks: Quirks): Json {
  const set: Record<string, unknown> = {};
  const field = capFieldOf(dialect, json, quirks);
  const present = json[field];
  // What costs nothing needs no cap of ours.
  if (typeof present === 'number' ? present > attempt.cap : (attempt.place.info.price?.outputNanoUsdPerToken ?? 0) > 0)
    set[field] = attempt.cap;
  if (dialect === 'openai-chat' && attempt.output !== undefined && !asksForUsage(json)) {
    set['stream_options'] = { ...(json['stream_options'] as Json | undefined), include_usage: true };
  }
  return set;
}

/** Its model and its wish to stream stand in the path, and it refuses fields that it does not know. */
function geminiBody({ model: _model, stream: _stream, ...json }: Json, cap: number): Buffer {
  const config = json['generationConfig'] as Json | undefined;
  const asked = config?.['maxOutputTokens'];
  const maxOutputTokens = typeof asked === 'number' ? Math.min(asked, cap) : cap;
  return bytesOf({ ...json, generationConfig: { ...config, maxOutputTokens } });
}

function capFieldOf(dialect: DialectId, json: Json, quirks: Quirks): string {
  if (dialect === 'anthropic-messages') return 'max_tokens';
  if (dialect === 'openai-responses') return 'max_output_tokens';
  if (typeof json['max_completion_tokens'] === 'number') return 'max_completion_tokens';
  return typeof json['max_tokens'] === 'number' ? 'max_tokens' : (quirks.capField ?? 'max_tokens');
}

function isRefusal(error: unknown): error is ProviderError {
  return error instanceof ProviderError && (error.details['status'] === 400 || error.details['status'] === 422);
}
