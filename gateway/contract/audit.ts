// The hash chain of administrative acts.

/** An administrative act; `before` and `after` are JSON without secrets. */
export interface AuditAct {
  readonly actor: string;
  /** `key.created`, `config.applied`: noun, then what happened to it. */
  readonly action: string;
  readonly subject: string;
  readonly before?: unknown;
  readonly after?: unknown;
}
export interface AuditEntry extends AuditAct {
  readonly seq: number;
  readonly at: string;
  readonly previous: string;
  readonly hash: string;
}
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}
export type AuditVerdict =
  | { readonly kind: 'whole'; readonly entries: number; readonly head: AuditHead }
  /** `seq`: the first entry that is not as it was written, or that is gone. */
  | { readonly kind: 'broken'; readonly seq: number; readonly problem: string };

/** Append-only hash chain of every administrative act. */
export interface Audit {
  /** An act on keys or budgets together with its entry: both are on disk, or neither. What `work` throws undoes it. */
  record<T>(work: () => { readonly result: T; readonly act: AuditAct }): T;
  /** For an act that lies elsewhere: written before it is done, so that it cannot be done without a trace. */
  append(act: AuditAct): AuditEntry;
  /** Oldest first, from after `after`. */
  list(query: { readonly after?: number; readonly limit?: number }): readonly AuditEntry[];
  /** Newest first, from before `before`. */
  newest(query: { readonly before?: number | undefined; readonly limit?: number }): readonly AuditEntry[];
  /** Walks the whole chain. `known`: a head that was noted elsewhere and must be part of it. */
  verify(known?: AuditHead): AuditVerdict;
}
