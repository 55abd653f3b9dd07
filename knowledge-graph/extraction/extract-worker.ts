// Entry of an extraction thread: some documents in, what the rules found in each out, as one JSON text. Text crosses
// threads as a block of memory; the many small objects of a finding would be copied one by one on the main thread.
import { extractByRules } from './skills.ts';
import type { ExtractInput } from './skills.ts';

export default function extractBatch(inputs: readonly ExtractInput[]): string {
  return JSON.stringify(inputs.map(({ document }) => extractByRules(document)));
}
