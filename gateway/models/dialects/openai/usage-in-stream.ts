// Whether a streamed event can hold a usage, told without parsing it: almost none does, and every one is asked.

const KEY = '"usage"';

/** True where a key `usage` has an object for its value. Inside a JSON text its quotes would be escaped. */
export function mayHoldUsage(data: string): boolean {
  for (let at = data.indexOf(KEY); at !== -1; at = data.indexOf(KEY, at + KEY.length)) {
    let next = at + KEY.length;
    while (data[next] === ' ' || data[next] === '\n') next += 1;
    if (data[next] !== ':') continue;
    next += 1;
    while (data[next] === ' ' || data[next] === '\n') next += 1;
    if (data[next] === '{') return true;
  }
  return false;
}
