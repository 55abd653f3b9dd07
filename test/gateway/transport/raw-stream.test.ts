// A stream that is passed on unread: the same bytes come out however they are cut, and usage and end are seen.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAiChat } from '../../../gateway/models/dialects/openai-chat/index.ts';
import { createRawStream } from '../../../gateway/models/transport/raw-stream.ts';

const event = (json: object): string => `data: ${JSON.stringify(json)}\n\n`;
const delta = (content: string): string =>
  event({
    id: 'c',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
    usage: null,
  });
const finish = event({ id: 'c', choices: [{ index: 0, delta: {}, finish_reason: 'length' }], usage: null });
const usage = event({ id: 'c', choices: [], usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 } });
const DONE = 'data: [DONE]\n\n';

function run(text: string, cuts: readonly number[], hideUsage = false) {
  const raw = createRawStream(openAiChat, hideUsage);
  const all = Buffer.from(text);
  const points = [...new Set(cuts.map((cut) => cut % (all.length + 1)))].toSorted((a, b) => a - b);
  const out: Buffer[] = [];
  let start = 0;
  for (const end of [...points, all.length]) {
    out.push(Buffer.from(raw.take(all.subarray(start, end))));
    start = end;
  }
  out.push(raw.rest());
  return { raw, text: Buffer.concat(out).toString('utf8') };
}

describe('a raw stream', () => {
  const whole = delta('Grüße 🐟') + delta(' [not "usage": yet]') + finish + usage + DONE;

  it('passes every byte on, tells the usage, and knows its end, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 40 }), (cuts) => {
        const { raw, text } = run(whole, cuts);
        expect(text).toBe(whole);
        expect(raw.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
        expect(raw.finished).toBe(true);
        expect(raw.finishReason).toBe('length');
      }),
    );
  });

  it('leaves out the usage that only we asked for, however it is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(2000), { maxLength: 40 }), (cuts) => {
        const { raw, text } = run(whole, cuts, true);
        expect(text).toBe(whole.replace(usage, ''));
        expect(raw.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 });
      }),
    );
  });

  it('takes lines that end as on Windows, and an end without a blank line', () => {
    const windows = (delta('a') + finish + usage).replaceAll('\n', '\r\n') + 'data: [DONE]';
    const { raw, text } = run(windows, [5, 17]);
    expect(text).toBe(windows);
    expect(raw).toMatchObject({ finished: true, usage: { inputTokens: 7 } });
  });

  it('is not finished without an end, and guesses what was produced', () => {
    const { raw } = run(delta('one') + delta('two') + delta('three'.repeat(40)), []);
    expect(raw.finished).toBe(false);
    expect(raw.usage).toBeUndefined();
    expect(raw.producedTokens).toBeGreaterThan(30);
    expect(raw.producedTokens).toBeLessThan(80);
  });
});
