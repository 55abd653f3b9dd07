// Gemini may leave out the ids of function calls and tell results apart by name and order; the common form needs ids.
export interface CallIds {
  call(id: string | undefined, name: string): string;
  result(id: string | undefined, name: string): string;
}

/** `prefix` makes the ids of one request or answer its own. */
export function createCallIds(prefix: string): CallIds {
  const waiting = new Map<string, string[]>();
  let calls = 0;
  return {
    call(id, name) {
      const given = id === undefined || id === '' ? `${prefix}${calls}` : id;
      calls++;
      const queue = waiting.get(name);
      if (queue === undefined) waiting.set(name, [given]);
      else queue.push(given);
      return given;
    },
    result(id, name) {
      const queue = waiting.get(name) ?? [];
      const next = id === undefined || id === '' ? queue.shift() : id;
      const at = next === undefined ? -1 : queue.indexOf(next);
      if (at >= 0) queue.splice(at, 1);
      return next ?? name;
    },
  };
}
