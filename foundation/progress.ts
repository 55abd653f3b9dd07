// How long work tells where it is: the same small value from a parser, a round loop or a report.

export interface Progress {
  /** Units done and in all, in the unit of the stage (documents, agents, rounds, sections). */
  readonly done: number;
  readonly total: number;
  /** What is happening now, for a person. */
  readonly message: string;
}

export type ReportProgress = (progress: Progress) => void;
