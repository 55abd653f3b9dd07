// The stretch of a document that is given to a model in one call.

export interface Passage {
  readonly start: number;
  readonly end: number;
}
