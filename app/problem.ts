// A ShoalError as an RFC 9457 problem document, the one form in which faults leave the server; and what zod says of
// a request as a ShoalError.
import type { ZodError } from 'zod';
import { ERROR_TABLE, ShoalError, type ErrorCode } from '#foundation';
import type { Problem } from '#api/contract';

export function problemOf(error: ShoalError): Problem {
  const { title, status } = ERROR_TABLE[error.code];
  return {
    type: `urn:shoal:error:${error.code}`,
    title,
    status,
    detail: error.message,
    code: error.code,
    ...(error.hint === undefined ? {} : { hint: error.hint }),
    ...(Object.keys(error.details).length === 0 ? {} : { details: { ...error.details } }),
  };
}

/** The way back: a fault that another process has said, as it was. */
export const errorOf = ({ code, detail, hint, details }: Problem): ShoalError =>
  new ShoalError((code in ERROR_TABLE ? code : 'internal') as ErrorCode, detail, {
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  });

export function invalidInput({ issues }: ZodError, hint: string): ShoalError {
  const problems = issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
  return new ShoalError('invalid_input', `The request is not valid: ${problems.join('; ')}.`, { hint, details: { problems } });
}
