// How much the model may think. Converse has no field for it: each family takes its own in
// `additionalModelRequestFields`.
import type { Effort, Json, ModelRequest } from '../../exchange.ts';
import { thinkingJson, thinkingRoom } from '../anthropic-messages/thinking.ts';
import type { ThinkingRoom } from '../anthropic-messages/thinking.ts';
import { defined } from '../reading.ts';
import type { Turn } from '../turns.ts';
import { isProven } from './blocks-out.ts';
import type { HostedModel } from './hosted-model.ts';

export interface Thought {
  readonly fields: Json;
  /** Claude thinks, and then refuses some other settings. */
  readonly thinks: boolean;
}

const NONE: Thought = { fields: {}, thinks: false };

/** Nova's `high` is refused beside a cap of the output, and the cap is always written. */
const NOVA_EFFORTS: Readonly<Record<Exclude<Effort, 'none'>, string>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'medium',
  xhigh: 'medium',
};
const OPENAI_EFFORTS: Readonly<Record<Exclude<Effort, 'none'>, string>> = {
  minimal: 'low',
  low: 'low',
  medium: 'medium',
  high: 'high',
  xhigh: 'high',
};

export function thoughtFields(
  request: ModelRequest,
  target: HostedModel,
  turns: readonly Turn[],
  byTool: boolean,
  dropped: Set<string>,
): Thought {
  const asked = request.thinking;
  if (asked === undefined) return NONE;
  if (target.family === 'claude') {
    return claudeFields(request, target, thinkingRoom(request, turns, target.traits, byTool, isProven), dropped);
  }
  if (asked.effort !== undefined) {
    const fields = effortFields(asked.effort, target.family);
    if (fields !== undefined) return { fields, thinks: false };
  }
  if (asked.effort !== 'none') dropped.add('thinking');
  return NONE;
}

function claudeFields(request: ModelRequest, target: HostedModel, room: ThinkingRoom, dropped: Set<string>): Thought {
  const { thinking, effort } = thinkingJson(
    request.thinking,
    target.traits,
    request.maxOutputTokens ?? Number.MAX_SAFE_INTEGER,
    room,
    dropped,
  );
  const fields = defined({ thinking, output_config: effort === undefined ? undefined : { effort } });
  return { fields, thinks: thinking !== undefined && thinking['type'] !== 'disabled' };
}

function effortFields(effort: Effort, family: HostedModel['family']): Json | undefined {
  if (effort === 'none') return family === 'nova-2' ? { reasoningConfig: { type: 'disabled' } } : undefined;
  switch (family) {
    case 'nova-2':
      return { reasoningConfig: { type: 'enabled', maxReasoningEffort: NOVA_EFFORTS[effort] } };
    case 'gpt-oss':
      return { reasoning_effort: OPENAI_EFFORTS[effort] };
    case 'openai':
      return { reasoning: { effort: OPENAI_EFFORTS[effort] } };
    default:
      return undefined;
  }
}
