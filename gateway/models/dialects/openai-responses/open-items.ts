// The items of a response that is being written, and the events that tell of them. At most one message or thought is
// open; calls stay open beside each other, because some providers write the arguments of several at once.
import type { Json } from '../../exchange.ts';
import type { Proof } from '../openai/thoughts.ts';
import { callItem, itemId, logprobsOf, messageItem, reasoningItem, refusalPart, textPart } from './output-items.ts';
import type { ItemStatus } from './output-items.ts';

export interface OpenItems {
  text(text: string, logprobs: unknown): void;
  refusal(text: string): void;
  thinking(text: string): void;
  endThinking(proof: Proof): void;
  startCall(index: number, callId: string, name: string): void;
  callArguments(index: number, text: string): void;
  closeAll(status: ItemStatus): void;
  /** Items that are done. */
  output(): readonly Json[];
}

interface Item {
  readonly id: string;
  readonly place: number;
}
interface OpenMessage extends Item {
  readonly kind: 'message';
  readonly done: Json[];
  part: { readonly kind: 'text' | 'refusal'; text: string; readonly logprobs: Json[] } | undefined;
}
interface OpenThought extends Item {
  readonly kind: 'thought';
  text: string;
}
interface OpenCall extends Item {
  readonly callId: string;
  readonly name: string;
  text: string;
}

export function createOpenItems(responseId: () => string, emit: (type: string, fields: Json) => void): OpenItems {
  const finished: Json[] = [];
  const calls = new Map<number, OpenCall>();
  let open: OpenMessage | OpenThought | undefined;
  let places = 0;

  const newItem = (prefix: 'msg' | 'fc' | 'rs'): Item => {
    const place = places;
    places += 1;
    return { id: itemId(prefix, responseId(), place), place };
  };
  const added = ({ place }: Item, item: Json): void => emit('response.output_item.added', { output_index: place, item });
  const done = ({ place }: Item, item: Json): void => {
    finished[place] = item;
    emit('response.output_item.done', { output_index: place, item });
  };

  const closePart = (message: OpenMessage): void => {
    const { part } = message;
    if (part === undefined) return;
    const where = { ...within(message), content_index: message.done.length };
    const whole = part.kind === 'text' ? textPart(part.text, part.logprobs) : refusalPart(part.text);
    if (part.kind === 'text') emit('response.output_text.done', { ...where, text: part.text, logprobs: part.logprobs });
    else emit('response.refusal.done', { ...where, refusal: part.text });
    emit('response.content_part.done', { ...where, part: whole });
    message.done.push(whole);
    message.part = undefined;
  };
  const closeThought = (thought: OpenThought, proof: Proof): void => {
    const where = { ...within(thought), summary_index: 0 };
    if (thought.text !== '') {
      emit('response.reasoning_summary_text.done', { ...where, text: thought.text });
      emit('response.reasoning_summary_part.done', { ...where, part: { type: 'summary_text', text: thought.text } });
    }
    done(thought, reasoningItem(thought.id, thought.text, proof));
    open = undefined;
  };
  const closeOpen = (status: ItemStatus): void => {
    if (open?.kind === 'message') {
      closePart(open);
      done(open, messageItem(open.id, open.done, status));
    } else if (open !== undefined) closeThought(open, {});
    open = undefined;
  };
  const argumentsOf = (call: OpenCall, text: string): void => {
    call.text += text;
    emit('response.function_call_arguments.delta', { ...within(call), delta: text });
  };
  const closeCalls = (status: ItemStatus): void => {
    for (const call of calls.values()) {
      if (call.text === '') argumentsOf(call, '{}');
      emit('response.function_call_arguments.done', { ...within(call), name: call.name, arguments: call.text });
      done(call, callItem(call.id, call.callId, call.name, call.text, status));
    }
    calls.clear();
  };

  const partOf = (kind: 'text' | 'refusal'): OpenMessage & { readonly part: NonNullable<OpenMessage['part']> } => {
    closeCalls('completed');
    if (open?.kind !== 'message') {
      closeOpen('completed');
      open = { kind: 'message', ...newItem('msg'), done: [], part: undefined };
      added(open, messageItem(open.id, [], 'in_progress'));
    }
    const message = open;
    if (message.part?.kind !== kind) {
      closePart(message);
      message.part = { kind, text: '', logprobs: [] };
      const part = kind === 'text' ? textPart('') : refusalPart('');
      emit('response.content_part.added', { ...within(message), content_index: message.done.length, part });
    }
    return message as OpenMessage & { readonly part: NonNullable<OpenMessage['part']> };
  };
  const openThought = (): OpenThought => {
    if (open?.kind === 'thought') return open;
    closeCalls('completed');
    closeOpen('completed');
    open = { kind: 'thought', ...newItem('rs'), text: '' };
    added(open, reasoningItem(open.id, '', {}));
    return open;
  };

  return {
    text: (text, logprobs) => {
      const message = partOf('text');
      const proven = logprobsOf(logprobs);
      message.part.text += text;
      message.part.logprobs.push(...proven);
      const content_index = message.done.length;
      emit('response.output_text.delta', { ...within(message), content_index, delta: text, logprobs: proven });
    },
    refusal: (text) => {
      const message = partOf('refusal');
      message.part.text += text;
      emit('response.refusal.delta', { ...within(message), content_index: message.done.length, delta: text });
    },
    thinking: (text) => {
      const thought = openThought();
      const where = { ...within(thought), summary_index: 0 };
      if (thought.text === '') {
        emit('response.reasoning_summary_part.added', { ...where, part: { type: 'summary_text', text: '' } });
      }
      thought.text += text;
      emit('response.reasoning_summary_text.delta', { ...where, delta: text });
    },
    endThinking: (proof) => {
      // A hidden thought has no text before its end.
      const hidden = proof.redacted !== undefined || proof.signature !== undefined;
      if (open?.kind === 'thought' || hidden) closeThought(openThought(), proof);
    },
    startCall: (index, callId, name) => {
      closeOpen('completed');
      const call: OpenCall = { ...newItem('fc'), callId, name, text: '' };
      calls.set(index, call);
      added(call, callItem(call.id, callId, name, '', 'in_progress'));
    },
    callArguments: (index, text) => {
      const call = calls.get(index);
      if (call !== undefined) argumentsOf(call, text);
    },
    closeAll: (status) => {
      closeOpen(status);
      closeCalls(status);
    },
    // Places of items that are still open are left out.
    output: () => finished.filter((item) => item !== undefined),
  };
}

function within({ id, place }: Item): Json {
  return { item_id: id, output_index: place };
}
