// Tool calls in guarded streams: when they are held, when they pass untouched, and what a judge outside sees of them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { changeArgumentsText, changeArgumentsValue } from '../../../gateway/models/dialects/argument-texts.ts';
import { NO_USAGE } from '../../../gateway/models/exchange.ts';
import type { ModelEvent } from '../../../gateway/models/exchange.ts';
import type { Handler } from '../../../gateway/chain.ts';
import type { ModelAnswer, ModelCall } from '../../../gateway/models/model-call.ts';
import { createGuardrails } from '../../../gateway/policy/guardrails/create-guardrails.ts';
import { guarded } from '../../../gateway/policy/guardrails/guarded.ts';
import { GuardrailsSchema } from '../../../gateway/policy/guardrails/settings.ts';
import { callOf, collect, modelOf, responseOf } from '../cache/calls.ts';

type Setting = NonNullable<z.input<typeof GuardrailsSchema>>[number];
const pii: Setting = { name: 'personal', kind: 'pii', where: 'output' };
const stepOf = (setting: Setting) =>
  guarded(createGuardrails(GuardrailsSchema.parse([setting]), { environment: {}, now: Date.now }));

const upper = ({ text: before }: { readonly text: string }): string => before.toUpperCase();
const hide = ({ text: before }: { readonly text: string }): string => (/^\d+$/.test(before) ? '[CARD_1]' : before);
const text = (said: string): ModelEvent => ({ kind: 'text-delta', choice: 0, text: said });
const begin = (index: number, choice = 0): ModelEvent => ({
  kind: 'tool-call-start',
  choice,
  index,
  id: `c${choice}${index}`,
  name: 'send',
});
const piece = (index: number, written: string, choice = 0): ModelEvent => ({
  kind: 'tool-call-delta',
  choice,
  index,
  arguments: written,
});
const START: ModelEvent = { kind: 'start', id: 'r', model: 'm', created: 0 };
const ends = (choice = 0): ModelEvent => ({ kind: 'choice-end', choice, finishReason: 'tool-calls' });
const END: ModelEvent = { kind: 'end' };

const model =
  (events: readonly ModelEvent[]): Handler<ModelCall, ModelAnswer> =>
  async ({ output }) => {
    for (const event of [START, ...events, END]) await output?.event(event);
    return { usage: NO_USAGE, finishReason: 'tool-calls', content: undefined, dropped: [] };
  };

/** What a client gets, without the first event and the last. */
async function streamed(setting: Setting, events: readonly ModelEvent[]): Promise<readonly ModelEvent[]> {
  const output = collect();
  await stepOf(setting)(model(events))(callOf('q', { output }));
  return output.events.slice(1, -1);
}

describe('a guarded stream', () => {
  it('that is only observed passes every piece as it came, and says what was in it', async () => {
    const events = [text('Well. '), begin(0), piece(0, '{"to":"a@'), piece(0, 'b.co"}'), ends()];
    const output = collect();
    const call = callOf('q', { output });
    await stepOf({ ...pii, mode: 'observe' })(model(events))(call);
    expect(output.events).toEqual([START, ...events, END]);
    expect(call.tally.verdicts).toMatchObject([{ action: 'observed', findings: 1 }]);
  });

  it('gives each of several mingled calls whole', async () => {
    const events = [
      begin(0),
      piece(0, '{"to":"a@'),
      begin(1),
      piece(1, '{"to":"c@d'),
      piece(0, 'b.co"}'),
      piece(1, '.co"}'),
      ends(),
    ];
    expect(await streamed(pii, events)).toEqual([
      begin(0),
      piece(0, '{"to":"[EMAIL_1]"}'),
      begin(1),
      piece(1, '{"to":"[EMAIL_2]"}'),
      ends(),
    ]);
  });

  it('holds what comes behind half a call, and lets it go in its order', async () => {
    const events = [begin(0), piece(0, '{"to":"a@'), text('then x@y.io '), piece(0, 'b.co"}'), text('done'), ends()];
    expect(await streamed(pii, events)).toEqual([
      begin(0),
      piece(0, '{"to":"[EMAIL_1]"}'),
      text('then [EMAIL_2] '),
      text('done'),
      ends(),
    ]);
  });

  it('holds a call no longer than it is whole', async () => {
    const output = collect();
    await stepOf(pii)(async (call) => {
      for (const event of [START, begin(0), piece(0, '{}'), text('and on ')]) await call.output?.event(event);
      expect(output.events).toEqual([START, begin(0), piece(0, '{}'), text('and on ')]);
      for (const event of [ends(), END]) await call.output?.event(event);
      return { usage: NO_USAGE, finishReason: 'stop', content: undefined, dropped: [] };
    })(callOf('q', { output }));
  });

  it('keeps the calls of several choices apart', async () => {
    const events = [begin(0), begin(0, 1), piece(0, '{"to":"a@'), piece(0, '{"n":1}', 1), ends(1), piece(0, 'b.co"}'), ends()];
    expect(await streamed(pii, events)).toEqual([
      begin(0, 1),
      piece(0, '{"n":1}', 1),
      ends(1),
      begin(0),
      piece(0, '{"to":"[EMAIL_1]"}'),
      ends(),
    ]);
  });

  it.each([
    ['half a call', '{"to":"a@b.co', '{"to":"[EMAIL_1]'],
    ['arguments that are no JSON', 'to a@b.co', 'to [EMAIL_1]'],
    [
      'an address behind an escape',
      String.raw`{"to":"a\u0040b.co", "n":  12345678901234567890}`,
      '{"to":"[EMAIL_1]", "n":  12345678901234567890}',
    ],
    ['a card that is a number', '{"card":4111111111111111}', '{"card":"[CARD_1]"}'],
    ['no arguments', '', ''],
  ])('checks %s', async (_, written, sent) => {
    expect(await streamed(pii, [begin(0), piece(0, written), ends()])).toEqual([
      begin(0),
      ...(sent === '' ? [] : [piece(0, sent)]),
      ends(),
    ]);
  });

  it('is blocked before anything of the call is sent', async () => {
    const output = collect();
    const events = [text('Fine. '), begin(0), piece(0, String.raw`{"to":"a\u0040b.co"}`), ends()];
    const run = stepOf({ ...pii, mode: 'block' })(model(events));
    await expect(run(callOf('q', { output }))).rejects.toMatchObject({ code: 'guardrail_blocked' });
    expect(output.events).toEqual([START, text('Fine. ')]);
  });

  it('holds no more than a million characters of a call', async () => {
    const output = collect();
    const half = 'x'.repeat(600_000);
    const run = stepOf(pii)(model([begin(0), piece(0, `{"a":"${half}`), piece(0, half), ends()]));
    await expect(run(callOf('q', { output }))).rejects.toMatchObject({ code: 'guardrail_blocked' });
    expect(output.events).toEqual([START]);
  });
});

describe('a form that answers must have', () => {
  const form: Setting = { name: 'form', kind: 'json-schema', where: 'output', schema: { type: 'object' } };
  const parts = [{ kind: 'tool-call' as const, id: 'c', name: 'send', arguments: '{"to":"Ada"}' }];

  it('is not asked of the strings in arguments, whole or streamed', async () => {
    const response = responseOf('', { choices: [{ parts, finishReason: 'tool-calls' }] });
    await expect(stepOf(form)(modelOf(() => response).handler)(callOf('q'))).resolves.toBeDefined();
    const events = [begin(0), piece(0, '{"to":"Ada"}'), ends()];
    expect(await streamed(form, events)).toEqual(events);
  });
});

describe('a judge outside', () => {
  const servers: ReturnType<typeof createServer>[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it('is asked about each string in the arguments, and its replacements stand in valid JSON', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      const pieces: Buffer[] = [];
      request.on('data', (chunk: Buffer) => pieces.push(chunk));
      request.on('end', () => {
        const { texts } = JSON.parse(Buffer.concat(pieces).toString('utf8')) as { texts: { text: string }[] };
        asked.push(...texts.map((one) => one.text));
        const verdicts = texts.map((one) => (one.text === 'bad' ? { action: 'replace', text: '"good"' } : { action: 'allow' }));
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ verdicts }));
      });
    });
    servers.push(server);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/judge`;
    const judge: Setting = { name: 'judge', kind: 'webhook', where: 'output', url };
    const events = [text('Say '), begin(0), piece(0, '{"a":["b'), piece(0, 'ad",1],"c":"fine"}'), text('it'), ends()];
    expect(await streamed(judge, events)).toEqual([
      text('Say it'),
      begin(0),
      piece(0, String.raw`{"a":["\"good\"",1],"c":"fine"}`),
      ends(),
    ]);
    expect(asked).toEqual(['Say it', 'bad', 'fine']);
  });
});

describe('the strings in arguments', () => {
  it('are changed without a touch on names, numbers and spaces', () => {
    expect(changeArgumentsText(' {"to" : "ada",\n "n":1.50, "a b": [ "c" , null ] } ', upper)).toBe(
      ' {"to" : "ADA",\n "n":1.50, "A B": [ "C" , null ] } ',
    );
    expect(changeArgumentsText('', upper)).toBe('');
    expect(changeArgumentsText('"ada"', upper)).toBe('"ADA"');
  });

  it('are joined by whole numbers as long as a card’s, which become strings where they are replaced', () => {
    const written = '{"card":4111111111111111,"n":17,"at":1.23456789012345,"e":1234567890e5,"id":12345678901234567890}';
    const hidden = '{"card":"[CARD_1]","n":17,"at":1.23456789012345,"e":1234567890e5,"id":12345678901234567890}';
    expect(changeArgumentsText(written, hide)).toBe(hidden);
    expect(changeArgumentsText(written, ({ text: before }) => before)).toBe(written);
    const value = { card: 4111111111111111, n: 17, at: 1.23456789012345 };
    expect(changeArgumentsValue(value, 'assistant', hide)).toEqual({ card: '[CARD_1]', n: 17, at: 1.23456789012345 });
    expect(changeArgumentsValue(value, 'assistant', ({ text: before }) => before)).toBe(value);
  });

  it('are the same in parsed arguments', () => {
    const value = { to: 'ada', n: 1.5, 'a b': ['c', null, { d: '' }] };
    expect(changeArgumentsValue(value, 'assistant', upper)).toEqual({ to: 'ADA', n: 1.5, 'A B': ['C', null, { d: '' }] });
    expect(changeArgumentsValue(value, 'assistant', ({ text: before }) => before)).toBe(value);
  });

  it('that are too deep to be looked at are refused, and take no stack as text', () => {
    let deep: unknown = 'ada';
    for (let level = 0; level < 10_000; level++) deep = [deep];
    expect(() => changeArgumentsValue(deep, 'assistant', upper)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
    const written = `${'['.repeat(100_000)}"ada"${']'.repeat(100_000)}`;
    expect(changeArgumentsText(written, upper)).toBe(written.replace('ada', 'ADA'));
  });
});
