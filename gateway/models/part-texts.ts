// The texts of parts in the common form. Thoughts are left alone: a changed one no longer fits its signature, and what
// was thought without one was thought about texts that had been checked already.
import { changeArgumentsText } from './dialects/argument-texts.ts';
import type { ChangeText, TextSlot } from './dialects/dialect.ts';
import type { ModelRequest, ModelResponse, Part } from './exchange.ts';

export function withRequestTexts(request: ModelRequest, change: ChangeText): ModelRequest {
  const messages = request.messages.map((message) => ({
    ...message,
    parts: message.parts.map((part) => withTexts(part, message.role, change)),
  }));
  return { ...request, messages };
}

export function withResponseTexts(response: ModelResponse, change: ChangeText): ModelResponse {
  const choices = response.choices.map((choice) => ({
    ...choice,
    parts: choice.parts.map((part) => withTexts(part, 'assistant', change)),
  }));
  return { ...response, choices };
}

/** The slots that a walk over a request's or an answer's texts passes. */
export function slotsOf(walk: (change: ChangeText) => unknown): readonly TextSlot[] {
  const slots: TextSlot[] = [];
  walk((slot) => {
    slots.push(slot);
    return slot.text;
  });
  return slots;
}

function withTexts(part: Part, role: TextSlot['role'], change: ChangeText): Part {
  switch (part.kind) {
    case 'text':
    case 'refusal':
      return { ...part, text: change({ role, text: part.text }) };
    case 'tool-call':
      return { ...part, arguments: changeArgumentsText(part.arguments, change) };
    case 'tool-result':
      return { ...part, content: part.content.map((inner) => withTexts(inner, 'tool', change)) };
    default:
      return part;
  }
}
