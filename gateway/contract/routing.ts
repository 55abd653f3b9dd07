// How targets are doing, and who waits for a place.

/** How a target is doing by one of its provider's keys. */
export interface TargetHealth {
  /** `provider/name`. */
  readonly target: string;
  readonly keyIndex: number;
  /** `resting`: it, or its key, has been asked to be left alone; the others are its circuit breaker's. */
  readonly state: 'closed' | 'open' | 'half-open' | 'resting';
  /** Moving averages: until a stream's first piece, and until a whole answer; 0 = unknown. */
  readonly firstByteMs: number;
  readonly wholeMs: number;
  readonly inFlight: number;
  readonly attempts: number;
  readonly failures: number;
  /** Until it is chosen again; 0 = now. */
  readonly blockedMs: number;
}

/** Who is at a provider's, or a limited model's, and who waits for a place there. */
export interface PlacesView {
  /** A provider's id, or a model's qualified name. */
  readonly name: string;
  readonly underWay: number;
  readonly waiting: number;
}
