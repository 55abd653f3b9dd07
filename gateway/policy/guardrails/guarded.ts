// The step: what goes out is checked before anything is spent, what comes back before anybody reads it. It stands
// outside the cache, so that what is cached is as free of originals as what is sent.
import type { Step } from '../../chain.ts';
import type { TextSlot } from '../../models/dialects/dialect.ts';
import type { AnswerContent, Content, ModelAnswer, ModelCall } from '../../models/model-call.ts';
import type { Guardrail } from './create-guardrails.ts';
import { enforce } from './enforce.ts';
import { createHeldOutput } from './held-output.ts';
import { createPlaceholders } from './placeholders.ts';
import type { Placeholders } from './placeholders.ts';
import { createWindowedOutput } from './windowed-output.ts';

/** Throws `guardrail_blocked`; from inside a stream by rejecting what is put into it, which ends the call. */
export function guarded(guardrails: readonly Guardrail[]): Step<ModelCall, ModelAnswer> {
  if (guardrails.length === 0) return (next) => next;
  return (next) => async (call) => {
    const active = guardrails.filter((guardrail) => guardrail.applies(call));
    if (active.length === 0) return next(call);
    const slots = call.content.texts();
    const placeholders = createPlaceholders((text) => slots.some((slot) => slot.text.includes(text)));
    const incoming = active.filter((guardrail) => guardrail.input);
    const outgoing = call.operation === 'generate' ? active.filter((guardrail) => guardrail.output) : [];
    const checked = incoming.length === 0 ? slots : await enforce(incoming, slots, call, 'input', placeholders);
    const sent = checked === slots ? call : withTexts(call, slots, checked);
    if (outgoing.length === 0 && !placeholders.hasRestorable) return next(sent);

    if (call.output === undefined) return guardAnswer(await next(sent), outgoing, call, placeholders);
    const held = outgoing.some((guardrail) => guardrail.check.judge !== undefined && guardrail.mode !== 'observe');
    const stream = held
      ? createHeldOutput(outgoing, call, call.output, placeholders)
      : createWindowedOutput(outgoing, call, call.output, placeholders);
    try {
      const answer = await next({ ...sent, output: stream.output });
      if (answer.content !== undefined) return await guardAnswer(answer, outgoing, call, placeholders);
      await stream.finish();
      return answer;
    } catch (error) {
      stream.abandon();
      throw error;
    }
  };
}

/** The call with its texts replaced, and with a bound on tokens that covers what was put in. */
function withTexts(call: ModelCall, before: readonly TextSlot[], after: readonly TextSlot[]): ModelCall {
  const changed = new Map<string, string>();
  let addedBytes = 0;
  for (const [index, slot] of before.entries()) {
    const text = after[index]?.text ?? slot.text;
    if (text === slot.text) continue;
    changed.set(`${slot.role}\0${slot.text}`, text);
    // No tokenizer makes more tokens of a text than it has bytes.
    addedBytes += Buffer.byteLength(text);
  }
  if (changed.size === 0) return call;
  const content: Content = call.content.withTexts((slot) => changed.get(`${slot.role}\0${slot.text}`) ?? slot.text);
  return { ...call, content, inputTokenBound: call.inputTokenBound + addedBytes };
}

async function guardAnswer(
  answer: ModelAnswer,
  outgoing: readonly Guardrail[],
  call: ModelCall,
  placeholders: Placeholders,
): Promise<ModelAnswer> {
  const { content } = answer;
  if (content === undefined) return answer;
  const before = content.texts();
  const after = await enforce(outgoing, before, call, 'output', placeholders);
  const texts = after.map(({ text }) => placeholders.restore(text));
  if (texts.every((text, index) => text === before[index]?.text)) return answer;
  return { ...answer, content: replaceTexts(content, before, texts) };
}

function replaceTexts(content: AnswerContent, before: readonly TextSlot[], after: readonly string[]): AnswerContent {
  const changed = new Map(before.map((slot, index) => [slot.text, after[index] ?? slot.text]));
  return content.withTexts((slot) => changed.get(slot.text) ?? slot.text);
}
