// Models without structured output are asked for it by a tool of this name, whose arguments are the answer. Its calls
// are read as text again wherever an answer is decoded, so nobody downstream ever sees it.
import type { AnswerForm, Json } from '../../exchange.ts';

export const ANSWER_TOOL = 'shoal_answer';

export function answerTool(form: AnswerForm | undefined): Json {
  if (form?.kind !== 'json-schema') return {};
  return {
    name: ANSWER_TOOL,
    description: form.description ?? 'Give the final answer with this tool.',
    input_schema: form.schema,
  };
}
