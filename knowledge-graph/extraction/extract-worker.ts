// Entry of an extraction thread: some documents in, what the rules found in each out, as bytes. They cross threads as a
// block of memory; the many small objects of a finding would be copied one by one on the main thread.
import { withAuthors } from './authors.ts';
import { pack } from './packed.ts';
import type { Packed } from './packed.ts';
import { extractByRules } from './skills.ts';
import type { ExtractInput } from './skills.ts';

export default function extractBatch(inputs: readonly ExtractInput[]): Packed {
  return pack(
    inputs.map(({ document, declared }) => withAuthors({ document, extraction: extractByRules(document, declared) }).extraction),
  );
}
