// Entry of an extraction thread: some documents in, what the rules found in each out, as one JSON text. Text crosses
// threads as a block of memory; the many small objects of a finding would be copied one by one on the main thread.
import type { Document } from '../contract.ts';
import { extractByRules } from './skills.ts';

export default function extractBatch(documents: readonly Document[]): string {
  return JSON.stringify(documents.map(extractByRules));
}
