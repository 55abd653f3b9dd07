// How much the model may think: Anthropic says it as a budget of tokens or as an effort, and each model takes one, the
// other or both.
import type { Effort, Json, ModelRequest, Part } from '../../exchange.ts';
import { countOf, invalid, objectOf, optional, textOf } from '../reading.ts';
import type { Turn } from '../turns.ts';
import type { ModelTraits } from './model-traits.ts';

type Thinking = NonNullable<ModelRequest['thinking']>;

/** Anthropic's smallest budget. */
const LEAST_BUDGET_TOKENS = 1024;
const BUDGET_TOKENS: Readonly<Record<Exclude<Effort, 'none'>, number>> = {
  minimal: LEAST_BUDGET_TOKENS,
  low: 2048,
  medium: 8192,
  high: 16_384,
  xhigh: 32_768,
};
/** At most this share of the output may go into thinking where we choose the budget. */
const THINKING_SHARE = 0.8;

const EFFORTS: Readonly<Record<string, Effort>> = { low: 'low', medium: 'medium', high: 'high', xhigh: 'xhigh', max: 'xhigh' };

export function readThinking(value: unknown, effortValue: unknown): Thinking | undefined {
  const named = optional(textOf, effortValue, 'output_config.effort');
  const effort = named === undefined ? undefined : EFFORTS[named];
  if (named !== undefined && effort === undefined)
    throw invalid('output_config.effort', 'must be low, medium, high, xhigh or max');
  const asked = effort === undefined ? {} : { effort };
  const thinking = optional(objectOf, value, 'thinking');
  switch (thinking?.['type']) {
    case undefined:
      if (thinking !== undefined) throw invalid('thinking.type', 'must be enabled, adaptive or disabled');
      return effort === undefined ? undefined : asked;
    case 'enabled':
      return { ...asked, budgetTokens: countOf(thinking?.['budget_tokens'], 'thinking.budget_tokens') };
    case 'disabled':
      return { effort: 'none' };
    case 'between_tools':
      return { effort: 'minimal' };
    // `adaptive`, and kinds that come later: the model thinks as it sees fit.
    default:
      return asked;
  }
}

export interface ThinkingJson {
  readonly thinking?: Json;
  readonly effort?: string;
}

/**
 * What else the request says about thinking. `unproven`: it goes on from tool calls whose own thought is missing, which
 * the API refuses with a budget and takes with an effort. `tool-forced`: a forced tool excludes thinking.
 */
export type ThinkingRoom = 'free' | 'unproven' | 'tool-forced';

export const forcesTool = (request: ModelRequest): boolean =>
  request.tools.length > 0 && (request.toolChoice?.kind === 'required' || request.toolChoice?.kind === 'tool');

/** `answerTool`: the answer's form is asked for by a forced tool. */
export function thinkingRoom(
  request: ModelRequest,
  turns: readonly Turn[],
  traits: ModelTraits,
  answerTool: boolean,
  isProven: (thought: ThoughtPart) => boolean,
): ThinkingRoom {
  // A choice that the caller has forced weighs more than a wish to think.
  if (answerTool || (traits.forcedTools && forcesTool(request))) return 'tool-forced';
  return goesOnFromThought(turns, isProven) ? 'free' : 'unproven';
}

export function thinkingJson(
  asked: Thinking | undefined,
  traits: ModelTraits,
  maxTokens: number,
  room: ThinkingRoom,
  dropped: Set<string>,
): ThinkingJson {
  if (asked === undefined) return {};
  if (asked.effort === 'none') return traits.thinkingCanBeOff ? { thinking: { type: 'disabled' } } : { effort: 'low' };
  if (room === 'tool-forced') dropped.add('thinking');
  if (traits.adaptiveThinking && (room !== 'free' || asked.budgetTokens === undefined || !traits.thinkingBudget)) {
    const effort = asked.effort ?? (asked.budgetTokens === undefined ? undefined : effortOf(asked.budgetTokens));
    return {
      ...(room === 'tool-forced' ? {} : { thinking: { type: 'adaptive', display: 'summarized' } }),
      ...(effort === undefined ? {} : { effort: effortWord(effort, traits) }),
    };
  }
  if (room !== 'free') {
    dropped.add('thinking');
    return {};
  }
  const budget = asked.budgetTokens ?? BUDGET_TOKENS[asked.effort ?? 'medium'];
  const most = asked.budgetTokens === undefined ? Math.floor(maxTokens * THINKING_SHARE) : maxTokens - 1;
  if (Math.min(budget, most) < LEAST_BUDGET_TOKENS) {
    dropped.add('thinking');
    return {};
  }
  return { thinking: { type: 'enabled', budget_tokens: Math.min(budget, most) } };
}

function effortOf(budgetTokens: number): Exclude<Effort, 'none'> {
  if (budgetTokens <= BUDGET_TOKENS.low) return 'low';
  return budgetTokens <= BUDGET_TOKENS.medium ? 'medium' : 'high';
}

function effortWord(effort: Exclude<Effort, 'none'>, traits: ModelTraits): string {
  if (effort === 'minimal') return 'low';
  return effort === 'xhigh' && !traits.xhighEffort ? 'high' : effort;
}

/** Whether the calls whose results come last, if any, stand behind their own thought. */
function goesOnFromThought(turns: readonly Turn[], isProven: (thought: ThoughtPart) => boolean): boolean {
  if (turns.at(-1)?.parts.some((part) => part.kind === 'tool-result') !== true) return true;
  const first = turns.findLast((turn) => turn.speaker === 'assistant')?.parts[0];
  return first === undefined || (first.kind === 'thinking' && isProven(first));
}
export type ThoughtPart = Extract<Part, { readonly kind: 'thinking' }>;
