// What an evaluation yields: the standard scores of its task, and the raw predictions for others to score.
export interface Evaluation {
  readonly scores: readonly { readonly name: string; readonly value: number }[];
  readonly predictions: string;
}
