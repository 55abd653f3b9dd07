// One error type and one table of codes. Docs, HTTP statuses and CLI exit codes all come from this table,
// so a failure reads the same wherever it surfaces. Add a row before throwing a new code.

/** CLI exit codes of the contract. */
export type ExitCode = 1 | 2 | 3 | 130;

interface ErrorRow {
  /** HTTP status. */
  readonly status: number;
  readonly exit: ExitCode;
  readonly retryable: boolean;
  /** Short, stable title (RFC 9457 `title`). */
  readonly title: string;
}

const row = (status: number, exit: ExitCode, retryable: boolean, title: string): ErrorRow => ({ status, exit, retryable, title });

export const ERROR_TABLE = {
  invalid_input: row(400, 2, false, 'The input is not valid'),
  invalid_scenario: row(422, 2, false, 'The scenario is not valid'),
  invalid_config: row(422, 2, false, 'The configuration is not valid'),
  no_documents: row(422, 2, false, 'No document could be read'),
  document_unreadable: row(422, 2, false, 'The document cannot be read'),
  document_too_large: row(413, 2, false, 'The document is over a limit'),
  question_missing: row(422, 2, false, 'A question is needed'),
  not_found: row(404, 2, false, 'Not found'),
  conflict: row(409, 1, false, 'That does not fit the present state'),
  unauthenticated: row(401, 1, false, 'A key is needed'),
  forbidden: row(403, 1, false, 'Not allowed'),
  origin_refused: row(403, 1, false, 'Request from another site refused'),
  budget_exceeded: row(402, 3, false, 'The budget is used up'),
  limit_exceeded: row(429, 3, true, 'A limit is reached'),
  model_unknown: row(404, 2, false, 'No such model'),
  model_unpriced: row(422, 2, false, 'The model has no price'),
  model_unavailable: row(502, 1, true, 'The model provider did not answer'),
  model_timeout: row(504, 1, true, 'The model provider took too long'),
  model_rejected: row(502, 1, false, 'The model provider refused the request'),
  model_rate_limited: row(503, 1, true, 'The model provider asks to slow down'),
  model_stream_cut: row(502, 1, true, 'The model stream ended early'),
  context_exceeded: row(400, 2, false, 'The prompt is longer than the model takes'),
  content_refused: row(400, 1, false, 'The model provider refused the content'),
  guardrail_blocked: row(400, 1, false, 'A guardrail blocked the content'),
  audit_broken: row(500, 1, false, 'The audit chain does not verify'),
  model_invalid_output: row(502, 1, true, 'The model answered in the wrong form'),
  tool_failed: row(502, 1, true, 'The tool failed'),
  approval_required: row(409, 1, false, 'An approval is needed'),
  record_corrupt: row(500, 1, false, 'The run file is damaged'),
  replay_diverged: row(500, 1, false, 'The replay differs from the record'),
  report_rejected: row(500, 1, false, 'The report failed its own check'),
  worker_failed: row(500, 1, true, 'A worker thread failed'),
  browser_missing: row(501, 1, false, 'No browser is installed'),
  storage_failed: row(500, 1, true, 'Storage failed'),
  port_in_use: row(500, 1, false, 'The port is taken'),
  cancelled: row(499, 130, false, 'Cancelled'),
  internal: row(500, 1, false, 'Unexpected fault'),
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_TABLE;

export interface ShoalErrorOptions {
  /** What the person can do about it, as an imperative sentence. */
  readonly hint?: string;
  readonly cause?: unknown;
  /** Where and with what values; JSON only, never secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Every fault that a person may see. `message` says what is wrong and where; `hint` says what to do. */
export class ShoalError extends Error {
  override readonly name = 'ShoalError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, options: ShoalErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? {};
  }

  get status(): number {
    return ERROR_TABLE[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_TABLE[this.code].retryable;
  }

  get exitCode(): ExitCode {
    return ERROR_TABLE[this.code].exit;
  }
}
