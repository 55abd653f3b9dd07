// A generateContent request, both ways. The API has the model and the wish to stream in its address; where Shoal is the
// server, the door writes them into the body as `model` and `stream`.
import { isJson } from '../../exchange.ts';
import type { Json, ModelMessage, ModelRequest } from '../../exchange.ts';
import { proofForProvider } from '../proof.ts';
import { booleanOf, defined, invalid, listOf, objectOf, optional, textOf } from '../reading.ts';
import { isServerToolField } from '../server-tools.ts';
import { resultsFirst, turnsOf, userMessages } from '../turns.ts';
import { createCallIds } from './call-ids.ts';
import type { CallIds } from './call-ids.ts';
import { generationConfigJson, readGenerationConfig, unreadConfig } from './generation-config.ts';
import { partsOf } from './parts-in.ts';
import { partsJson } from './parts-out.ts';
import { readToolChoice, readTools, toolConfigJson, toolsJson } from './tools.ts';
import { traitsOf } from './traits.ts';

const READ = new Set(['model', 'stream', 'contents', 'systemInstruction', 'tools', 'toolConfig', 'generationConfig']);
/** Fields of `extra` that are Gemini's own. */
const OWN = new Set(['safetySettings', 'cachedContent', 'labels']);

export function decodeRequest(json: Json): ModelRequest {
  const rest: Json[] = [];
  const ids = createCallIds('call_');
  const instruction = optional(objectOf, json['systemInstruction'], 'systemInstruction') ?? {};
  const system = partsOf(instruction['parts'], 'systemInstruction.parts', ids, rest);
  const messages = listOf(json['contents'], 'contents').flatMap((item, index) =>
    messagesOf(item, `contents[${index}]`, ids, rest),
  );
  if (messages.length === 0) throw invalid('contents', 'must hold at least one part');
  const { tools, serverTools } = readTools(json['tools']);
  const config = optional(objectOf, json['generationConfig'], 'generationConfig') ?? {};
  const stream = optional(booleanOf, json['stream'], 'stream') ?? false;
  return {
    model: textOf(json['model'], 'model'),
    messages: system.length === 0 ? messages : [{ role: 'system', parts: system }, ...messages],
    tools,
    toolChoice: readToolChoice(json['toolConfig']),
    parallelToolCalls: undefined,
    ...readGenerationConfig(config),
    stream,
    streamUsage: stream,
    user: undefined,
    extra: extraOf(json, unreadConfig(config), serverTools, rest),
  };
}

function messagesOf(item: unknown, path: string, ids: CallIds, rest: Json[]): readonly ModelMessage[] {
  const content = objectOf(item, path);
  const parts = partsOf(content['parts'], `${path}.parts`, ids, rest);
  switch (content['role']) {
    case 'model':
      return parts.length === 0 ? [] : [{ role: 'assistant', parts }];
    case undefined:
    case 'user':
    case 'function':
      return userMessages(parts);
    default:
      throw invalid(`${path}.role`, 'must be user or model');
  }
}

function extraOf(json: Json, config: Json, serverTools: readonly Json[], rest: readonly Json[]): Json {
  const extra: Record<string, unknown> = Object.fromEntries(Object.entries(json).filter(([key]) => !READ.has(key)));
  if (Object.keys(config).length > 0) extra['generationConfig'] = config;
  if (serverTools.length > 0) extra['tools'] = serverTools;
  if (rest.length > 0) extra['contents'] = rest;
  return extra;
}

export function encodeRequest(request: ModelRequest): { readonly json: Json; readonly dropped: readonly string[] } {
  const dropped = new Set<string>();
  const traits = traitsOf(request.model);
  const { system, turns } = turnsOf(request.messages, dropped);
  const names = callNames(request.messages);
  const context = {
    proof: (proof: string) => proofForProvider('gemini', proof),
    signedCalls: traits.signedCalls,
    mediaInResults: traits.mediaInResults,
    nameOf: (id: string) => names.get(id) ?? id,
    dropped,
  };
  const contents = turns
    .map(({ speaker, parts }) => ({
      role: speaker === 'assistant' ? 'model' : 'user',
      parts: partsJson(resultsFirst(parts), context),
    }))
    .filter(({ parts }) => parts.length > 0);
  const instruction = partsJson(system, context);
  if (request.parallelToolCalls === false) dropped.add('parallelToolCalls');
  if (request.user !== undefined) dropped.add('user');
  const json = defined({
    contents,
    systemInstruction: instruction.length === 0 ? undefined : { parts: instruction },
    tools: toolsJson(request, dropped),
    toolConfig: request.tools.length === 0 ? undefined : toolConfigJson(request.toolChoice),
    generationConfig: generationConfigJson(request, traits, dropped),
    ...ownExtra(request.extra, dropped),
  });
  return { json, dropped: [...dropped] };
}

/** Results name their function; the common form knows only the call's id. */
function callNames(messages: readonly ModelMessage[]): ReadonlyMap<string, string> {
  const calls = messages.flatMap(({ parts }) => parts.filter((part) => part.kind === 'tool-call'));
  return new Map(calls.map(({ id, name }) => [id, name]));
}

function ownExtra(extra: Json, dropped: Set<string>): Json {
  const own: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(extra)) {
    if (OWN.has(key)) own[key] = value;
    else if (!(key === 'generationConfig' && isJson(value)) && !isServerToolField(key)) dropped.add(key);
  }
  return own;
}
