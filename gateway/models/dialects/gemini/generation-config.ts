// `generationConfig`, both ways. Keys without a common word stay in `extra.generationConfig`.
import { isJson } from '../../exchange.ts';
import type { AnswerForm, Effort, Json, ModelRequest } from '../../exchange.ts';
import { booleanOf, countOf, defined, numberOf, objectOf, optional, textOf, textsOf } from '../reading.ts';
import { fromOpenApi, geminiSchema } from './schema.ts';
import type { GeminiTraits } from './traits.ts';

const READ = new Set([
  'maxOutputTokens',
  'temperature',
  'topP',
  'topK',
  'stopSequences',
  'seed',
  'candidateCount',
  'presencePenalty',
  'frequencyPenalty',
  'responseMimeType',
  'responseSchema',
  'responseJsonSchema',
  'thinkingConfig',
  'responseLogprobs',
  'logprobs',
]);

/** Budgets that Google's OpenAI-compatible endpoint gives to the efforts. */
const BUDGET_TOKENS: Readonly<Record<Effort, number>> = {
  none: 0,
  minimal: 1024,
  low: 1024,
  medium: 8192,
  high: 24_576,
  xhigh: 24_576,
};
/** `minimal` is refused by some of the models that think by level, `low` by none; none of them can be told not to think. */
const LEVELS: Readonly<Record<Effort, string>> = {
  none: 'low',
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
};
const EFFORTS: Readonly<Record<string, Effort>> = { minimal: 'minimal', low: 'low', medium: 'medium', high: 'high' };

type Read = Pick<
  ModelRequest,
  | 'maxOutputTokens'
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'stop'
  | 'seed'
  | 'choices'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'form'
  | 'thinking'
  | 'logprobs'
>;

const at = (key: string): string => `generationConfig.${key}`;

export function readGenerationConfig(config: Json): Read {
  const count = (key: string): number | undefined => optional(countOf, config[key], at(key));
  const number = (key: string): number | undefined => optional(numberOf, config[key], at(key));
  const logprobs = optional(booleanOf, config['responseLogprobs'], at('responseLogprobs'));
  return {
    maxOutputTokens: count('maxOutputTokens'),
    temperature: number('temperature'),
    topP: number('topP'),
    topK: count('topK'),
    stop: optional(textsOf, config['stopSequences'], at('stopSequences')) ?? [],
    seed: number('seed'),
    choices: Math.max(1, count('candidateCount') ?? 1),
    presencePenalty: number('presencePenalty'),
    frequencyPenalty: number('frequencyPenalty'),
    form: readForm(config),
    thinking: readThinking(optional(objectOf, config['thinkingConfig'], at('thinkingConfig'))),
    logprobs: logprobs === true ? { top: count('logprobs') ?? 0 } : undefined,
  };
}

export const unreadConfig = (config: Json): Json => Object.fromEntries(Object.entries(config).filter(([key]) => !READ.has(key)));

function readForm(config: Json): AnswerForm | undefined {
  if (optional(textOf, config['responseMimeType'], at('responseMimeType')) !== 'application/json') return undefined;
  const schema = optional(objectOf, config['responseJsonSchema'], at('responseJsonSchema'));
  const older = optional(objectOf, config['responseSchema'], at('responseSchema'));
  if (schema === undefined && older === undefined) return { kind: 'json' };
  return { kind: 'json-schema', name: 'answer', schema: schema ?? (fromOpenApi(older) as Json), strict: true };
}

function readThinking(config: Json | undefined): ModelRequest['thinking'] {
  const level = optional(textOf, config?.['thinkingLevel'], at('thinkingConfig.thinkingLevel'));
  const effort = level === undefined ? undefined : EFFORTS[level.toLowerCase()];
  // -1 leaves it to the model.
  const budget = optional(numberOf, config?.['thinkingBudget'], at('thinkingConfig.thinkingBudget'));
  if (budget === 0) return { effort: 'none' };
  const asked = defined({ effort, budgetTokens: budget !== undefined && budget > 0 ? Math.floor(budget) : undefined });
  return config === undefined ? undefined : asked;
}

export function generationConfigJson(request: ModelRequest, traits: GeminiTraits, dropped: Set<string>): Json | undefined {
  const refused = request.form !== undefined && request.tools.length > 0 && !traits.formWithTools;
  if (refused) dropped.add('form');
  const form = refused ? undefined : request.form;
  const json = defined({
    maxOutputTokens: request.maxOutputTokens,
    temperature: request.temperature,
    topP: request.topP,
    topK: request.topK,
    stopSequences: request.stop.length === 0 ? undefined : request.stop,
    seed: request.seed,
    candidateCount: request.choices > 1 ? request.choices : undefined,
    presencePenalty: request.presencePenalty,
    frequencyPenalty: request.frequencyPenalty,
    responseMimeType: form === undefined ? undefined : 'application/json',
    responseJsonSchema: form?.kind === 'json-schema' ? geminiSchema(form.schema) : undefined,
    thinkingConfig: thinkingJson(request.thinking, traits),
    responseLogprobs: request.logprobs === undefined ? undefined : true,
    logprobs: request.logprobs === undefined || request.logprobs.top === 0 ? undefined : request.logprobs.top,
    ...(isJson(request.extra['generationConfig']) ? request.extra['generationConfig'] : {}),
  });
  return Object.keys(json).length === 0 ? undefined : json;
}

function thinkingJson(thinking: ModelRequest['thinking'], traits: GeminiTraits): Json | undefined {
  if (thinking === undefined) return undefined;
  const includeThoughts = thinking.effort !== 'none';
  if (thinking.budgetTokens !== undefined) return { thinkingBudget: thinking.budgetTokens, includeThoughts };
  if (thinking.effort === undefined) return { includeThoughts };
  if (traits.thinkingLevel) return { thinkingLevel: LEVELS[thinking.effort], includeThoughts };
  return { thinkingBudget: BUDGET_TOKENS[thinking.effort], includeThoughts };
}
