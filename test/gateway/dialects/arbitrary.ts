// Requests, answers and streams in the common form, for the properties that every dialect must keep.
import * as fc from 'fast-check';
import type {
  FinishReason,
  ModelEvent,
  ModelMessage,
  ModelRequest,
  ModelResponse,
  Part,
  Usage,
} from '../../../gateway/models/exchange.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
const word = fc.stringMatching(/^[a-z_]{1,8}$/);
const base64 = fc.uint8Array({ minLength: 1, maxLength: 9 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const argumentsText = fc.dictionary(word, fc.oneof(text, fc.integer()), { maxKeys: 3 }).map((value) => JSON.stringify(value));

const usage: fc.Arbitrary<Usage> = fc
  .record({ input: fc.nat(1e6), output: fc.nat(1e6), cached: fc.nat(100), written: fc.nat(100), reasoning: fc.nat(100) })
  .map(({ input, output, cached, written, reasoning }) => ({
    inputTokens: input + cached + written,
    outputTokens: output + reasoning,
    cachedInputTokens: cached,
    cacheWriteTokens: written,
    reasoningTokens: reasoning,
  }));

/** What a model wrote, in the order in which every dialect can say it: thought, text, refusal, calls. */
const turn = fc
  .record({
    thought: fc.option(text),
    said: fc.option(text),
    refused: fc.option(text),
    calls: fc.array(fc.record({ name: word, arguments: argumentsText }), { maxLength: 3 }),
    salt: word,
  })
  .map(({ thought, said, refused, calls, salt }): readonly Part[] => [
    ...(thought === null ? [] : [{ kind: 'thinking', text: thought } as const]),
    ...(said === null ? [] : [{ kind: 'text', text: said } as const]),
    ...(refused === null ? [] : [{ kind: 'refusal', text: refused } as const]),
    ...calls.map((call, index) => ({ kind: 'tool-call', id: `call_${salt}${index}`, ...call }) as const),
  ])
  .filter((parts) => parts.length > 0);

const source = fc.oneof(
  base64.map((data) => ({ kind: 'bytes', mediaType: 'image/png', base64: data }) as const),
  word.map((name) => ({ kind: 'url', url: `https://example.org/${name}.png` }) as const),
);
const userPart: fc.Arbitrary<Part> = fc.oneof(
  text.map((said) => ({ kind: 'text', text: said }) as const),
  fc.record({ kind: fc.constant('image' as const), source, detail: fc.constantFrom('auto', 'low', 'high') }),
  base64.map(
    (data) => ({ kind: 'file', source: { kind: 'bytes', mediaType: 'application/pdf', base64: data }, name: 'a.pdf' }) as const,
  ),
);

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });

export interface Abilities {
  /** Thoughts of earlier turns are sent along without proof. */
  readonly thoughts: boolean;
}

function conversation({ thoughts }: Abilities): fc.Arbitrary<readonly ModelMessage[]> {
  const system = text.map((said): readonly ModelMessage[] => [{ role: 'system', parts: [{ kind: 'text', text: said }] }]);
  const user = fc
    .array(userPart, { minLength: 1, maxLength: 3 })
    .map((parts): readonly ModelMessage[] => [{ role: 'user', parts }]);
  const assistant = fc.tuple(turn, text).map(([parts, result]): readonly ModelMessage[] => {
    const kept = thoughts ? parts : parts.filter((part) => part.kind !== 'thinking');
    const results = kept.flatMap((part): readonly ModelMessage[] =>
      part.kind === 'tool-call'
        ? [{ role: 'tool', parts: [{ kind: 'tool-result', toolCallId: part.id, content: [{ kind: 'text', text: result }] }] }]
        : [],
    );
    return kept.length === 0 ? [] : [{ role: 'assistant', parts: kept }, ...results];
  });
  const exchange = fc.tuple(user, assistant).map((both) => both.flat());
  return fc.tuple(fc.option(system, { nil: [] }), fc.array(exchange, { maxLength: 3 }), user).map((all) => all.flat(2));
}

export function request(abilities: Abilities, dialectOnly: Partial<ModelRequest> = {}): fc.Arbitrary<ModelRequest> {
  return fc
    .record<ModelRequest>({
      model: fc.constant('some/model'),
      messages: conversation(abilities),
      tools: fc.array(
        fc.record({
          name: word,
          description: maybe(text),
          parameters: fc.constant({ type: 'object', properties: { a: { type: 'string' } } }),
          strict: fc.boolean(),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      toolChoice: maybe(
        fc.oneof(
          fc.record({ kind: fc.constantFrom('auto', 'none', 'required') }),
          fc.record({ kind: fc.constant('tool' as const), name: word }),
        ),
      ),
      parallelToolCalls: maybe(fc.boolean()),
      form: maybe(
        fc.oneof(
          fc.record({ kind: fc.constant('json' as const) }),
          fc.record({
            kind: fc.constant('json-schema' as const),
            name: word,
            schema: fc.constant({ type: 'object' }),
            strict: fc.boolean(),
          }),
        ),
      ),
      maxOutputTokens: maybe(fc.integer({ min: 1, max: 9999 })),
      temperature: maybe(fc.constantFrom(0, 0.5, 1.5)),
      topP: maybe(fc.constantFrom(0.1, 1)),
      topK: maybe(fc.integer({ min: 1, max: 50 })),
      stop: fc.array(text, { maxLength: 2 }),
      seed: maybe(fc.nat()),
      presencePenalty: maybe(fc.constantFrom(-1, 0, 1)),
      frequencyPenalty: maybe(fc.constantFrom(-1, 0, 1)),
      choices: fc.integer({ min: 1, max: 3 }),
      logprobs: maybe(fc.record({ top: fc.nat(5) })),
      thinking: maybe(fc.record({ effort: fc.constantFrom('none', 'minimal', 'low', 'medium', 'high', 'xhigh') })),
      stream: fc.boolean(),
      streamUsage: fc.constant(true),
      user: maybe(word),
      extra: fc.constant({}),
    })
    .map((made) => ({ ...made, ...dialectOnly }));
}

function finishFor(parts: readonly Part[]): fc.Arbitrary<FinishReason> {
  const called = parts.some((part) => part.kind === 'tool-call');
  return fc.constantFrom(called ? 'tool-calls' : 'stop', 'length', called ? 'tool-calls' : 'content-filter');
}

export function response(choices: number): fc.Arbitrary<ModelResponse> {
  const choice = turn.chain((parts) => finishFor(parts).map((finishReason) => ({ parts, finishReason })));
  return fc.record({
    id: word.map((name) => `resp_${name}`),
    model: fc.constant('model-1'),
    created: fc.nat(2_000_000_000),
    choices: fc.array(choice, { minLength: 1, maxLength: choices }),
    usage,
  });
}

type Body = { readonly [Kind in ModelEvent['kind']]: Extract<ModelEvent, { kind: Kind }> };
type Delta = Body['text-delta' | 'refusal-delta' | 'thinking-delta' | 'thinking-end' | 'tool-call-start' | 'tool-call-delta'];

/** The events of one choice, its `choice-end` included. */
function choiceEvents(choice: number): fc.Arbitrary<readonly ModelEvent[]> {
  const texts = fc.array(text, { minLength: 1, maxLength: 4 });
  const thought = fc
    .tuple(texts, text)
    .map(([parts, signature]): readonly Delta[] => [
      ...parts.map((part) => ({ kind: 'thinking-delta', choice, text: part }) as const),
      { kind: 'thinking-end', choice, signature },
    ]);
  const hidden = text.map((redacted): readonly Delta[] => [{ kind: 'thinking-end', choice, redacted }]);
  const bare = texts.map((parts): readonly Delta[] => [
    ...parts.map((part) => ({ kind: 'thinking-delta', choice, text: part }) as const),
    { kind: 'thinking-end', choice },
  ]);
  const said = texts.map((parts): readonly Delta[] => parts.map((part) => ({ kind: 'text-delta', choice, text: part })));
  const refused = texts.map((parts): readonly Delta[] => parts.map((part) => ({ kind: 'refusal-delta', choice, text: part })));
  // The arguments of calls that stand together come interleaved, one piece of each in turn.
  const calls = fc.array(fc.tuple(word, texts), { maxLength: 3 }).map((all): readonly Delta[] => [
    ...all.map(([name], index) => ({ kind: 'tool-call-start', choice, index, id: `call_${choice}_${index}`, name }) as const),
    ...[0, 1, 2, 3].flatMap((turnOf) =>
      all.flatMap(([, pieces], index): readonly Delta[] => {
        const piece = pieces[turnOf];
        return piece === undefined ? [] : [{ kind: 'tool-call-delta', choice, index, arguments: piece }];
      }),
    ),
  ]);
  const parts = fc.tuple(
    fc.option(hidden, { nil: [] }),
    fc.option(fc.oneof(thought, bare), { nil: [] }),
    // Between two thoughts without proof nobody could tell where one ends.
    fc.option(
      fc.tuple(said, thought).map((both) => both.flat()),
      { nil: [] },
    ),
    fc.option(said, { nil: [] }),
    fc.option(refused, { nil: [] }),
    calls,
  );
  return parts.chain((all) => {
    const events = all.flat();
    const called = events.some((event) => event.kind === 'tool-call-start');
    const reason = fc.constantFrom<FinishReason>(called ? 'tool-calls' : 'stop', 'length', 'content-filter');
    return reason.map((finishReason) => [...events, { kind: 'choice-end', choice, finishReason } as const]);
  });
}

/** A whole stream whose choices come in any mixture. */
export function stream(choices: number): fc.Arbitrary<readonly ModelEvent[]> {
  return fc
    .tuple(
      fc.tuple(...Array.from({ length: choices }, (_, choice) => choiceEvents(choice))),
      fc.array(fc.nat(choices - 1), { maxLength: 40 }),
      fc.option(usage),
      word,
    )
    .map(([perChoice, order, used, name]): readonly ModelEvent[] => {
      const queues = perChoice.map((events) => [...events]);
      const mixed = order.flatMap((choice) => queues[choice]?.shift() ?? []);
      return [
        { kind: 'start', id: `resp_${name}`, model: 'model-1', created: 1_700_000_000 },
        ...mixed,
        ...queues.flat(),
        ...(used === null ? [] : [{ kind: 'usage', usage: used } as const]),
        { kind: 'end' },
      ];
    });
}
