// An answer that this gateway keeps, so that its client may go on from it by its id.
import type { Json, ModelRequest } from '../models/exchange.ts';

export interface KeptAnswer {
  /** Of an answer that is written here. A provider's own id may come again: some count to a thousand and begin anew. */
  readonly id: string;
  /** The request as an answer that is written here repeats it. */
  repeated(request: ModelRequest): ModelRequest;
  /** Takes the whole answer as its client gets it, before the client knows that it is whole. */
  take(answer: Json): void;
  /** Reads along in a stream that is passed on; absent = a provider of the same API keeps its answers itself. */
  readonly watch: ((chunk: Uint8Array) => void) | undefined;
}
