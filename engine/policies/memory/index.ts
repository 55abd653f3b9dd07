// Memory: what an agent would recall, from the record.
export { memoryOf } from './recall.ts';
export { contentWords, overlap, recency } from './score.ts';
