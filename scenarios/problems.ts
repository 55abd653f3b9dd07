// What is wrong with a scenario: all of it at once, each with its key, its line and what to write instead.
import { ShoalError } from '#foundation';

export type KeyPath = readonly (string | number)[];

/** One thing to correct. */
export interface Problem {
  /** The key it is about; empty for the file as a whole. */
  readonly path: KeyPath;
  /** What is wrong and what was expected, after the key's name. */
  readonly message: string;
  /** The key itself is at fault, not its value: the line is the key's. */
  readonly atKey?: boolean;
}

/** Where a problem stands in the text, e.g. `scenario.yaml:12:3`; undefined where there is no text. */
export type Locate = (problem: Problem) => string | undefined;

/** `questions[0].text`: how a key is named to a person. */
function showPath(path: KeyPath): string {
  return path.reduce<string>((shown, step) => {
    if (typeof step === 'number') return `${shown}[${step}]`;
    return shown === '' ? step : `${shown}.${step}`;
  }, '');
}

/** The one way in which a scenario is refused. */
export function invalidScenario(subject: string, problems: readonly Problem[], locate: Locate = () => undefined): ShoalError {
  const lines = problems.map((problem) => {
    const place = locate(problem);
    const key = problem.path.length === 0 ? '' : `\`${showPath(problem.path)}\` `;
    return `${place === undefined ? '' : `${place} `}${key}${problem.message}`;
  });
  const [only] = lines;
  const message =
    lines.length === 1 ? `${subject} is not valid: ${only}` : `${subject} has ${lines.length} problems:\n  ${lines.join('\n  ')}`;
  return new ShoalError('invalid_scenario', message, {
    hint: 'Correct what is named, then try again. The scenarios that come with Shoal show every key in use.',
    details: { problems: lines },
  });
}
