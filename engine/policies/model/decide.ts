// Agents decided by a language model: one structured answer per turn, checked against what the turn allows.
// Invariants: a decision never names an action or a post that the turn did not offer; a failed answer is a fallback with
// its reason; once the budget is used up no further call is made; only an abort throws.
import { z } from 'zod';
import { ShoalError, toShoalError } from '#foundation';
import type { GenerateRequest, LanguageModel } from '#foundation';
import { LOOKS, type ModelDecision, type ModelTurn, type Population } from '../../contract.ts';
import { decisionMessages } from './prompt.ts';

const CONCURRENCY = 16;
const MAX_TEXT = { microblog: 280, forum: 2000, chat: 280 } as const;

export interface DecideRequest {
  readonly population: Population;
  readonly turns: readonly ModelTurn[];
  readonly round: number;
  /** Simulated time, ISO 8601. */
  readonly time: string;
  readonly model: LanguageModel;
  readonly signal?: AbortSignal;
}

/** Wide on purpose: what is out of range is refused below with a reason a person can read. */
const Answer = z.object({
  action: z.string(),
  target: z.number().nullish(),
  issue: z.number().nullish(),
  text: z.string().nullish(),
  opinion: z.number(),
});
type Answer = z.infer<typeof Answer>;

/** One decision per turn, in the order of the turns, whatever order the answers came in. */
export async function decideByModel(request: DecideRequest): Promise<readonly ModelDecision[]> {
  const { turns, signal } = request;
  const decisions: ModelDecision[] = Array.from({ length: turns.length }, () => fallback('not asked'));
  let next = 0;
  let spent = false;
  const work = async (): Promise<void> => {
    for (let index = next++; index < turns.length; index = next++) {
      const turn = turns[index];
      if (turn === undefined) continue;
      signal?.throwIfAborted();
      decisions[index] = spent ? fallback('budget used up') : await decideOne(request, turn, () => (spent = true));
    }
  };
  await Promise.all(Array.from({ length: Math.min(CONCURRENCY, turns.length) }, work));
  return decisions;
}

const fallback = (reason: string): ModelDecision => ({ kind: 'fallback', reason });

async function decideOne(request: DecideRequest, turn: ModelTurn, onSpent: () => void): Promise<ModelDecision> {
  try {
    const { value } = await request.model.generate(callFor(request, turn), request.signal);
    return value === undefined ? fallback('no answer') : checked(value, turn, request.population.issues.length);
  } catch (error) {
    const fault = toShoalError(error);
    if (request.signal?.aborted === true || fault.code === 'cancelled') {
      throw fault.code === 'cancelled' ? fault : new ShoalError('cancelled', 'Deciding was cancelled.', { cause: error });
    }
    if (fault.code === 'budget_exceeded') {
      onSpent();
      return fallback('budget used up');
    }
    return fallback(fault.code);
  }
}

const callFor = ({ population, round, time }: DecideRequest, turn: ModelTurn): GenerateRequest<Answer> => ({
  task: 'decide',
  stage: 'agents',
  agent: turn.agent,
  round,
  messages: decisionMessages(population, turn, round, time),
  schema: { name: 'decision', type: Answer },
  temperature: 0.7,
  maxOutputTokens: 300,
  seed: population.seed % 0x7fff_ffff,
});

const NEEDS_TEXT: ReadonlySet<string> = new Set(['post', 'reply', 'quote', 'message']);
const NEEDS_NO_TARGET: ReadonlySet<string> = new Set(['post', 'group', ...LOOKS, 'nothing']);

function checked(answer: Answer, turn: ModelTurn, issues: number): ModelDecision {
  const action = turn.choices.find((choice) => choice === answer.action);
  if (action === undefined) return fallback(`chose “${answer.action.slice(0, 40)}”, which was not on offer`);
  const target = NEEDS_NO_TARGET.has(action) ? undefined : (answer.target ?? undefined);
  const aimed = turn.feed.find((post) => post.seq === target);
  const offers = turn.offers.filter((offer) => offer.action === action);
  const isOffered = offers.length > 0;
  if (isOffered && !offers.some((offer) => offer.target === target)) return fallback(`aimed “${action}” at what was not offered`);
  if (!NEEDS_NO_TARGET.has(action) && !isOffered && aimed === undefined)
    return fallback(`aimed “${action}” at a post that was not in the feed`);
  const issue = answer.issue ?? aimed?.issue ?? 0;
  if (!Number.isInteger(issue) || issue < 0 || issue >= issues) return fallback('named an issue that does not exist');
  if (!(answer.opinion >= -1 && answer.opinion <= 1)) return fallback('gave an opinion outside −1 … 1');
  const words = (answer.text ?? '').replaceAll(/\s+/g, ' ').trim();
  if (NEEDS_TEXT.has(action) && words === '') return fallback(`chose “${action}” without words`);
  const text = NEEDS_TEXT.has(action) ? clip(words, MAX_TEXT[turn.platformKind]) : undefined;
  return { kind: 'decided', action, target, issue, text, opinion: answer.opinion };
}

const clip = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, text.lastIndexOf(' ', length - 2))}…`;
