import { describe, expect, it } from 'vitest';
import type { RunEvent, RunView } from '#api/contract';
import { createEventHub } from '../../app/runs/event-hub.ts';
import { waitingStages } from '../../app/runs/progress-board.ts';

const [stage] = waitingStages();
const someRun = { id: 'r' } as RunView;

async function take(events: AsyncGenerator<RunEvent>, count: number): Promise<RunEvent[]> {
  const taken: RunEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

describe('live news of a run', () => {
  it('greets a new reader with the run as it is, then tells what is new', async () => {
    const hub = createEventHub();
    if (stage === undefined) throw new Error('no stages');
    hub.publish({ kind: 'stage', stage });
    const reading = take(
      hub.read(undefined, () => someRun, AbortSignal.timeout(5000)),
      3,
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    hub.publish({ kind: 'stage', stage: { ...stage, done: 1 } });
    hub.publish({ kind: 'stage', stage: { ...stage, done: 2 } });
    const [first, second, third] = await reading;
    expect(first).toMatchObject({ kind: 'run', run: someRun });
    expect([second, third]).toMatchObject([{ stage: { done: 1 } }, { stage: { done: 2 } }]);
  });

  it('gives a returning reader exactly what it missed', async () => {
    const hub = createEventHub();
    if (stage === undefined) throw new Error('no stages');
    for (const done of [1, 2, 3, 4]) hub.publish({ kind: 'stage', stage: { ...stage, done } });
    const [greeting] = await take(
      hub.read(undefined, () => someRun, AbortSignal.timeout(5000)),
      1,
    );
    hub.publish({ kind: 'stage', stage: { ...stage, done: 5 } });
    hub.publish({ kind: 'stage', stage: { ...stage, done: 6 } });
    const missed = await take(
      hub.read(greeting?.seq, () => someRun, AbortSignal.timeout(5000)),
      2,
    );
    expect(missed).toMatchObject([{ stage: { done: 5 } }, { stage: { done: 6 } }]);
    expect(missed.map((event) => event.seq)).toEqual(missed.map((event) => event.seq).toSorted((a, b) => a - b));
  });

  it('ends when its reader goes away', async () => {
    const hub = createEventHub();
    const abort = new AbortController();
    const reading = take(
      hub.read(undefined, () => someRun, abort.signal),
      5,
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    abort.abort();
    expect(await reading).toHaveLength(1);
  });
});
