// What a rendering needs to know beside the report.

export interface RenderContext {
  /** Names of the documents behind the run, by id. */
  readonly documents: Readonly<Record<string, string>>;
}
