// A stream checked as it passes. Of every running text the end is held back from where a finding may still grow, so one
// that is split over pieces is seen whole before any of it is sent. What cannot be judged in part (a JSON document, the
// length) and what is only observed is looked at when the text has ended, and holds nothing back. Tool calls are held
// until they are whole, unless there is nothing to act on and nothing to restore.
import { changeArgumentsText } from '../../models/dialects/argument-texts.ts';
import type { ModelEvent } from '../../models/exchange.ts';
import type { ModelCall, Output } from '../../models/model-call.ts';
import { slotsOf } from '../../models/part-texts.ts';
import type { Guardrail } from './create-guardrails.ts';
import { enforce } from './enforce.ts';
import { channelOf, eventsOnly, isTextEvent, withText } from './guarded-output.ts';
import type { GuardedOutput, TextEvent } from './guarded-output.ts';
import { createHeldCalls } from './held-calls.ts';
import type { HeldCall } from './held-calls.ts';
import type { Placeholders } from './placeholders.ts';
import { createWindow } from './window.ts';
import type { Running } from './window.ts';

/** Text kept for what is judged at the end. */
const MOST_KEPT = 1_000_000;

interface Channel extends Running {
  /** The event that the next piece is written like. */
  last: TextEvent;
  whole: string;
}

export function createWindowedOutput(
  guardrails: readonly Guardrail[],
  call: ModelCall,
  sink: Output,
  placeholders: Placeholders,
): GuardedOutput {
  const atEnd = guardrails.filter(({ mode, check }) => mode === 'observe' || check.wholeOnly === true);
  const channels = new Map<string, Channel>();
  /** Arguments by call, as far as somebody wants to see them at the end. */
  const written = new Map<string, string>();
  const window = createWindow(guardrails, call, placeholders);
  const held = createHeldCalls(guardrails[0]?.name);
  const holdsCalls = window.acts || placeholders.hasRestorable;
  let finished = false;

  const send = (channel: Channel, final: boolean): Promise<void> | undefined => {
    const text = window.advance(channel, final);
    return text === '' ? undefined : sink.event(withText(channel.last, text));
  };

  /** Lets go of what is held of a choice, another running text of it apart. */
  const letGo = async (choice: number | undefined, except: string | undefined): Promise<void> => {
    for (const [name, channel] of channels) {
      if (channel.pending === '' || name === except || (choice !== undefined && channel.last.choice !== choice)) continue;
      await send(channel, true);
    }
  };

  const sendCall = async ({ start, choice, index, arguments: text }: HeldCall): Promise<void> => {
    const checked = changeArgumentsText(text, (slot) => window.advance({ before: '', pending: slot.text }, true));
    if (start !== undefined) await sink.event(start);
    if (checked !== '') await sink.event({ kind: 'tool-call-delta', choice, index, arguments: checked });
  };

  const letCallsGo = async (choice: number | undefined): Promise<void> => {
    for (const { calls, behind } of held.takeOut(choice)) {
      for (const whole of calls) await sendCall(whole);
      for (const event of behind) await pass(event);
    }
  };

  const judgeEnded = async (): Promise<void> => {
    const said = [...channels.values()]
      .filter(({ last }) => last.kind === 'text-delta')
      .map(({ whole }) => ({ role: 'assistant' as const, text: whole }));
    const inArguments = [...written.values()].flatMap((text) => slotsOf((change) => changeArgumentsText(text, change)));
    await enforce(atEnd, [...said, ...inArguments], call, 'output', placeholders);
  };

  const finish = async (): Promise<void> => {
    if (finished) return;
    finished = true;
    await letCallsGo(undefined);
    await letGo(undefined, undefined);
    window.conclude();
    if (atEnd.length > 0) await judgeEnded();
  };

  const takeText = (event: TextEvent): Promise<void> | undefined => {
    const name = channelOf(event);
    const { text } = event;
    const known = channels.get(name);
    const channel = known ?? { last: event, before: '', pending: '', whole: '' };
    if (known === undefined) channels.set(name, channel);
    channel.last = event;
    channel.pending += text;
    if (atEnd.length > 0 && channel.whole.length < MOST_KEPT) channel.whole += text;
    if (!holdsOthers(event.choice, name)) return send(channel, false);
    return (async () => {
      await letGo(event.choice, name);
      await send(channel, false);
    })();
  };
  const holdsOthers = (choice: number, name: string): boolean => {
    if (channels.size === 1) return false;
    for (const [other, { last, pending }] of channels)
      if (other !== name && pending !== '' && last.choice === choice) return true;
    return false;
  };

  const keepArguments = (event: ModelEvent): void => {
    if (event.kind !== 'tool-call-delta' || atEnd.length === 0) return;
    const name = channelOf(event);
    const before = written.get(name) ?? '';
    if (before.length < MOST_KEPT) written.set(name, before + event.arguments);
  };

  /** An event that is held no longer. */
  const pass = (event: ModelEvent): Promise<void> | undefined => {
    if (isTextEvent(event)) return takeText(event);
    if (event.kind === 'start' || event.kind === 'usage') return sink.event(event);
    if (event.kind === 'tool-call-delta') return sink.event(event);
    return (async () => {
      if (event.kind === 'end') await finish();
      else await letGo(event.choice, undefined);
      await sink.event(event);
    })();
  };

  const take = (event: ModelEvent): Promise<void> | undefined => {
    keepArguments(event);
    if (!holdsCalls) return pass(event);
    if (held.hold(event)) return event.kind === 'tool-call-start' ? letGo(event.choice, undefined) : undefined;
    if (!('choice' in event) || !held.isHolding(event.choice)) return pass(event);
    return (async () => {
      await letCallsGo(event.choice);
      await pass(event);
    })();
  };
  return { output: eventsOnly(() => sink.started, take), finish, abandon: () => window.conclude() };
}
