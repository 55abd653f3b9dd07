// A ShoalError as an RFC 9457 problem document, the one form in which faults leave the server.
import { ERROR_TABLE, type ShoalError } from '#foundation';
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
