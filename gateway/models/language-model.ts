// A binding made into a LanguageModel: an agent's request becomes a call like any other and goes down the same chain
// as one that came by HTTP.
import type { EmbedResult, GenerateRequest, GenerateResult, LanguageModel, Stage } from '#foundation';
import { isTimed, newTally } from '../chain.ts';
import type { Handler } from '../chain.ts';
import { ROOT_BUDGET } from '../contract.ts';
import type { Binding, ModelInfo } from '../contract.ts';
import type { InFlight } from '../in-flight.ts';
import { LOCAL_PRINCIPAL } from '../policy/principal.ts';
import { formedContent, formedEmbedding } from './content.ts';
import type { ModelEvent } from './exchange.ts';
import { formedAnswer } from './content.ts';
import { gatherEvents } from './gathered.ts';
import { requestOf, resultOf, toolCallOf } from './local-request.ts';
import type { Content, ModelAnswer, ModelCall, Output } from './model-call.ts';
import { streamed } from './stream-channel.ts';
import type { Delta } from './stream-channel.ts';
import { inputTokenBound, textsTokenBound } from './tokens.ts';

/** What all bindings of one gateway share. */
export interface BindingServices {
  /** The chain, from its outermost step; embedded models have a shorter one. */
  readonly serve: Handler<ModelCall, ModelAnswer>;
  readonly serveEmbedded: Handler<ModelCall, ModelAnswer>;
  readonly nextId: () => string;
  readonly inFlight: InFlight;
}

/** The two models of a binding may differ: most chat models cannot embed. */
export interface BoundModels {
  readonly generate: ModelInfo;
  readonly embed: ModelInfo;
}

export function bindLanguageModel(services: BindingServices, models: BoundModels, binding: Binding): LanguageModel {
  const { inFlight, nextId } = services;

  let calls = 0;
  const callOf = (info: ModelInfo, stage: Stage, signal: AbortSignal, content: Content): ModelCall => ({
    id: nextId(),
    kind: 'model',
    principal: LOCAL_PRINCIPAL,
    target: info.id,
    runId: binding.runId,
    budget: binding.budget ?? ROOT_BUDGET,
    stage,
    agent: content.local?.agent,
    round: content.local?.round,
    signal,
    tally: newTally(isTimed(calls++)),
    client: undefined,
    cassette: binding.cassette,
    operation: 'generate',
    asked: info.id,
    output: undefined,
    choices: 1,
    inputTokenBound: content.local === undefined ? 0 : inputTokenBound(content.local),
    maxOutputTokens: content.local?.maxOutputTokens,
    content,
  });
  const serveOf = (info: ModelInfo): Handler<ModelCall, ModelAnswer> =>
    info.kind === 'embedded' ? services.serveEmbedded : services.serve;

  const generate = (request: GenerateRequest, outer: AbortSignal | undefined): Promise<GenerateResult> =>
    inFlight.run(outer, async (signal) => {
      const { id } = models.generate;
      const call = callOf(models.generate, request.stage, signal, formedContent(requestOf(id, request, false), request));
      return resultOf(call, await serveOf(models.generate)(call));
    });
  const stream = (request: GenerateRequest, outer: AbortSignal, emit: (part: Delta) => Promise<void>): Promise<GenerateResult> =>
    inFlight.run(outer, async (signal) => {
      const { id } = models.generate;
      const output = agentOutput(emit);
      const content = formedContent(requestOf(id, request, true), request);
      const call = { ...callOf(models.generate, request.stage, signal, content), output };
      const answer = await serveOf(models.generate)(call);
      const response = answer.content?.response() ?? output.response();
      return resultOf(call, { ...answer, content: formedAnswer(response) });
    });

  return {
    kind: models.generate.kind,
    model: models.generate.id,
    generate: async <T>(request: GenerateRequest<T>, signal?: AbortSignal) =>
      // The value has been parsed by the request's own schema.
      (await generate(request, signal)) as GenerateResult<T>,
    stream: (request, signal) => streamed((emit, either) => stream(request, either, emit), signal),
    embed: (texts, stage, outer) =>
      inFlight.run(outer, async (signal) => {
        const { id } = models.embed;
        const content = formedEmbedding({ model: id, texts, dimensions: undefined, encoding: 'float' });
        const bound = textsTokenBound(texts);
        const call = { ...callOf(models.embed, stage, signal, content), operation: 'embed', inputTokenBound: bound } as const;
        const answer = await serveOf(models.embed)(call);
        return embedResultOf(call, answer);
      }),
  };
}

/** Text goes to the reader as it comes; a tool call once it is complete. */
function agentOutput(
  emit: (part: Delta) => Promise<void>,
): Output & { response(): ReturnType<ReturnType<typeof gatherEvents>['response']> } {
  const gathered = gatherEvents();
  let started = false;
  return {
    dialect: undefined,
    get started() {
      return started;
    },
    bytes: () => undefined,
    event: (event: ModelEvent) => {
      gathered.take(event);
      if ((event.kind === 'text-delta' || event.kind === 'refusal-delta') && event.choice === 0 && event.text !== '') {
        started = true;
        return emit({ kind: 'text-delta', text: event.text });
      }
      if (event.kind !== 'choice-end' || event.choice !== 0) return undefined;
      const calls = (gathered.response().choices[0]?.parts ?? []).flatMap((part) => (part.kind === 'tool-call' ? [part] : []));
      if (calls.length === 0) return undefined;
      started = true;
      return Promise.all(calls.map((call) => emit({ kind: 'tool-call', call: toolCallOf(call) }))).then(nothing);
    },
    response: () => gathered.response(),
  };
}

/** Usage and cost are the tally's, as a generated answer's are. */
function embedResultOf({ tally }: ModelCall, { content }: ModelAnswer): EmbedResult {
  const { inputTokens, outputTokens, cachedInputTokens, costNanoUsd } = tally;
  const vectors = (content?.embedding().vectors ?? []).map(unit);
  return { vectors, usage: { inputTokens, outputTokens, cachedInputTokens }, costNanoUsd };
}

const nothing = (): void => {};

function unit(values: readonly number[]): Float32Array {
  const length = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return Float32Array.from(values, (value) => (length === 0 ? 0 : value / length));
}
