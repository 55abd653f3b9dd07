// The common form as a Messages request that the named model takes.
import { isJson } from '../../exchange.ts';
import type { AnswerForm, Json, ModelRequest } from '../../exchange.ts';
import { defined, invalid } from '../reading.ts';
import { isServerToolField, ownServerTools } from '../server-tools.ts';
import { resultsFirst, turnsOf } from '../turns.ts';
import { ANSWER_TOOL, answerTool } from './answer-tool.ts';
import { blocksOf, isProven } from './blocks-out.ts';
import { traitsOf } from './model-traits.ts';
import type { ModelTraits } from './model-traits.ts';
import { samplingOf } from './sampling.ts';
import { strictSchema } from './strict-schema.ts';
import { forcesTool, thinkingJson, thinkingRoom } from './thinking.ts';
import { SERVER_TOOLS, choiceJson, toolJson } from './tools.ts';

/** Fields of `extra` that are Anthropic's own. */
const OWN = new Set([
  'cache_control',
  'container',
  'context_management',
  'diagnostics',
  'fallbacks',
  'inference_geo',
  'mcp_servers',
  'safeguards',
  'speed',
  'thread',
]);
const SERVICE_TIERS: ReadonlySet<unknown> = new Set(['auto', 'standard_only']);

export function encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] } {
  if (request.maxOutputTokens === undefined) throw invalid('max_tokens', 'is needed by this API');
  const dropped = new Set<string>();
  const traits = traitsOf(request.model);
  const { system, turns } = turnsOf(request.messages, dropped);
  const messages = turns
    .map(({ speaker, parts }) => ({ role: speaker, content: blocksOf(resultsFirst(parts), dropped) }))
    .filter(({ content }) => content.length > 0);
  const byTool = request.form?.kind === 'json-schema' && !traits.structuredOutput;
  const room = thinkingRoom(request, turns, traits, byTool, isProven);
  const { thinking, effort } = thinkingJson(request.thinking, traits, request.maxOutputTokens, room, dropped);
  const thinks = thinking !== undefined && thinking['type'] !== 'disabled';
  const serverTools = ownServerTools(request, SERVER_TOOLS, (what) => dropped.add(what));
  const tools = [
    ...request.tools.map((tool) => toolJson(tool, traits, dropped)),
    ...serverTools,
    ...(byTool ? [answerTool(request.form)] : []),
  ];
  const sampling = samplingOf(request, traits, thinks, dropped);
  nameUnspoken(request, dropped);
  const json = defined({
    model: request.model,
    max_tokens: request.maxOutputTokens,
    system: systemJson(blocksOf(system, dropped)),
    messages,
    tools: tools.length === 0 ? undefined : tools,
    tool_choice: byTool ? answerChoice(request) : toolChoice(request, tools, traits, dropped),
    thinking,
    output_config: outputConfig(request, traits, effort),
    stop_sequences: request.stop.length === 0 ? undefined : request.stop,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    top_k: sampling.topK,
    metadata: request.user === undefined ? undefined : { user_id: request.user },
    stream: request.stream ? true : undefined,
    ...ownExtra(request.extra, dropped),
  });
  return { json, dropped: [...dropped] };
}

function systemJson(blocks: readonly Json[]): unknown {
  const [only] = blocks;
  if (only === undefined) return undefined;
  return blocks.length === 1 && only['type'] === 'text' && only['cache_control'] === undefined ? only['text'] : blocks;
}

function toolChoice(request: ModelRequest, tools: readonly Json[], traits: ModelTraits, dropped: Set<string>): Json | undefined {
  if (tools.length === 0) return undefined;
  if (!forcesTool(request) || traits.forcedTools) return choiceJson(request.toolChoice, request.parallelToolCalls);
  dropped.add('toolChoice');
  return choiceJson({ kind: 'auto' }, request.parallelToolCalls);
}

const answerChoice = (request: ModelRequest): Json =>
  request.tools.length === 0
    ? { type: 'tool', name: ANSWER_TOOL }
    : { type: 'any', ...(request.parallelToolCalls === false ? { disable_parallel_tool_use: true } : {}) };

function outputConfig(request: ModelRequest, traits: ModelTraits, effort: string | undefined): Json | undefined {
  const own = request.extra['output_config'];
  const format = request.form?.kind === 'json-schema' && traits.structuredOutput ? formatJson(request.form) : undefined;
  const json = defined({ effort, format, ...(isJson(own) ? own : {}) });
  return Object.keys(json).length === 0 ? undefined : json;
}
const formatJson = (form: Extract<AnswerForm, { kind: 'json-schema' }>): Json => ({
  type: 'json_schema',
  schema: strictSchema(form.schema),
});

function nameUnspoken(request: ModelRequest, dropped: Set<string>): void {
  for (const key of ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs'] as const)
    if (request[key] !== undefined) dropped.add(key);
  if (request.choices > 1) dropped.add('choices');
  if (request.form?.kind === 'json') dropped.add('form');
}

function ownExtra(extra: Json, dropped: Set<string>): Json {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(extra)) {
    if (OWN.has(key) || (key === 'service_tier' && SERVICE_TIERS.has(value))) own[key] = value;
    else if (key !== 'output_config' && !isServerToolField(key)) dropped.add(key);
  }
  return own;
}
