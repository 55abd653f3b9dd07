// A snapshot as JSON, piece by piece: the text of a large graph is longer than a string can be.
import type { GraphSnapshot } from '../contract.ts';

/** Together one JSON object, with each item of a list on a line of its own. */
export function* snapshotText(snapshot: GraphSnapshot): Generator<string> {
  let separator = '{\n';
  for (const [key, value] of Object.entries(snapshot) as [string, unknown][]) {
    if (value === undefined) continue;
    yield `${separator}${JSON.stringify(key)}: `;
    separator = ',\n';
    if (!Array.isArray(value)) yield JSON.stringify(value);
    else {
      let open = '[\n';
      for (const item of value) {
        yield open + JSON.stringify(item);
        open = ',\n';
      }
      yield value.length === 0 ? '[]' : '\n]';
    }
  }
  yield '\n}\n';
}
