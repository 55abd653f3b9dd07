// A failed request as a value that can be shown: always a Problem, whatever went wrong on the way.
import { Problem } from '#api/contract';

/** Thrown by every call to the server. Status 0 = no answer at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail);
    this.problem = problem;
  }
}

const made = (status: number, code: string, title: string, detail: string, hint: string): ApiError =>
  new ApiError({ type: 'about:blank', status, code, title, detail, hint });

export const noAnswer = (): ApiError =>
  made(
    0,
    'no_answer',
    'Shoal does not answer',
    'The page could not reach its server.',
    'Check that `npm start` is still running, then try again.',
  );

export const notUnderstood = (path: string, detail: string): ApiError =>
  made(
    0,
    'answer_not_understood',
    'The answer could not be read',
    `${path}: ${detail}`,
    'Reload the page; it may be older than its server.',
  );

/** Reads the problem document of a failed response; anything else becomes one. */
export async function problemOf(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => undefined);
  const parsed = Problem.safeParse(body);
  if (parsed.success) return new ApiError(parsed.data);
  return made(
    response.status,
    'http_error',
    `The server answered ${response.status}`,
    response.statusText || 'No further words came with it.',
    'Try again; if it stays, look at the server’s log.',
  );
}

export function problemFrom(thrown: unknown): Problem {
  if (thrown instanceof ApiError) return thrown.problem;
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  return {
    type: 'about:blank',
    status: 0,
    code: 'page_fault',
    title: 'The page made a mistake',
    detail,
    hint: 'Reload the page.',
  };
}
