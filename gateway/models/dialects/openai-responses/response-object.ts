// The response object around the output: who answered, in what state, and what was asked. The API repeats the request
// in it; what is not known of the request has the API's default.
import { isJson } from '../../exchange.ts';
import type { FinishReason, Json, ModelRequest, Usage } from '../../exchange.ts';
import { answerId } from '../openai/ids.ts';
import { effortOf } from '../openai/effort.ts';
import { jsonOr, listOr, present } from '../openai/fields.ts';
import { instructionsOf } from './input-items.ts';
import { encodeForm } from './request.ts';
import { SERVER_TOOLS, echoedToolChoice, encodeTool } from './tools.ts';
import { encodeUsage } from './usage.ts';

/** The request as far as the caller of the dialect has it: a whole ModelRequest is repeated in the response. */
export type Asked = Partial<ModelRequest> & { readonly model: string };

export interface State {
  readonly id: string;
  readonly model: string;
  readonly created: number;
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly output: readonly Json[];
  readonly usage?: Usage | undefined;
  readonly incomplete?: 'max_output_tokens' | 'content_filter' | undefined;
  readonly error?: Json;
}

/** Clients of this API tell its ids by their beginnings. */
export function responseIdOf(id: string): string {
  return id.startsWith('resp_') ? id : `resp_${answerId('', id)}`;
}

export function incompleteReason(reason: FinishReason): State['incomplete'] {
  if (reason === 'length') return 'max_output_tokens';
  return reason === 'content-filter' ? 'content_filter' : undefined;
}

export function responseObject(state: State, asked: Asked): Json {
  const { usage, incomplete } = state;
  return {
    id: state.id,
    object: 'response',
    created_at: state.created,
    status: state.status,
    error: state.error ?? null,
    incomplete_details: incomplete === undefined ? null : { reason: incomplete },
    model: state.model || asked.model,
    output: state.output,
    ...repeated(asked),
    ...(usage === undefined ? {} : { usage: encodeUsage(usage) }),
  };
}

function repeated(asked: Asked): Json {
  const extra = asked.extra ?? {};
  const reasoning = jsonOr(extra['reasoning']);
  return {
    access_programs: null,
    background: false,
    instructions: instructionsOf(asked.messages ?? []) ?? null,
    max_output_tokens: asked.maxOutputTokens ?? null,
    max_tool_calls: extra['max_tool_calls'] ?? null,
    metadata: extra['metadata'] ?? {},
    parallel_tool_calls: asked.parallelToolCalls ?? true,
    previous_response_id: extra['previous_response_id'] ?? null,
    reasoning: { summary: reasoning['summary'] ?? null, effort: effortOf(asked.thinking) ?? null },
    store: extra['store'] ?? true,
    temperature: asked.temperature ?? 1,
    text: present({ format: encodeForm(asked.form), verbosity: extra['verbosity'] }),
    tool_choice: echoedToolChoice(asked),
    tools: [...(asked.tools ?? []).map(encodeTool), ...listOr(extra['tools']).filter(isJson).filter(SERVER_TOOLS.isOwn)],
    top_logprobs: asked.logprobs?.top ?? 0,
    top_p: asked.topP ?? 1,
    truncation: extra['truncation'] ?? 'disabled',
    ...(asked.user === undefined ? {} : { user: asked.user }),
  };
}
