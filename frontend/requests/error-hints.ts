// What to do about a call that did not go well. The log keeps the code; the words are for whoever reads it here.

const HINTS: Readonly<Record<string, string>> = {
  budget_exceeded: 'A budget on the way up had no room left. Look at it under “Budgets”, extend it or top it up.',
  limit_exceeded: 'A limit a minute, or of calls at once, was reached. Call more slowly, or raise the limit of the key.',
  model_unknown: 'No model has this name. The names that can be called stand under “Models”.',
  model_unpriced: 'Nobody knows its price. Set one under `prices` in config.yaml, or let the key call unpriced models.',
  model_unavailable:
    'The provider did not answer, or its key is missing. “Models” shows which variable, and how targets are doing.',
  model_timeout: 'The provider took longer than the timeouts allow. Try again, or raise `gateway.timeouts`.',
  model_rejected: 'The provider refused the request as it was sent. Its words are in the answer that the client got.',
  model_rate_limited: 'The provider asks to slow down. Give the group another target, or the provider another key.',
  model_stream_cut: 'The stream ended before its end. What had come was charged; the client may ask again.',
  context_exceeded: 'The prompt is longer than the model takes. Shorten it, or route it to a model with more room.',
  content_refused: 'The provider’s own rules refused the content.',
  guardrail_blocked: 'A guardrail stopped it. The verdicts say where; the rules are in config.yaml.',
  model_invalid_output:
    'The model answered in another form than was asked for. Ask again, or use a model with structured output.',
  tool_failed: 'The tool ended with an error of its own.',
  forbidden: 'The key may not call this model. Its list of models, its team’s or its user’s leaves it out.',
  invalid_input: 'The request itself was not right. Compare it with the API that the client speaks.',
  cancelled: 'The caller went away before the end. What the provider had produced by then was charged.',
};
const BY_PARTY: Readonly<Record<string, string>> = {
  caller: 'The request itself has to change.',
  policy: 'A rule of this gateway refused it; whoever set the rule can change it.',
  provider: 'The provider has to act; trying again later may help.',
  shoal: 'This is a fault of Shoal. Look at the server’s log.',
};

export function hintFor(code: string, type: string | undefined): string {
  return HINTS[code] ?? BY_PARTY[type?.split('_', 1)[0] ?? ''] ?? 'Look at the server’s log.';
}
