// What a register offers to the composer: whole sentences only, so that any of them can stand beside any other.
// Invariant: a sentence speaks of the talking point beside it as "this" or "that", never of the issue by name, because
// being for a proposition can mean being against the thing in it.

export interface ByStrength {
  readonly strong: readonly string[];
  readonly mild: readonly string[];
}

export interface Phrases {
  /** Before what one has to say. */
  readonly lead: readonly string[];
  /** After a point that one shares. */
  readonly concur: ByStrength;
  /** After a point of the other side. */
  readonly dissent: ByStrength;
  /** After a point, where one has not made up one's mind. */
  readonly torn: readonly string[];
  /** First words of an answer. */
  readonly agree: readonly string[];
  readonly disagree: readonly string[];
  readonly ask: readonly string[];
  /** Last words. */
  readonly close: readonly string[];
  /** Where one stands on the question as a whole; yes = with the proposition. */
  readonly yes: ByStrength;
  readonly no: ByStrength;
}
