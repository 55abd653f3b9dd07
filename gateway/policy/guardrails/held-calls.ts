// Tool calls of a stream, held back until their arguments are whole: only then can each string in them be looked at
// (a JSON escape may hide what it says) and replaced without breaking the JSON. Pieces of calls may come in any mixture.
import { parseJson } from '../../models/dialects/reading.ts';
import type { ModelEvent } from '../../models/exchange.ts';
import { MOST_HELD_CHARACTERS, tooLong } from './guarded-output.ts';

type CallStart = Extract<ModelEvent, { kind: 'tool-call-start' }>;
type CallDelta = Extract<ModelEvent, { kind: 'tool-call-delta' }>;

export interface HeldCall {
  /** Absent for pieces that come after their call has been let go of. */
  start: CallStart | undefined;
  readonly choice: number;
  readonly index: number;
  arguments: string;
}

export interface HeldCalls {
  /** Whether the event is held: a piece of a call, or anything that comes behind one that is not whole yet. */
  hold(event: ModelEvent): boolean;
  isHolding(choice: number): boolean;
  /** What is held of a choice (or of all), to be sent on in this order. */
  takeOut(choice: number | undefined): readonly { readonly calls: readonly HeldCall[]; readonly behind: readonly ModelEvent[] }[];
}

interface Queue {
  readonly calls: Map<number, HeldCall>;
  readonly behind: ModelEvent[];
  /** Undefined once something was added that has not been looked at. */
  whole: boolean | undefined;
}

export function createHeldCalls(guardrail: string | undefined): HeldCalls {
  const queues = new Map<number, Queue>();
  let characters = 0;

  const add = (event: CallStart | CallDelta): void => {
    const { choice, index } = event;
    let queue = queues.get(choice);
    if (queue === undefined) queues.set(choice, (queue = { calls: new Map(), behind: [], whole: undefined }));
    let call = queue.calls.get(index);
    if (call === undefined) queue.calls.set(index, (call = { start: undefined, choice, index, arguments: '' }));
    queue.whole = undefined;
    if (event.kind === 'tool-call-start') {
      call.start = event;
      return;
    }
    call.arguments += event.arguments;
    count(event.arguments.length);
  };
  const count = (more: number): void => {
    characters += more;
    if (characters > MOST_HELD_CHARACTERS) throw tooLong(guardrail);
  };

  return {
    hold: (event) => {
      if (event.kind === 'tool-call-start' || event.kind === 'tool-call-delta') {
        add(event);
        return true;
      }
      if (!('choice' in event) || event.kind === 'choice-end') return false;
      const queue = queues.get(event.choice);
      if (queue === undefined) return false;
      queue.whole ??= [...queue.calls.values()].every(isWhole);
      if (queue.whole) return false;
      queue.behind.push(event);
      if ('text' in event) count(event.text.length);
      return true;
    },
    isHolding: (choice) => queues.has(choice),
    takeOut: (choice) => {
      const taken = [...queues].filter(([of]) => choice === undefined || of === choice);
      return taken.map(([of, { calls, behind }]) => {
        queues.delete(of);
        return { calls: [...calls.values()], behind };
      });
    },
  };
}

function isWhole({ arguments: written }: HeldCall): boolean {
  return written === '' || parseJson(written) !== undefined;
}
