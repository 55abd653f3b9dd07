// A stream that somebody outside must judge: it is held back whole, judged once, and sent on if it may be.
import type { TextSlot } from '../../models/dialects/dialect.ts';
import { changeArgumentsText } from '../../models/dialects/argument-texts.ts';
import type { ModelEvent } from '../../models/exchange.ts';
import type { ModelCall, Output } from '../../models/model-call.ts';
import { slotsOf } from '../../models/part-texts.ts';
import type { Guardrail } from './create-guardrails.ts';
import { enforce } from './enforce.ts';
import { MOST_HELD_CHARACTERS, channelOf, eventsOnly, isTextEvent, tooLong, withText } from './guarded-output.ts';
import type { GuardedOutput } from './guarded-output.ts';
import type { Placeholders } from './placeholders.ts';

interface Channel {
  readonly isArguments: boolean;
  text: string;
}

export function createHeldOutput(
  guardrails: readonly Guardrail[],
  call: ModelCall,
  sink: Output,
  placeholders: Placeholders,
): GuardedOutput {
  const events: ModelEvent[] = [];
  const channels = new Map<string, Channel>();
  let characters = 0;
  let released = false;

  const judged = async (): Promise<Map<string, string>> => {
    const before = [...channels.values()].flatMap(slotsIn);
    const after = await enforce(guardrails, before, call, 'output', placeholders);
    let next = 0;
    const restored = (): string => placeholders.restore(after[next++]?.text ?? '');
    return new Map(
      [...channels].map(([name, { isArguments, text }]) => [
        name,
        isArguments ? changeArgumentsText(text, restored) : restored(),
      ]),
    );
  };

  const release = async (): Promise<void> => {
    if (released) return;
    released = true;
    const changed = await judged();
    for (const event of events) {
      const isCall = event.kind === 'tool-call-delta';
      if (!isCall && !isTextEvent(event)) {
        await sink.event(event);
        continue;
      }
      // All of a channel's text goes with its first piece.
      const text = changed.get(channelOf(event));
      changed.delete(channelOf(event));
      if (text === undefined || text === '') continue;
      await sink.event(isCall ? { ...event, arguments: text } : withText(event, text));
    }
  };

  const take = (event: ModelEvent): Promise<void> | undefined => {
    events.push(event);
    const isArguments = event.kind === 'tool-call-delta';
    if (isArguments || isTextEvent(event)) {
      const name = channelOf(event);
      const text = isArguments ? event.arguments : event.text;
      characters += text.length;
      if (characters > MOST_HELD_CHARACTERS) throw tooLong(guardrails[0]?.name);
      const channel = channels.get(name);
      if (channel === undefined) channels.set(name, { isArguments, text });
      else channel.text += text;
    }
    return event.kind === 'end' ? release() : undefined;
  };
  return { output: eventsOnly(() => events.length > 0 || sink.started, take), finish: release, abandon: () => undefined };
}

function slotsIn({ isArguments, text }: Channel): readonly TextSlot[] {
  return isArguments ? slotsOf((change) => changeArgumentsText(text, change)) : [{ role: 'assistant', text }];
}
