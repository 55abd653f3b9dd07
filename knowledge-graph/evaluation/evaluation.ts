// What a task of `graph eval` answers: the standard scores, a table to read, and the raw predictions, so that someone
// else can score them with their own scorer.

export interface Evaluation {
  /** The task's main figures, by their usual names; 0–1. */
  readonly scores: readonly { readonly name: string; readonly value: number }[];
  /** Rows of cells, the first one the head. */
  readonly table: readonly (readonly string[])[];
  /** The whole predictions file, ready to write. */
  readonly predictions: string;
}

/** Reads a data file's text and scores the embedded extraction or search on it. Throws `invalid_input` for another format. */
export type Evaluate = (text: string) => Evaluation | Promise<Evaluation>;
