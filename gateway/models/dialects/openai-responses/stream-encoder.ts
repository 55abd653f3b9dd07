// Writes a response as its typed events: created and in progress, then each item added, filled and done, then the
// whole response. Which item is open is open-items.ts's business; here events become calls on it.
import type { ShoalError } from '#foundation';
import type { FinishReason, Json, ModelEvent, Usage } from '../../exchange.ts';
import type { StreamEncoder, WireEvent } from '../dialect.ts';
import { openAiError } from '../openai/errors.ts';
import { createOpenItems } from './open-items.ts';
import { incompleteReason, responseIdOf, responseObject } from './response-object.ts';
import type { Asked, State } from './response-object.ts';

export function createStreamEncoder(asked: Asked): StreamEncoder {
  let events: WireEvent[] = [];
  let sequence = 0;
  const emit = (type: string, fields: Json): void => {
    events.push({ event: type, data: JSON.stringify({ type, sequence_number: sequence, ...fields }) });
    sequence += 1;
  };
  const opened = { id: responseIdOf(''), model: asked.model, created: 0 };
  const items = createOpenItems(() => opened.id, emit);
  let finish: FinishReason = 'other';
  let usage: Usage | undefined;
  const tell = (type: string, state: Pick<State, 'status' | 'incomplete' | 'error'>): void => {
    emit(type, { response: responseObject({ ...opened, output: items.output(), usage, ...state }, asked) });
  };
  const flush = (): readonly WireEvent[] => {
    const flushed = events;
    events = [];
    return flushed;
  };

  const take = (event: ModelEvent): void => {
    // This API has one answer only.
    if ('choice' in event && event.choice !== 0) return;
    switch (event.kind) {
      case 'start':
        Object.assign(opened, { id: responseIdOf(event.id), model: event.model || asked.model, created: event.created });
        tell('response.created', { status: 'in_progress' });
        tell('response.in_progress', { status: 'in_progress' });
        break;
      case 'text-delta':
        items.text(event.text, event.logprobs);
        break;
      case 'refusal-delta':
        items.refusal(event.text);
        break;
      case 'thinking-delta':
        items.thinking(event.text);
        break;
      case 'thinking-end':
        items.endThinking(event);
        break;
      case 'tool-call-start':
        items.startCall(event.index, event.id, event.name);
        break;
      case 'tool-call-delta':
        items.callArguments(event.index, event.arguments);
        break;
      case 'choice-end':
        finish = event.finishReason;
        items.closeAll(incompleteReason(finish) === undefined ? 'completed' : 'incomplete');
        break;
      case 'usage':
        usage = event.usage;
        break;
      case 'end': {
        const incomplete = incompleteReason(finish);
        if (incomplete === undefined) tell('response.completed', { status: 'completed' });
        else tell('response.incomplete', { status: 'incomplete', incomplete });
      }
    }
  };

  return {
    put: (event) => {
      take(event);
      return flush();
    },
    fail: (error) => {
      const { body } = openAiError(error);
      emit('error', { code: body['code'] ?? null, message: body['message'], param: body['param'] ?? null });
      items.closeAll('incomplete');
      tell('response.failed', { status: 'failed', error: failureOf(error) });
      return flush();
    },
  };
}

/** A failed response has fewer words than an error body. */
function failureOf(error: ShoalError): Json {
  const { status, body } = openAiError(error);
  const code = status === 429 ? 'rate_limit_exceeded' : status < 500 ? 'invalid_prompt' : 'server_error';
  return { code, message: body['message'] };
}
