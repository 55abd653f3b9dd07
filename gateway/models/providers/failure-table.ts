// One table over all providers' words for what went wrong. Rows are tried in order and the first that fits decides, so
// what is narrow stands before what is wide; a status alone decides only where no row fits.
import type { ErrorClass } from '../provider-error.ts';

/** A provider's answer to a request that it did not fulfil. */
export interface Complaint {
  readonly status: number;
  /** Its machine-readable word, and its sentence. */
  readonly code: string;
  readonly message: string;
}

interface FailureRow {
  readonly errorClass: ErrorClass;
  readonly code?: RegExp;
  readonly message?: RegExp;
  /** Only with one of these statuses. */
  readonly status?: readonly number[];
}

const ROWS: readonly FailureRow[] = [
  // Money. OpenAI and Azure say it with 429, Anthropic and xAI with 400 and 403: it must be seen before those.
  {
    errorClass: 'credit',
    code: /^(insufficient_quota|billing_error|billing_hard_limit_reached|insufficient_credits|arrearage|payment_required)$/i,
  },
  {
    errorClass: 'credit',
    message:
      /credit balance is too low|insufficient balance|used all available credits|monthly spending limit|prepayment credits? (are|is) depleted|insufficient credits|account is in good standing/i,
  },

  // Keys. Gemini and xAI say it with 400; the words are looked for there only, since a prompt may be quoted elsewhere.
  {
    errorClass: 'auth',
    code: /^(invalid_api_key|invalidapikey|api_key_invalid|authentication_error|permission_error|unauthenticated|permission_denied|unrecognizedclientexception|invalidsignatureexception|incompletesignatureexception|expiredtokenexception|missingauthenticationtokenexception|accessdeniedexception|invalidclienttokenid)$/i,
  },
  {
    errorClass: 'auth',
    message: /api key not valid|incorrect api key|api key expired|security token .* (invalid|expired)/i,
    status: [400],
  },

  // The prompt's length.
  { errorClass: 'context-window', code: /^(context_length_exceeded|exceed_context_size_error|context_window_exceeded)$/i },
  {
    errorClass: 'context-window',
    message:
      /prompt is too long|maximum (context|prompt) length|exceeds? (the )?(model's |available )?(maximum )?context (limit|length|size|window)|input token count .*exceeds|input is too long|too many input tokens|too large for model with \d+ maximum context|range of input length should be|input length exceeds|reduce the length of the (messages|prompt)|max_new_tokens.* must be <=|input length and `?max_tokens`? exceed|context the overflows/i,
    status: [400, 413, 422, 500],
  },

  // What may not be said.
  {
    errorClass: 'content-policy',
    code: /^(content_filter|content_policy_violation|responsibleaipolicyviolation|data_inspection_failed|datainspectionfailed|moderation_blocked|invalid_prompt|cyber_policy_violation|safety|prohibited_content|blocked|content_filtered)$/i,
  },
  {
    errorClass: 'content-policy',
    message:
      /content (management|filtering) policy|content exists risk|violat\w+ (our |the )?(usage|content) (policy|policies|guidelines)|blocked by (our )?(safety|content|moderation)|safety_check_type|prohibited_content|input was flagged|requires moderation|inappropriate content|data_inspection_failed/i,
    status: [400, 403, 422, 451],
  },

  // Too much at once.
  {
    errorClass: 'rate-limit',
    code: /^(rate_limit_exceeded|rate_limit_error|ratelimitreached|too_many_requests|throttlingexception|toomanyrequestsexception|throttling(\..*)?|limit_requests|limit_burst_rate|requests|tokens|resource_exhausted|servicequotaexceededexception|slow_down|capacity_exceeded)$/i,
  },

  // Its fault, not ours. Anthropic's 529 and Bedrock's cold models come here; so do errors inside an answer of 200.
  {
    errorClass: 'timeout',
    code: /^(timeout_error|deadline_exceeded|modeltimeoutexception|request_timeout|requesttimeout)$/i,
  },
  {
    errorClass: 'outage',
    code: /^(overloaded_error|api_error|server_error|internal_error|internal_server_error|internalerror|internal|unavailable|service_unavailable|serviceunavailableexception|internalserverexception|modelnotreadyexception|modelerrorexception|modelstreamerrorexception|engine_overloaded|aborted)$/i,
  },
];

const BY_STATUS: Readonly<Record<number, ErrorClass>> = {
  401: 'auth',
  402: 'credit',
  403: 'auth',
  408: 'timeout',
  409: 'outage',
  // Groq: no place for flexible processing.
  498: 'rate-limit',
  // Bedrock: the model failed.
  424: 'outage',
  429: 'rate-limit',
  504: 'timeout',
  // Cloudflare before a provider: no answer in time.
  522: 'timeout',
  524: 'timeout',
};

export function classOf(complaint: Complaint): ErrorClass {
  const row = ROWS.find((candidate) => fits(candidate, complaint));
  if (row !== undefined) return row.errorClass;
  return BY_STATUS[complaint.status] ?? (complaint.status >= 500 || complaint.status < 400 ? 'outage' : 'invalid');
}

function fits(row: FailureRow, { status, code, message }: Complaint): boolean {
  if (row.status !== undefined && !row.status.includes(status)) return false;
  return (row.code?.test(code) ?? false) || (row.message?.test(message) ?? false);
}
