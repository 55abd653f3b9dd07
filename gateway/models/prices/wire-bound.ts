// An upper bound for the input tokens of a whole request body, for money.
//
// Text: every tokenizer in use turns a token of text into at least one UTF-8 byte of it (byte-level BPE, SentencePiece
// with byte fallback), and writing text as JSON only makes it longer. So a body of n bytes holds at most n tokens of
// text, its own punctuation being more than the special tokens that a chat format puts in its place. Audio is in the
// body as base64, and is at most 32 tokens a second where the smallest formats take a thousand bytes.
// What is not in the body's bytes gets an allowance:
// - images, which are counted by their size in pixels: the most that a provider documents for one image;
// - tools and answer forms, for which providers add instructions of their own;
// - what stands elsewhere or unfolds (files, documents, earlier answers, what a provider's own tools find): the whole
//   context of any model. It is of use only together with the model's own context: see `boundAtModel`.
import type { ModelInfo } from '../../contract.ts';
import { isJson } from '../exchange.ts';
import type { Json } from '../exchange.ts';
import { imageTokens } from './image-tokens.ts';
import { serverTool } from './unpriced-service.ts';

/** Instructions that providers put around tools (Anthropic documents up to 804) and around answer forms. */
const TOOL_INSTRUCTION_TOKENS = 1024;
const FORM_INSTRUCTION_TOKENS = 512;
const REQUEST_TOKENS = 64;

/** No model in any catalogue takes more. */
const WHOLE_CONTEXT_TOKENS = 10_485_760;

const IMAGE_TYPES = new Set(['image', 'image_url', 'input_image']);
/** Part types whose content is of a length that its bytes do not tell, in the body or not: pages become images too. */
const DOCUMENT_TYPES = new Set(['document', 'file', 'input_file', 'video', 'video_url', 'input_video', 'container_upload']);
/** Fields that name something that stands elsewhere. */
const REFERENCES = new Set([
  'previous_response_id',
  'conversation',
  'file_id',
  'file_uri',
  'fileUri',
  'cachedContent',
  'cached_content',
  'container',
]);
/** Fields that hold a caller's own JSON, which means nothing to the provider. */
const OPAQUE = new Set(['input_schema', 'inputSchema', 'parameters', 'parametersJsonSchema', 'schema', 'args', 'metadata']);

/** Deeper than this no API nests; what is deeper is taken to hide anything. */
const DEEPEST = 64;

/**
 * `bytes` is the length of the body as it is sent. Without a model it is a bound for all of them; with the name of the
 * one that the call is sent to it may be much lower where there are images.
 */
export function wireTokenBound(json: Json, bytes: number, model?: string): number {
  const found: Found = { model, imageTokens: 0, elsewhere: serverTool(json) !== undefined || hasStoredPrompt(json) };
  walk(json, found, 0);
  const tools = json['tools'] ?? json['functions'] ?? json['toolConfig'];
  const form =
    json['response_format'] ?? json['text'] ?? json['generationConfig'] ?? json['output_config'] ?? json['output_format'];
  return (
    bytes +
    REQUEST_TOKENS +
    found.imageTokens +
    (tools === undefined ? 0 : TOOL_INSTRUCTION_TOKENS) +
    (form === undefined ? 0 : FORM_INSTRUCTION_TOKENS) +
    (found.elsewhere ? WHOLE_CONTEXT_TOKENS : 0)
  );
}

/** No call can use more input than the model's context, where that is known and not guessed. */
export function boundAtModel(bound: number, info: Pick<ModelInfo, 'contextTokens' | 'undescribed'>): number {
  return info.undescribed === true ? bound : Math.min(bound, info.contextTokens);
}

interface Found {
  readonly model: string | undefined;
  imageTokens: number;
  elsewhere: boolean;
}

function walk(value: unknown, found: Found, depth: number): void {
  if (typeof value !== 'object' || value === null || found.elsewhere) return;
  if (depth > DEEPEST) {
    found.elsewhere = true;
    return;
  }
  if (Array.isArray(value)) {
    for (const item of value) walk(item, found, depth + 1);
    return;
  }
  const fields = value as Json;
  look(fields, found);
  const isToolUse = fields['type'] === 'tool_use' || 'toolUseId' in fields;
  for (const name in fields) {
    if (OPAQUE.has(name) || (isToolUse && name === 'input')) continue;
    const inner = fields[name];
    if (REFERENCES.has(name) && isReference(inner)) found.elsewhere = true;
    walk(inner, found, depth + 1);
  }
}

/** What one object of the body says it is. */
function look(fields: Json, found: Found): void {
  const { type, image } = fields;
  if (typeof type === 'string') {
    if (IMAGE_TYPES.has(type)) addImage(found, detailOf(fields));
    else if (DOCUMENT_TYPES.has(type)) found.elsewhere = true;
  }
  // Gemini: inlineData with a media type. Bedrock: image, document and video hold a `source`.
  const inline = fields['inlineData'] ?? fields['inline_data'];
  if (isJson(inline)) {
    const said = inline['mimeType'] ?? inline['mime_type'];
    const mediaType = typeof said === 'string' ? said : '';
    if (mediaType.startsWith('image/')) addImage(found, undefined);
    else if (!mediaType.startsWith('audio/')) found.elsewhere = true;
  }
  if (isJson(image) && 'source' in image) addImage(found, undefined);
  if (isJson(fields['document']) || isJson(fields['video'])) found.elsewhere = true;
}

function addImage(found: Found, detail: unknown): void {
  found.imageTokens += imageTokens(detail, found.model);
}

/** OpenAI: beside the URL in Chat Completions, beside the type in Responses. */
function detailOf(fields: Json): unknown {
  const { image_url: image } = fields;
  return isJson(image) ? image['detail'] : fields['detail'];
}

/** `prompt: {id}` of the Responses API. */
function hasStoredPrompt({ prompt }: Json): boolean {
  return isJson(prompt) && 'id' in prompt;
}

function isReference(value: unknown): boolean {
  return typeof value === 'string' ? value !== '' : isJson(value);
}
