// How hard a model should think. OpenAI says it in words, others in tokens.
import type { Effort, ModelRequest } from '../../exchange.ts';
import { invalid } from './fields.ts';

const EFFORTS: readonly Effort[] = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

export function effortAt(value: unknown, field: string): Effort {
  // Above `xhigh` the common form has no word.
  if (value === 'max') return 'xhigh';
  const effort = EFFORTS.find((one) => one === value);
  if (effort === undefined) throw invalid(field, `must be one of ${EFFORTS.join(', ')}`);
  return effort;
}

/** A budget in tokens becomes the nearest word. */
export function effortOf(thinking: ModelRequest['thinking']): Effort | undefined {
  if (thinking?.effort !== undefined) return thinking.effort;
  const tokens = thinking?.budgetTokens;
  if (tokens === undefined) return undefined;
  if (tokens === 0) return 'none';
  if (tokens <= 2048) return 'low';
  return tokens <= 8192 ? 'medium' : 'high';
}
