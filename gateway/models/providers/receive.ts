// One exchange with a provider: whole answers are collected, streams are passed on raw or decoded, and every way in
// which either can fail comes out as a ProviderError that says what may have been billed.
import { embeddingAnswer, wireAnswer } from '../content.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { openAiEmbeddings } from '../dialects/openai-embeddings.ts';
import type { EmbeddingResponse, Json, ModelResponse, Usage } from '../exchange.ts';
import { NO_USAGE } from '../exchange.ts';
import type { Attempt, ModelAnswer } from '../model-call.ts';
import { ProviderError } from '../provider-error.ts';
import { createDecodedStream } from '../transport/decoded-stream.ts';
import type { DecodedStream } from '../transport/decoded-stream.ts';
import { finishReasonOf } from '../transport/finish-reason.ts';
import { glance } from '../transport/glance.ts';
import { createRawStream } from '../transport/raw-stream.ts';
import type { RawStream } from '../transport/raw-stream.ts';
import type { Receiver, ResponseHeaders, Upstream, UpstreamRequest } from '../transport/upstream.ts';
import { UpstreamEnded } from '../transport/upstream.ts';
import { connectionFailure, unreadable } from './connection-failure.ts';
import { classifyFailure } from './failures.ts';
import { headerOf } from './rate-limits.ts';

export interface Sent {
  readonly provider: string;
  readonly attempt: Attempt;
  /** Of the answer. */
  readonly dialect: Dialect;
  /** The stream goes to the caller as it comes. */
  readonly raw: boolean;
  readonly hideUsage: boolean;
  readonly dropped: readonly string[];
  /** Name of the variable of the key that is used. */
  readonly keyName: string | undefined;
  /** Sees what the provider says of its limits. */
  readonly onHead: ((headers: ResponseHeaders) => void) | undefined;
}

/** An error's body is read no further than this. */
const ERROR_BYTES = 64 * 1024;

export async function receive(upstream: Upstream, request: UpstreamRequest, sent: Sent): Promise<ModelAnswer> {
  const receiver = new AnswerReceiver(sent);
  let whole = false;
  try {
    await upstream.send(request, receiver);
    whole = true;
    const answer = receiver.answer();
    // Most answers are there by now, and waiting has a price.
    return answer instanceof Promise ? await answer : answer;
  } catch (thrown) {
    if (whole) throw thrown instanceof ProviderError ? final(sent, thrown) : thrown;
    const ended = thrown instanceof UpstreamEnded ? thrown.code : undefined;
    const failure = connectionFailure({ provider: sent.provider, thrown, ended, produced: receiver.produced() });
    throw final(sent, failure);
  }
}

/** What has been passed on cannot be taken back, so nothing is tried again. */
function final({ attempt }: Sent, error: ProviderError): ProviderError {
  return attempt.output?.started === true ? error.final() : error;
}

class AnswerReceiver implements Receiver {
  readonly #sent: Sent;
  #status = 0;
  #headers: ResponseHeaders = {};
  #raw: RawStream | undefined;
  #decoded: DecodedStream | undefined;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(sent: Sent) {
    this.#sent = sent;
  }

  head(status: number, headers: ResponseHeaders): void {
    this.#status = status;
    this.#headers = headers;
    this.#sent.onHead?.(headers);
    const { attempt, dialect, raw, hideUsage } = this.#sent;
    if (attempt.output === undefined || status >= 300 || !isEventStream(headers)) return;
    if (raw) this.#raw = createRawStream(dialect, hideUsage);
    else this.#decoded = createDecodedStream(dialect, attempt.output);
  }

  data(chunk: Buffer): Promise<void> | undefined {
    if (this.#raw !== undefined) return this.#sent.attempt.output?.bytes(this.#raw.take(chunk));
    if (this.#decoded !== undefined) return this.#decoded.take(chunk);
    this.#bytes += chunk.length;
    if (this.#status < 300 || this.#bytes <= ERROR_BYTES) this.#chunks.push(chunk);
    return undefined;
  }

  /** What came of a stream that broke off; undefined where no stream had begun. */
  produced(): Usage | undefined {
    const stream = this.#raw ?? this.#decoded;
    return stream === undefined ? undefined : this.#soFar(stream);
  }

  answer(): ModelAnswer | Promise<ModelAnswer> {
    const { attempt, provider, dialect } = this.#sent;
    if (this.#status < 200 || this.#status >= 300) {
      const body = this.#text();
      const said = dialect.readError(body);
      throw classifyFailure({
        provider,
        dialect: attempt.operation === 'embed' ? 'openai-embeddings' : dialect.id,
        status: this.#status,
        headers: this.#headers,
        body,
        said,
        keyEnv: this.#sent.keyName,
      });
    }
    if (this.#raw !== undefined) return this.#endRaw(this.#raw);
    if (this.#decoded !== undefined) return this.#endDecoded(this.#decoded);
    return attempt.operation === 'embed' ? this.#embedding() : this.#whole();
  }

  #text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  #body(): Buffer {
    const [only] = this.#chunks;
    return this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks);
  }

  #whole(): ModelAnswer {
    const { provider, dialect, dropped, attempt } = this.#sent;
    const raw = this.#body();
    // A client of the same API gets these bytes: nobody may ever look into them.
    const seen = attempt.client === undefined ? undefined : glance(dialect, raw);
    if (seen !== undefined) {
      const content = wireAnswer(dialect, () => jsonIn(raw) ?? {}, raw);
      return { usage: seen.usage, finishReason: seen.finishReason, content, dropped };
    }
    const json = jsonIn(raw);
    const told = json === undefined ? undefined : dialect.usageOf(json);
    if (json === undefined || (told === undefined && 'error' in json && json['error'])) {
      const { message } = dialect.readError(raw.toString('utf8', 0, ERROR_BYTES));
      throw unreadable(
        provider,
        `did not answer with a completion (${message || 'empty answer'})`,
        undefined,
        contentTypeOf(this.#headers),
      );
    }
    const content = wireAnswer(dialect, () => json, raw);
    // What the server does not say is replaced by its bound, never by nothing.
    const usage = told ?? this.#bound(writtenIn(content.response()));
    return { usage, finishReason: finishReasonOf(json), content, dropped };
  }

  #embedding(): ModelAnswer {
    const { provider, attempt } = this.#sent;
    const raw = this.#body();
    const json = jsonIn(raw);
    const asked = attempt.content.embedding().texts.length;
    const inputTokens = openAiEmbeddings.usageOf(json)?.inputTokens ?? attempt.inputTokenBound;
    const response = vectorsIn(json, asked);
    if (json === undefined || response === undefined) {
      throw unreadable(
        provider,
        'did not answer with one vector per text',
        { ...NO_USAGE, inputTokens },
        contentTypeOf(this.#headers),
      );
    }
    return {
      usage: { ...NO_USAGE, inputTokens },
      finishReason: 'stop',
      content: embeddingAnswer(response, { json, raw }),
      dropped: [],
    };
  }

  async #endRaw(stream: RawStream): Promise<ModelAnswer> {
    const { attempt, provider, dropped } = this.#sent;
    const rest = stream.rest();
    if (rest.length > 0) await attempt.output?.bytes(rest);
    if (!stream.finished) throw cut(provider, this.#soFar(stream));
    const usage = this.#used(stream);
    return { usage, finishReason: stream.finishReason, content: undefined, dropped };
  }

  async #endDecoded(stream: DecodedStream): Promise<ModelAnswer> {
    const { provider, dropped, attempt } = this.#sent;
    await stream.end();
    if (!stream.finished) throw cut(provider, this.#soFar(stream));
    const usage = this.#used(stream);
    // Some servers neither say what was used nor that they are done.
    if (usage !== stream.usage) await attempt.output?.event({ kind: 'usage', usage });
    if (!stream.ended) await attempt.output?.event({ kind: 'end' });
    return { usage, finishReason: stream.finishReason, content: undefined, dropped };
  }

  /** Of a complete stream: what it told at its end, or else the bound of what it wrote. */
  #used(stream: RawStream | DecodedStream): Usage {
    const told = stream.usage;
    if (told !== undefined && stream.usageIsWhole) return told;
    return atLeast(told, this.#bound(stream.writtenBytes));
  }

  /** Of a broken stream. Usage that it told at its beginning knows the input, but not what was written since. */
  #soFar(stream: RawStream | DecodedStream): Usage {
    const told = stream.usage;
    if (told !== undefined && stream.usageIsWhole) return told;
    return atLeast(told, this.#guessed(stream.producedTokens));
  }

  /** About three bytes of the body are a token. */
  #guessed(outputTokens: number): Usage {
    const { inputTokenBound, cap, choices } = this.#sent.attempt;
    return { ...NO_USAGE, inputTokens: Math.ceil(inputTokenBound / 3), outputTokens: Math.min(cap * choices, outputTokens) };
  }

  #bound(writtenBytes: number): Usage {
    const { inputTokenBound, cap, choices, place } = this.#sent.attempt;
    const most = cap * choices;
    // A reasoning model may have thought up to its cap; any other has written what is here.
    const outputTokens = place.info.reasoningTokens === undefined ? Math.min(most, writtenBytes + choices) : most;
    return { ...NO_USAGE, inputTokens: inputTokenBound, outputTokens };
  }
}

function jsonIn(raw: Buffer): Json | undefined {
  try {
    const json: unknown = JSON.parse(raw.toString('utf8'));
    return typeof json === 'object' && json !== null && !Array.isArray(json) ? (json as Json) : undefined;
  } catch {
    return undefined;
  }
}

function atLeast(told: Usage | undefined, reckoned: Usage): Usage {
  return told === undefined ? reckoned : { ...told, outputTokens: Math.max(told.outputTokens, reckoned.outputTokens) };
}

function writtenIn(response: ModelResponse): number {
  let bytes = 0;
  for (const { parts } of response.choices) {
    for (const part of parts) {
      if (part.kind === 'tool-call') bytes += Buffer.byteLength(part.name) + Buffer.byteLength(part.arguments);
      else if ('text' in part) bytes += Buffer.byteLength(part.text);
    }
  }
  return bytes;
}

function vectorsIn(json: Json | undefined, count: number): EmbeddingResponse | undefined {
  try {
    return openAiEmbeddings.decodeResponse(json, count);
  } catch {
    return undefined;
  }
}

function cut(provider: string, usage: Usage): ProviderError {
  return new ProviderError('model_stream_cut', `${provider} ended its stream before the answer was complete.`, {
    billed: { kind: 'usage', usage },
    errorClass: 'cut',
  });
}

function isEventStream(headers: ResponseHeaders): boolean {
  return /event-?stream/.test(contentTypeOf(headers));
}

function contentTypeOf(headers: ResponseHeaders): string {
  return headerOf(headers, 'content-type') ?? '';
}
