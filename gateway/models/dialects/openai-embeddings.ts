// POST /embeddings, OpenAI's way and the only one: providers of other APIs translate from the common form themselves.
import { ShoalError } from '#foundation';
import type { EmbeddingRequest, EmbeddingResponse, Json, Usage } from '../exchange.ts';
import { isJson, NO_USAGE } from '../exchange.ts';
import type { ChangeText, Peeked, TextSlot } from './dialect.ts';
import {
  arrayAt,
  countOf,
  invalid,
  jsonOr,
  listOr,
  nameAt,
  objectAt,
  optionalInteger,
  present,
  stringAt,
  textOr,
} from './openai/fields.ts';
import { textsOfWalk, withField } from './texts.ts';

export const openAiEmbeddings = {
  id: 'openai-embeddings',

  peek: (json: unknown): Peeked => {
    const model = nameAt(objectAt(json, 'body')['model'], 'model');
    return { model, stream: false, maxOutputTokens: undefined, choices: 1 };
  },

  /** `texts` stand for the tokens where the input is tokens: see `tokensIn`. */
  decodeRequest: (json: Json, texts?: readonly string[]): EmbeddingRequest => {
    const encoding = json['encoding_format'] ?? 'float';
    if (encoding !== 'float' && encoding !== 'base64') throw invalid('encoding_format', 'must be float or base64');
    return {
      model: nameAt(json['model'], 'model'),
      texts: texts ?? decodeInput(json['input']),
      dimensions: optionalInteger(json, 'dimensions', 1),
      encoding,
    };
  },

  /** The input as lists of tokens; undefined where it is texts. Throws `invalid_input` for a mixture. */
  tokensIn: (json: Json): readonly (readonly number[])[] | undefined => {
    const { input } = json;
    if (!Array.isArray(input) || input.length === 0) return undefined;
    if (input.every((one) => typeof one === 'number')) return [tokenList(input, 'input')];
    if (!input.some((one) => Array.isArray(one))) return undefined;
    return input.map((one, index) => tokenList(arrayAt(one, `input[${index}]`), `input[${index}]`));
  },

  encodeRequest: ({ model, texts, dimensions, encoding }: EmbeddingRequest): Json =>
    present({ model, input: texts, dimensions, encoding_format: encoding }),

  /** Throws `model_unavailable` for what is not one vector per text. */
  decodeResponse: (json: unknown, count: number): EmbeddingResponse => {
    const body = jsonOr(json);
    const rows = listOr(body['data']).filter(isJson);
    if (rows.length !== count) throw unreadable();
    const vectors = Array.from<readonly number[] | undefined>({ length: count });
    for (const [position, row] of rows.entries()) vectors[countOf(row['index']) ?? position] = decodeVector(row['embedding']);
    return {
      model: textOr(body['model'], ''),
      vectors: vectors.map((vector) => {
        if (vector === undefined) throw unreadable();
        return vector;
      }),
      inputTokens: usageOf(json)?.inputTokens ?? 0,
    };
  },

  /** A provider's own answer with its vectors as the client wants them; the same object where they are so already. */
  withEncoding: (json: Json, encoding: EmbeddingRequest['encoding']): Json => {
    const rows = listOr(json['data']);
    const wanted = encoding === 'base64' ? 'string' : 'object';
    if (rows.every((row) => typeof jsonOr(row)['embedding'] === wanted)) return json;
    const data = rows.map((row) => {
      const vector = decodeVector(jsonOr(row)['embedding']);
      return { ...jsonOr(row), embedding: encoding === 'base64' ? base64Of(vector) : vector };
    });
    return { ...json, data };
  },

  encodeResponse: (response: EmbeddingResponse, request: Pick<EmbeddingRequest, 'model' | 'encoding'>): Json => ({
    object: 'list',
    data: response.vectors.map((vector, index) => ({
      object: 'embedding',
      index,
      embedding: request.encoding === 'base64' ? base64Of(vector) : vector,
    })),
    model: response.model || request.model,
    usage: { prompt_tokens: response.inputTokens, total_tokens: response.inputTokens },
  }),

  usageOf,

  requestTexts: (json: Json): readonly TextSlot[] => textsOfWalk(withRequestTexts, json),
  withRequestTexts,
} as const;

function usageOf(json: unknown): Usage | undefined {
  const usage = jsonOr(jsonOr(json)['usage']);
  const inputTokens = countOf(usage['prompt_tokens']) ?? countOf(usage['total_tokens']);
  return inputTokens === undefined ? undefined : { ...NO_USAGE, inputTokens };
}

function withRequestTexts(json: Json, change: ChangeText): Json {
  const input = json['input'];
  const changed = (text: unknown): unknown => (typeof text === 'string' ? change({ role: 'user', text }) : text);
  if (!Array.isArray(input)) return withField(json, 'input', changed(input));
  const texts = input.map(changed);
  return texts.some((text, index) => text !== input[index]) ? { ...json, input: texts } : json;
}

function decodeInput(input: unknown): readonly string[] {
  if (typeof input === 'string') return [input];
  const list = arrayAt(input, 'input');
  if (list.length === 0) throw invalid('input', 'must hold at least one text');
  return list.map((text, index) => stringAt(text, `input[${index}]`));
}

function tokenList(list: readonly unknown[], field: string): readonly number[] {
  if (list.length === 0) throw invalid(field, 'must hold at least one token');
  return list.map((token, index) => {
    if (typeof token === 'number' && Number.isSafeInteger(token) && token >= 0) return token;
    throw invalid(`${field}[${index}]`, 'must be a token, which is a whole number');
  });
}

/** Numbers, or the base64 of their 32-bit floats, the lowest byte first. */
function decodeVector(value: unknown): readonly number[] {
  if (typeof value !== 'string') {
    const numbers = listOr(value);
    if (numbers.length === 0 || !numbers.every((one) => typeof one === 'number')) throw unreadable();
    return numbers;
  }
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length === 0 || bytes.length % 4 !== 0) throw unreadable();
  return Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
}

function base64Of(vector: readonly number[]): string {
  const bytes = Buffer.allocUnsafe(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString('base64');
}

function unreadable(): ShoalError {
  return new ShoalError('model_unavailable', 'The provider did not answer with one vector per text.');
}
