// The flows that have someone waiting, least start tag first; equal tags in the order in which they came. A binary
// heap in which each flow knows its index, so that one whose last waiter leaves can be taken out.

export interface Ranked {
  /** Virtual time at which its next waiter may start. */
  start: number;
  /** Breaks ties. */
  order: number;
  /** Its place in the heap; -1 outside. */
  index: number;
}

export interface FlowHeap<F extends Ranked> {
  readonly size: number;
  first(): F | undefined;
  add(flow: F): void;
  remove(flow: F): void;
  /** After the tag of a flow inside has changed. */
  moved(flow: F): void;
  /** A copy, in no particular order. */
  all(): readonly F[];
}

const before = (a: Ranked, b: Ranked): boolean => a.start < b.start || (a.start === b.start && a.order < b.order);

export function createFlowHeap<F extends Ranked>(): FlowHeap<F> {
  const heap: F[] = [];

  const put = (flow: F, index: number): void => {
    heap[index] = flow;
    flow.index = index;
  };
  const rise = (flow: F): void => {
    let at = flow.index;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || !before(flow, parent)) break;
      put(parent, at);
      at = above;
    }
    put(flow, at);
  };
  const sink = (flow: F): void => {
    let at = flow.index;
    for (;;) {
      const left = heap[2 * at + 1];
      const right = heap[2 * at + 2];
      const child = left !== undefined && right !== undefined && before(right, left) ? right : left;
      if (child === undefined || !before(child, flow)) break;
      const below = child.index;
      put(child, at);
      at = below;
    }
    put(flow, at);
  };
  const moved = (flow: F): void => {
    rise(flow);
    sink(flow);
  };

  return {
    get size() {
      return heap.length;
    },
    first: () => heap[0],
    add: (flow) => {
      flow.index = heap.length;
      heap.push(flow);
      rise(flow);
    },
    remove: (flow) => {
      const { index } = flow;
      if (index < 0) return;
      flow.index = -1;
      const last = heap.pop();
      if (last === undefined || last === flow) return;
      put(last, index);
      moved(last);
    },
    moved,
    all: () => [...heap],
  };
}
