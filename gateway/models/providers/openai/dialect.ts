// OpenAI-compatible servers differ in what they accept. A dialect says how a request is written for one model; when
// a server refuses a field by name, the dialect gives way by one step and the request is written again. Refused
// requests are not billed, and what has worked is kept for the life of the process. Each step is taken once, so it ends.

/** How the answer's form is asked for, the strictest first. */
const FORMS = ['strict', 'json_schema', 'json_object', 'words'] as const;
export type Form = (typeof FORMS)[number];

export interface Dialect {
  readonly form: Form;
  readonly capField: 'max_tokens' | 'max_completion_tokens';
  /** The other name of the cap has been tried; a server that complains of both means the value. */
  readonly capFieldTried: boolean;
  /** Optional fields that this server does not take. */
  readonly without: readonly OptionalField[];
}

const OPTIONAL_FIELDS = ['temperature', 'seed', 'stream_options', 'reasoning_effort'] as const;
export type OptionalField = (typeof OPTIONAL_FIELDS)[number];

export function firstDialect(reasoning: boolean): Dialect {
  return reasoning
    ? { form: 'strict', capField: 'max_completion_tokens', capFieldTried: false, without: ['temperature'] }
    : { form: 'strict', capField: 'max_tokens', capFieldTried: false, without: ['reasoning_effort'] };
}

/** The dialect to try after a refusal; undefined where the refusal is about something else. */
export function nextDialect(dialect: Dialect, complaint: string): Dialect | undefined {
  if (/response_format|json_schema|json_object|guided|grammar/i.test(complaint)) {
    const form = FORMS[FORMS.indexOf(dialect.form) + 1];
    return form === undefined ? undefined : { ...dialect, form };
  }
  if (!dialect.capFieldTried && complaint.includes(dialect.capField)) {
    const capField = dialect.capField === 'max_tokens' ? 'max_completion_tokens' : 'max_tokens';
    return { ...dialect, capField, capFieldTried: true };
  }
  const refused = OPTIONAL_FIELDS.find((field) => complaint.includes(field) && !dialect.without.includes(field));
  return refused === undefined ? undefined : { ...dialect, without: [...dialect.without, refused] };
}
