// The two halves that every store of answers needs: giving a stored answer in the form that was asked for, and getting
// hold of a fresh one whatever form it passes in.
import type { Handler } from '../../chain.ts';
import type { FinishReason, ModelResponse } from '../exchange.ts';
import type { ModelAnswer, ModelCall } from '../model-call.ts';
import { gather } from './gather.ts';
import { formedAnswer } from '../content.ts';
import { replay } from '../replay.ts';

export async function giveStored(call: ModelCall, response: ModelResponse): Promise<ModelAnswer> {
  call.signal.throwIfAborted();
  const { usage } = response;
  const answer = { usage, finishReason: finishReasonOf(response), dropped: [] };
  if (call.output === undefined) return { ...answer, content: formedAnswer(response) };
  await replay(response, call.output);
  return { ...answer, content: undefined };
}

/** Of an answer with several choices, the first one's reason stands for it. */
export function finishReasonOf(response: ModelResponse): FinishReason {
  return response.choices[0]?.finishReason ?? 'other';
}

export interface Asked {
  readonly answer: ModelAnswer;
  /** Undefined where the answer was not complete, or cannot be read in the common form. */
  readonly response: ModelResponse | undefined;
}

export async function ask(next: Handler<ModelCall, ModelAnswer>, call: ModelCall, mostCharacters: number): Promise<Asked> {
  if (call.output === undefined) {
    const answer = await next(call);
    return { answer, response: readable(answer) };
  }
  const gathering = gather(call.output, mostCharacters);
  const answer = await next({ ...call, output: gathering.output });
  return { answer, response: answer.content === undefined ? gathering.answer() : readable(answer) };
}

/** An answer that its dialect cannot read is passed on as it came, but it is nothing to keep. */
function readable({ content }: ModelAnswer): ModelResponse | undefined {
  try {
    return content?.response();
  } catch {
    return undefined;
  }
}
