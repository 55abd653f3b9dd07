// A binding made into a LanguageModel: the chain is composed once per binding, of the steps that do something for it.
import { ShoalError } from '#foundation';
import type { GenerateRequest, GenerateResult, LanguageModel, Stage } from '#foundation';
import { addUsage, chain, newTally } from '../chain.ts';
import type { Call, Handler, Step } from '../chain.ts';
import type { GatewaySettings } from '../config.ts';
import type { InFlight } from '../in-flight.ts';
import { ROOT_BUDGET } from '../contract.ts';
import type { Binding, ModelInfo, Price, ProviderEmbedding } from '../contract.ts';
import type { Admission } from '../policy/admission.ts';
import { withPlace } from '../policy/concurrency.ts';
import type { Places } from '../policy/concurrency.ts';
import type { OwnedLedger } from '../policy/ledger.ts';
import { LOCAL_PRINCIPAL } from '../policy/principal.ts';
import { guardPrompt, guardTexts } from '../policy/outgoing-guard.ts';
import type { Redact } from '../policy/secrets.ts';
import { embeddingWithinBudget, withinBudget } from '../policy/within-budget.ts';
import type { RequestLog } from '../trace/request-log.ts';
import { traced } from '../trace/traced.ts';
import { resultOf } from './answer.ts';
import type { Answer, EmbedCall, GenerateCall, Target } from './answer.ts';
import { callProvider } from './call-provider.ts';
import { withCassette } from './cassette.ts';
import { withRetry } from './retry.ts';
import { streamed } from './stream-channel.ts';
import { withEmbeddedOutput, withStructuredOutput } from './structured.ts';

/** What all bindings of one gateway share. */
export interface ModelServices {
  readonly settings: GatewaySettings;
  readonly ledger: OwnedLedger;
  readonly admission: Admission;
  readonly log: RequestLog;
  readonly redact: Redact;
  readonly now: () => number;
  readonly nextId: () => string;
  readonly inFlight: InFlight;
  /** The places of a provider, by its id. */
  readonly places: (provider: string) => Places;
}

/** The two models of a binding may differ: most chat models cannot embed. */
export interface Targets {
  readonly generate: Target;
  readonly embed: Target;
}

export function bindLanguageModel(services: ModelServices, targets: Targets, binding: Binding): LanguageModel {
  const target = targets.generate;
  for (const { info } of [target, targets.embed]) {
    if (info.price === undefined && !services.settings.allowUnpriced) throw unpriced(info.id);
  }
  const { inFlight } = services;
  const generate = generateChain(services, target, binding);
  const embed = embedChain(services, targets.embed);
  const { outputTokens } = services.settings.limits;

  const callOf = (info: ModelInfo, stage: Stage, signal: AbortSignal, request?: GenerateRequest): Call => ({
    id: services.nextId(),
    kind: 'model',
    principal: LOCAL_PRINCIPAL,
    target: info.id,
    runId: binding.runId,
    budget: binding.budget ?? ROOT_BUDGET,
    stage,
    agent: request?.agent,
    round: request?.round,
    signal,
    tally: newTally(),
  });
  const run = (request: GenerateRequest, outer: AbortSignal | undefined, emit: GenerateCall['emit']): Promise<GenerateResult> =>
    inFlight.run(outer, async (signal) => {
      const cap = (request.maxOutputTokens ?? outputTokens) + (target.info.reasoningTokens ?? 0);
      const maxOutputTokens = Math.min(cap, target.info.maxOutputTokens);
      const call: GenerateCall = { ...callOf(target.info, request.stage, signal, request), request, maxOutputTokens, emit };
      return resultOf(call, await generate(call));
    });

  return {
    kind: target.info.kind,
    model: target.info.id,
    generate: async <T>(request: GenerateRequest<T>, signal?: AbortSignal) =>
      // The value has been parsed by the request's own schema.
      (await run(request, signal, undefined)) as GenerateResult<T>,
    stream: (request, signal) => streamed((emit, either) => run(request, either, emit), signal),
    embed: (texts, stage, outer) =>
      inFlight.run(outer, async (signal) => {
        const call: EmbedCall = { ...callOf(targets.embed.info, stage, signal), texts };
        return (await embed(call)).vectors;
      }),
  };
}

function generateChain(services: ModelServices, target: Target, binding: Binding): Handler<GenerateCall, Answer> {
  const { settings, ledger, admission, log, redact, now, places } = services;
  const embedded = target.info.kind === 'embedded';
  const trace = traced<GenerateCall, Answer>({ log, now, redact, countOnly: embedded });
  if (embedded) return chain([trace, withEmbeddedOutput()], callProvider(target));
  const steps: Step<GenerateCall, Answer>[] = [
    trace,
    guardPrompt({ redact, promptBytes: settings.limits.promptBytes }),
    ...(binding.cassette === undefined ? [] : [withCassette(binding.cassette, now)]),
    withStructuredOutput(),
    withRetry(settings.retries),
    withPlace(places(target.provider.id)),
    ...(isPaid(target.info.price) ? [withinBudget({ ledger, admission, price: target.info.price })] : []),
  ];
  return chain(steps, callProvider(target));
}

function embedChain(services: ModelServices, target: Target): Handler<EmbedCall, ProviderEmbedding> {
  const { settings, ledger, admission, log, redact, now, places } = services;
  const embedded = target.info.kind === 'embedded';
  const end: Handler<EmbedCall, ProviderEmbedding> = async (call) => {
    call.tally.attempts += 1;
    const answer = await target.provider.embed(target.name, call.texts, call.signal);
    addUsage(call.tally, { inputTokens: answer.inputTokens, outputTokens: 0, cachedInputTokens: 0 });
    return answer;
  };
  const trace = traced<EmbedCall, ProviderEmbedding>({ log, now, redact, countOnly: embedded });
  if (embedded) return chain([trace], end);
  const steps: Step<EmbedCall, ProviderEmbedding>[] = [
    trace,
    guardTexts({ redact, promptBytes: settings.limits.promptBytes }),
    withRetry(settings.retries),
    withPlace(places(target.provider.id)),
    ...(isPaid(target.info.price)
      ? [embeddingWithinBudget<ProviderEmbedding>({ ledger, admission, price: target.info.price })]
      : []),
  ];
  return chain(steps, end);
}

function isPaid(price: Price | undefined): price is Price {
  return price !== undefined && price.inputNanoUsdPerToken + price.outputNanoUsdPerToken > 0;
}

function unpriced(model: string): ShoalError {
  return new ShoalError('model_unpriced', `No price is known for ${model}, so no budget could hold it.`, {
    hint: `Add it under \`prices\` in config.yaml (0 if it is free), or set \`allowUnpriced: true\`.`,
  });
}
