// The one idea behind the gateway's cache and a run's cassette: answers by the hash of what was asked.
import type { ModelResponse } from '../exchange.ts';

export interface StoredAnswer {
  readonly response: ModelResponse;
  /** What it cost when it was made. */
  readonly costNanoUsd: number;
}

/** Neither waits for a disk: what is kept longer than the process is written behind. */
export interface AnswerStore {
  get(hash: string): StoredAnswer | undefined;
  put(hash: string, answer: StoredAnswer): void;
}
