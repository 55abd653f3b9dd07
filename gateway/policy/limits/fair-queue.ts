// Who is next when many flows wait: start-time fair queueing (Goyal, Vin and Cheng, 1996) with every item of length
// one. A flow's tag grows by 1/weight for each of its items that is served, the least tag is served next, and a flow
// that comes anew starts at the tag that is being served: however long the others' lines are, it waits for no more
// than one item of each flow of its weight. First come first served within a flow. Adding, taking and leaving are
// O(log flows); the memory is that of the waiting items and of the flows served lately.
import { createFlowHeap } from './flow-heap.ts';
import type { Ranked } from './flow-heap.ts';

interface Flow<T> extends Ranked {
  readonly weight: number;
  head: Ticket<T> | undefined;
  tail: Ticket<T> | undefined;
}

/** An item's place in the queue. */
export interface Ticket<T> {
  readonly item: T;
  readonly flow: Flow<T>;
  before: Ticket<T> | undefined;
  after: Ticket<T> | undefined;
  waiting: boolean;
}

export interface FairQueue<T> {
  readonly size: number;
  /** Flows with someone waiting. */
  readonly flows: number;
  add(flow: string, weight: number, item: T): Ticket<T>;
  /** Who would be next. */
  first(): T | undefined;
  take(): T | undefined;
  /** Leaves the queue; false where it had left before. */
  remove(ticket: Ticket<T>): boolean;
  /** Takes out, from the front of each flow on, every item for which `overdue` holds. */
  removeWhile(overdue: (item: T) => boolean): readonly T[];
}

/** Flows that have nobody waiting are forgotten from this many on. */
const REMEMBERED = 64;

export function createFairQueue<T>(): FairQueue<T> {
  const known = new Map<string, Flow<T>>();
  const heap = createFlowHeap<Flow<T>>();
  let size = 0;
  let virtualTime = 0;
  let order = 0;
  let forgetAt = REMEMBERED;

  /** An empty flow whose tag has been passed is as good as a new one. */
  const forget = (): void => {
    for (const [name, flow] of known) if (flow.head === undefined && flow.start <= virtualTime) known.delete(name);
    forgetAt = Math.max(REMEMBERED, 2 * known.size);
  };
  const flowOf = (name: string, weight: number): Flow<T> => {
    const flow = known.get(name);
    if (flow !== undefined) return flow;
    if (known.size >= forgetAt) forget();
    const fresh: Flow<T> = { weight, start: virtualTime, order: 0, index: -1, head: undefined, tail: undefined };
    known.set(name, fresh);
    return fresh;
  };
  const unlink = (ticket: Ticket<T>): void => {
    const { flow, before, after } = ticket;
    if (before === undefined) flow.head = after;
    else before.after = after;
    if (after === undefined) flow.tail = before;
    else after.before = before;
    ticket.waiting = false;
    size--;
    if (flow.head === undefined) heap.remove(flow);
    if (size === 0) {
      known.clear();
      virtualTime = 0;
    }
  };

  return {
    get size() {
      return size;
    },
    get flows() {
      return heap.size;
    },
    add: (name, weight, item) => {
      const flow = flowOf(name, weight);
      const ticket: Ticket<T> = { item, flow, before: flow.tail, after: undefined, waiting: true };
      if (flow.tail === undefined) flow.head = ticket;
      else flow.tail.after = ticket;
      flow.tail = ticket;
      size++;
      if (flow.index < 0) {
        flow.start = Math.max(virtualTime, flow.start);
        flow.order = order++;
        heap.add(flow);
      }
      return ticket;
    },
    first: () => heap.first()?.head?.item,
    take: () => {
      const flow = heap.first();
      const ticket = flow?.head;
      if (flow === undefined || ticket === undefined) return undefined;
      virtualTime = flow.start;
      flow.start += 1 / flow.weight;
      flow.order = order++;
      unlink(ticket);
      if (flow.index >= 0) heap.moved(flow);
      return ticket.item;
    },
    remove: (ticket) => {
      if (!ticket.waiting) return false;
      unlink(ticket);
      return true;
    },
    removeWhile: (overdue) => {
      const removed: T[] = [];
      for (const flow of heap.all()) {
        while (flow.head !== undefined && overdue(flow.head.item)) {
          removed.push(flow.head.item);
          unlink(flow.head);
        }
      }
      return removed;
    },
  };
}
