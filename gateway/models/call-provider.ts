// The end of the chain: hands the call to its provider and adds the usage to the tally.
import { ShoalError } from '#foundation';
import { addUsage } from '../chain.ts';
import type { Handler } from '../chain.ts';
import type { ProviderAnswer } from '../contract.ts';
import type { Answer, GenerateCall, Target } from './answer.ts';
import { ProviderError } from './provider-error.ts';

export function callProvider({ provider, name }: Target): Handler<GenerateCall, Answer> {
  return async (call) => {
    if (call.signal.aborted) throw new ShoalError('cancelled', 'The call was cancelled before it was sent.');
    call.tally.attempts += 1;
    const request = { model: name, request: call.request, maxOutputTokens: call.maxOutputTokens };
    const answer =
      call.emit === undefined
        ? await provider.generate(request, call.signal)
        : await forwarded(provider.stream(request, call.signal), call.emit);
    addUsage(call.tally, answer.usage);
    return { ...answer, value: undefined };
  };
}

async function forwarded(
  parts: ReturnType<Target['provider']['stream']>,
  emit: NonNullable<GenerateCall['emit']>,
): Promise<ProviderAnswer> {
  let emitted = false;
  try {
    for await (const part of parts) {
      if (part.kind === 'finish') return part.answer;
      emitted = true;
      await emit(part);
    }
  } catch (error) {
    throw emitted && error instanceof ProviderError ? error.final() : error;
  }
  throw new ShoalError('model_stream_cut', 'The model stream ended without its last part.');
}
