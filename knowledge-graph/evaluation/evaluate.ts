// The tasks of `graph eval` by name.
import { ShoalError } from '#foundation';
import type { Evaluate, Evaluation } from './evaluation.ts';
import { evaluateNer } from './ner.ts';
import { evaluateOpenIe } from './openie.ts';
import { evaluateRe } from './re.ts';
import { evaluateRetrieval } from './retrieval.ts';

const TASKS: Readonly<Record<string, Evaluate>> = {
  retrieval: evaluateRetrieval,
  ner: (text) => evaluateNer(text),
  openie: evaluateOpenIe,
  re: evaluateRe,
};

/** Throws `invalid_input` for an unknown task or a file of another format. */
export async function evaluate(task: string, text: string): Promise<Evaluation> {
  const run = Object.hasOwn(TASKS, task) ? TASKS[task] : undefined;
  if (run !== undefined) return run(text);
  throw new ShoalError('invalid_input', `There is no evaluation called ${JSON.stringify(task)}.`, {
    hint: `Choose one of: ${Object.keys(TASKS).join(', ')}.`,
  });
}
