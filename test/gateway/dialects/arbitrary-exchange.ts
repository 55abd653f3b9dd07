// Random answers and conversations for the property tests, kept to what the API at hand has words for.
import * as fc from 'fast-check';
import type { ModelEvent, ModelMessage, ModelRequest, ModelTool, Part, Usage } from '../../../gateway/models/exchange.ts';
import type { DialectId } from '../../../gateway/models/dialects/dialect.ts';

const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
/** Not blank, so that no API's rule about empty texts is in play. */
const text = words.map((word) => `a${word}`);
const name = fc.stringMatching(/^[a-z][a-z_]{0,11}$/);
const argumentsJson = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,6}$/), fc.oneof(words, fc.integer(), fc.boolean()), { maxKeys: 3 })
  .map((value) => JSON.stringify(value));
const sealed = fc.stringMatching(/^[A-Za-z0-9+/]{8,24}$/);
/** Whose signatures an API reads. */
const MAKER = { 'anthropic-messages': 'anthropic', gemini: 'gemini', 'bedrock-converse': 'anthropic' } as const;
export type Tested = keyof typeof MAKER;

const thinking = (dialect: Tested): fc.Arbitrary<Part> =>
  fc
    .tuple(text, sealed)
    .map(([thought, signature]) => ({ kind: 'thinking' as const, text: thought, signature: `${MAKER[dialect]}:${signature}` }));

/** Thoughts, text and calls in the order in which models write them. */
const answerParts = (dialect: Tested): fc.Arbitrary<readonly Part[]> =>
  fc
    .tuple(fc.option(thinking(dialect)), fc.option(text), fc.array(fc.tuple(name, argumentsJson), { maxLength: 3 }))
    .map(([thought, said, calls]) => [
      ...(thought === null ? [] : [thought]),
      ...(said === null && calls.length > 0 ? [] : [{ kind: 'text' as const, text: said ?? 'ok' }]),
      ...calls.map(([called, written], index) => ({
        kind: 'tool-call' as const,
        id: `call_${index}`,
        name: called,
        arguments: written,
      })),
    ]);

const usage = (dialect: Tested): fc.Arbitrary<Usage> =>
  fc
    .tuple(fc.nat(5000), fc.nat(500), fc.nat(500), fc.nat(900), fc.nat(400), fc.nat(500), fc.nat(500))
    .map(([fresh, cached, written, output, thought, part, other]) => {
      const counts = { outputTokens: output + thought, cachedInputTokens: cached };
      if (dialect === 'gemini') {
        return {
          ...counts,
          inputTokens: fresh + cached + part + other,
          cacheWriteTokens: 0,
          reasoningTokens: thought,
          ...(part > 0 ? { audioInputTokens: part } : {}),
          ...(other > 0 ? { imageInputTokens: other } : {}),
        };
      }
      const long = Math.min(part, written);
      return {
        ...counts,
        inputTokens: fresh + cached + written,
        cacheWriteTokens: written,
        reasoningTokens: dialect === 'bedrock-converse' ? 0 : thought,
        ...(long > 0 ? { longCacheWriteTokens: long } : {}),
      };
    });

const inPieces = (whole: string, cut: number): readonly string[] => {
  const characters = Array.from(whole);
  const at = characters.length === 0 ? 0 : cut % characters.length;
  return [characters.slice(0, at).join(''), characters.slice(at).join('')].filter((piece) => piece !== '');
};

function eventsOf(part: Part, cut: number, index: number): readonly ModelEvent[] {
  if (part.kind === 'text') return inPieces(part.text, cut).map((piece) => ({ kind: 'text-delta', choice: 0, text: piece }));
  if (part.kind === 'thinking') {
    return [
      ...inPieces(part.text, cut).map((piece) => ({ kind: 'thinking-delta' as const, choice: 0, text: piece })),
      { kind: 'thinking-end', choice: 0, ...(part.signature === undefined ? {} : { signature: part.signature }) },
    ];
  }
  if (part.kind !== 'tool-call') return [];
  return [
    { kind: 'tool-call-start', choice: 0, index, id: part.id, name: part.name },
    ...inPieces(part.arguments, cut).map((piece) => ({ kind: 'tool-call-delta' as const, choice: 0, index, arguments: piece })),
  ];
}

export const streamedAnswer = (dialect: Tested): fc.Arbitrary<readonly ModelEvent[]> =>
  fc
    .tuple(answerParts(dialect), usage(dialect), fc.nat(20), fc.constantFrom('end', 'length'))
    .map(([parts, counted, cut, way]) => {
      let calls = 0;
      const pieces = parts.flatMap((part) => eventsOf(part, cut, part.kind === 'tool-call' ? calls++ : 0));
      const ended = calls > 0 ? ('tool-calls' as const) : ('stop' as const);
      return [
        { kind: 'start', id: 'msg_1', model: 'm', created: 1 },
        ...pieces,
        { kind: 'choice-end', choice: 0, finishReason: way === 'length' ? 'length' : ended },
        { kind: 'usage', usage: counted },
        { kind: 'end' },
      ];
    });

const tool: fc.Arbitrary<ModelTool> = fc.tuple(name, text).map(([called, description]) => ({
  name: called,
  description,
  parameters: { type: 'object', properties: { city: { type: 'string', description } }, required: ['city'] },
}));

/** One round of a conversation: a question, an answer, and the results of the calls in it. */
const round = (dialect: Tested): fc.Arbitrary<readonly ModelMessage[]> =>
  fc.tuple(text, answerParts(dialect), text, fc.boolean()).map(([question, parts, result, failed]) => {
    const calls = parts.filter((part) => part.kind === 'tool-call');
    const results = calls.map((call) => ({
      kind: 'tool-result' as const,
      toolCallId: call.id,
      content: [{ kind: 'text' as const, text: result }],
      ...(failed ? { isError: true } : {}),
    }));
    return [
      { role: 'user' as const, parts: [{ kind: 'text' as const, text: question }] },
      { role: 'assistant' as const, parts },
      ...(results.length === 0 ? [] : [{ role: 'tool' as const, parts: results }]),
    ];
  });

const MODELS = {
  'anthropic-messages': 'claude-sonnet-4-6',
  gemini: 'gemini-2.5-pro',
  'bedrock-converse': 'anthropic.claude-sonnet-4-6',
} as const satisfies Partial<Record<DialectId, string>>;

export const conversation = (dialect: Tested): fc.Arbitrary<ModelRequest> =>
  fc
    .record({
      system: fc.option(text),
      rounds: fc.array(round(dialect), { minLength: 1, maxLength: 3 }),
      last: text,
      // Bedrock wants the tools of past calls, so there are some.
      tools: fc.uniqueArray(tool, {
        minLength: dialect === 'bedrock-converse' ? 1 : 0,
        maxLength: 3,
        selector: (made) => made.name,
      }),
      choice: fc.constantFrom('auto' as const, 'required' as const, undefined),
      cap: fc.integer({ min: 1, max: 4000 }),
      temperature: fc.option(fc.constantFrom(0, 0.5, 1)),
      stop: fc.array(text, { maxLength: 2 }),
    })
    .map((made) => {
      const messages: ModelMessage[] =
        made.system === null ? [] : [{ role: 'system', parts: [{ kind: 'text', text: made.system }] }];
      // A question may follow results in one turn of the user; an answer between them keeps the turns apart.
      for (const [index, exchanged] of made.rounds.entries()) {
        messages.push(...exchanged);
        if (exchanged.length === 3 && index < made.rounds.length - 1)
          messages.push({ role: 'assistant', parts: [{ kind: 'text', text: 'ok' }] });
      }
      messages.push({ role: 'user', parts: [{ kind: 'text', text: made.last }] });
      return {
        model: MODELS[dialect],
        messages,
        tools: made.tools,
        toolChoice: made.tools.length === 0 || made.choice === undefined ? undefined : { kind: made.choice },
        parallelToolCalls: undefined,
        form: undefined,
        maxOutputTokens: made.cap,
        temperature: made.temperature ?? undefined,
        topP: undefined,
        topK: undefined,
        stop: made.stop,
        seed: undefined,
        presencePenalty: undefined,
        frequencyPenalty: undefined,
        choices: 1,
        logprobs: undefined,
        thinking: undefined,
        stream: false,
        streamUsage: false,
        user: undefined,
        extra: {},
      };
    });
