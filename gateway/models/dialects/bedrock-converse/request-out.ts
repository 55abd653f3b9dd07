// The common form as a Converse request that the named model takes. What Converse has no field for, a Claude model
// takes by `additionalModelRequestFields` in Anthropic's words.
import { isJson } from '../../exchange.ts';
import type { AnswerForm, Json, ModelRequest, ModelTool } from '../../exchange.ts';
import { ANSWER_TOOL, answerTool } from '../anthropic-messages/answer-tool.ts';
import { samplingOf } from '../anthropic-messages/sampling.ts';
import { strictSchema } from '../anthropic-messages/strict-schema.ts';
import { forcesTool } from '../anthropic-messages/thinking.ts';
import { defined } from '../reading.ts';
import { isServerToolField, ownServerTools } from '../server-tools.ts';
import { resultsFirst, turnsOf } from '../turns.ts';
import type { Turn } from '../turns.ts';
import { blocksOf } from './blocks-out.ts';
import { hostedModel } from './hosted-model.ts';
import type { HostedModel } from './hosted-model.ts';
import { thoughtFields } from './thought-fields.ts';
import { SERVER_TOOLS, choiceJson, toolJson } from './tools.ts';

/** Fields of `extra` that are Bedrock's own. */
const OWN = new Set([
  'guardrailConfig',
  'promptVariables',
  'additionalModelResponseFieldPaths',
  'requestMetadata',
  'performanceConfig',
  'serviceTier',
]);
export function encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] } {
  const dropped = new Set<string>();
  const target = hostedModel(request.model);
  const { system, turns } = turnsOf(request.messages, dropped);
  const messages = turns
    .map(({ speaker, parts }) => ({ role: speaker, content: blocksOf(resultsFirst(parts), dropped) }))
    .filter(({ content }) => content.length > 0);
  const systemBlocks = blocksOf(system, dropped);
  const byTool = request.form?.kind === 'json-schema' && !target.structuredOutput;
  const thought = thoughtFields(request, target, turns, byTool, dropped);
  const sampling = target.family === 'claude' ? samplingOf(request, target.traits, thought.thinks, dropped) : request;
  if (target.family !== 'claude' && request.topK !== undefined) dropped.add('topK');
  nameUnspoken(request, dropped);
  const inference = defined({
    maxTokens: request.maxOutputTokens,
    temperature: sampling.temperature,
    topP: sampling.topP,
    stopSequences: request.stop.length === 0 ? undefined : request.stop,
  });
  const own = request.extra['additionalModelRequestFields'];
  const additional = {
    ...defined({ top_k: target.family === 'claude' ? sampling.topK : undefined }),
    ...thought.fields,
    ...(isJson(own) ? own : {}),
  };
  const json = defined({
    messages,
    system: systemBlocks.length === 0 ? undefined : systemBlocks,
    inferenceConfig: Object.keys(inference).length === 0 ? undefined : inference,
    toolConfig: toolConfig(request, target, turns, byTool, dropped),
    outputConfig: request.form?.kind === 'json-schema' && !byTool ? outputConfig(request.form) : undefined,
    additionalModelRequestFields: Object.keys(additional).length === 0 ? undefined : additional,
    ...ownExtra(request.extra, dropped),
  });
  return { json, dropped: [...dropped] };
}

function toolConfig(
  request: ModelRequest,
  target: HostedModel,
  turns: readonly Turn[],
  byTool: boolean,
  dropped: Set<string>,
): Json | undefined {
  const called = turns.flatMap(({ parts }) => parts.filter((part) => part.kind === 'tool-call'));
  // The API wants the tools while the conversation holds calls of them, even where the caller offers none any more.
  const offered = request.tools.length > 0 ? request.tools : remembered(called.map(({ name }) => name));
  const serverTools = ownServerTools(request, SERVER_TOOLS, (what) => dropped.add(what));
  const tools = [...offered.flatMap((tool) => toolJson(tool, target, dropped)), ...serverTools];
  if (byTool) {
    const { name, description, input_schema } = answerTool(request.form);
    const spec = { toolSpec: { name, description, inputSchema: { json: input_schema } } };
    return { tools: [...tools, spec], toolChoice: tools.length === 0 ? { tool: { name: ANSWER_TOOL } } : { any: {} } };
  }
  if (tools.length === 0) return undefined;
  if (request.toolChoice?.kind === 'none') {
    // It has no choice of none.
    if (called.length === 0) return undefined;
    dropped.add('toolChoice');
    return { tools };
  }
  if (forcesTool(request) && target.family === 'claude' && !target.traits.forcedTools) {
    dropped.add('toolChoice');
    return { tools };
  }
  return defined({ tools, toolChoice: choiceJson(request.toolChoice) });
}

const remembered = (names: readonly string[]): readonly ModelTool[] =>
  [...new Set(names)].map((name) => ({ name, description: undefined, parameters: { type: 'object' } }));

function outputConfig(form: Extract<AnswerForm, { kind: 'json-schema' }>): Json {
  const jsonSchema = defined({
    name: form.name,
    description: form.description,
    schema: JSON.stringify(strictSchema(form.schema)),
  });
  return { textFormat: { type: 'json_schema', structure: { jsonSchema } } };
}

function nameUnspoken(request: ModelRequest, dropped: Set<string>): void {
  for (const key of ['seed', 'presencePenalty', 'frequencyPenalty', 'logprobs', 'user'] as const)
    if (request[key] !== undefined) dropped.add(key);
  if (request.choices > 1) dropped.add('choices');
  if (request.form?.kind === 'json') dropped.add('form');
  if (request.parallelToolCalls === false) dropped.add('parallelToolCalls');
}

function ownExtra(extra: Json, dropped: Set<string>): Json {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(extra)) {
    if (OWN.has(key)) own[key] = value;
    else if (key !== 'additionalModelRequestFields' && !isServerToolField(key)) dropped.add(key);
  }
  return own;
}
