// A fetch for official clients that holds every reply and every streamed chunk of the OpenAI doors against OpenAI's
// published schema, without the client noticing.
import { problemsUnder } from '../dialects/published-schema.ts';

export interface CheckedFetch {
  readonly fetch: typeof fetch;
  /** Replies and chunks that were checked so far. */
  readonly checked: number;
  /** What was wrong so far, after all checks that are under way. */
  problems(): Promise<readonly string[]>;
}

type Published = Parameters<typeof problemsUnder>[0];
interface Shape {
  readonly file: Published;
  readonly whole: string;
  readonly event: string;
}

const SHAPES: Readonly<Record<string, Shape>> = {
  '/v1/chat/completions': { file: 'chat', whole: 'ChatCompletion', event: 'ChatCompletionChunk' },
  '/v1/responses': { file: 'responses', whole: 'Response', event: 'ResponseStreamEvent' },
  '/v1/embeddings': { file: 'embeddings', whole: 'CreateEmbeddingResponse', event: '' },
};

export function checkedFetch(): CheckedFetch {
  const found: string[] = [];
  const checking: Promise<void>[] = [];
  let checked = 0;
  const hold = (file: Published, type: string, text: string): void => {
    checked++;
    const value: unknown = JSON.parse(text);
    // Clients that ask for vectors as base64 get text where the schema has numbers.
    const plain = file === 'embeddings' && text.includes('"embedding":"') ? numbersFor(value) : value;
    const problems = problemsUnder(file, type, plain);
    // A union names every branch that it is not.
    for (const problem of problems.slice(0, 3)) found.push(`${type}${problem} in ${text.slice(0, 160)}`);
  };
  const check = async ({ file, whole, event }: Shape, response: Response): Promise<void> => {
    const text = await response.text();
    if (!(response.headers.get('content-type') ?? '').startsWith('text/event-stream')) return hold(file, whole, text);
    for (const line of text.split('\n')) {
      if (line.startsWith('data: {') && !line.startsWith('data: {"error"')) hold(file, event, line.slice(6));
    }
  };
  return {
    fetch: async (input, init) => {
      const response = await fetch(input, init);
      const url = new URL(input instanceof Request ? input.url : input);
      const shape = SHAPES[url.pathname];
      // A stream that the client leaves is not read to its end.
      if (shape !== undefined && response.ok) checking.push(check(shape, response.clone()).catch(ignoreLeft));
      return response;
    },
    get checked() {
      return checked;
    },
    problems: async () => {
      await Promise.all(checking);
      return found;
    },
  };
}

function ignoreLeft(error: unknown): void {
  if (!(error instanceof Error && /abort|terminated/i.test(`${error.name} ${error.message}`))) throw error;
}

function numbersFor(value: unknown): unknown {
  const { data, ...rest } = value as { readonly data: readonly { readonly embedding: unknown }[] };
  return { ...rest, data: data.map((row) => ({ ...row, embedding: [0] })) };
}
