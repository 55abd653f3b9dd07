// A stream put together again: what a client holds after the last event.
import type { FinishReason, ModelEvent, Part, Usage } from '../../../gateway/models/exchange.ts';

export interface Folded {
  readonly parts: readonly Part[];
  readonly finishReason: FinishReason | undefined;
  readonly stopped: string | undefined;
  readonly usage: Usage | undefined;
}

export function fold(events: readonly ModelEvent[], choice = 0): Folded {
  const parts: Part[] = [];
  let ended: { finishReason: FinishReason; stopped?: string } | undefined;
  let usage: Usage | undefined;
  const grow = (kind: 'text' | 'refusal' | 'thinking', text: string): void => {
    const last = parts.at(-1);
    const open =
      last?.kind === kind && !(last.kind === 'thinking' && (last.signature !== undefined || last.redacted !== undefined));
    if (open) parts[parts.length - 1] = { ...last, text: last.text + text };
    else parts.push({ kind, text });
  };
  for (const event of events) {
    if (event.kind === 'usage') ({ usage } = event);
    if (!('choice' in event) || event.choice !== choice) continue;
    if (event.kind === 'text-delta' && event.text !== '') grow('text', event.text);
    if (event.kind === 'refusal-delta') grow('refusal', event.text);
    if (event.kind === 'thinking-delta') grow('thinking', event.text);
    if (event.kind === 'thinking-end') {
      const { signature, redacted } = event;
      if (signature !== undefined) {
        grow('thinking', '');
        const last = parts.at(-1);
        if (last?.kind === 'thinking') parts[parts.length - 1] = { ...last, signature };
      }
      if (redacted !== undefined) parts.push({ kind: 'thinking', text: '', redacted });
    }
    if (event.kind === 'tool-call-start') parts.push({ kind: 'tool-call', id: event.id, name: event.name, arguments: '' });
    if (event.kind === 'tool-call-delta') {
      const at = parts.findLastIndex((part) => part.kind === 'tool-call');
      const call = parts[at];
      if (call?.kind === 'tool-call') parts[at] = { ...call, arguments: call.arguments + event.arguments };
    }
    if (event.kind === 'choice-end') ended = event;
  }
  return { parts, finishReason: ended?.finishReason, stopped: ended?.stopped, usage };
}
