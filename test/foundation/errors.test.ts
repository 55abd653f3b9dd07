import { describe, expect, it } from 'vitest';
import { ERROR_TABLE, ShoalError, toShoalError } from '#foundation';
import type { ErrorCode } from '#foundation';
import { markdownTable } from '../markdown-table.ts';

const codes = Object.keys(ERROR_TABLE) as ErrorCode[];

/** The page as it lies in docs. */
function renderPage(): string {
  const table = markdownTable(
    ['code', 'title', 'HTTP status', 'exit code', 'worth retrying'],
    codes.map((code) => {
      const { title, status, exit, retryable } = ERROR_TABLE[code];
      return [`\`${code}\``, title, String(status), String(exit), retryable ? 'yes' : 'no'];
    }),
  );
  return `# Errors

Every failure, on the command line, over HTTP and on the page, has one of these codes. Its message says what is wrong
and where, its hint says what to do. Over HTTP it is an RFC 9457 problem document with \`code\` and \`hint\`. The command
line ends with the exit code of the table: 1 failed, 2 bad usage or input, 3 budget or limit reached, 130 cancelled.

This page is written from \`foundation/errors.ts\` by \`npx vitest run test/foundation/errors.test.ts --update\`.

${table}
`;
}

describe('the error table', () => {
  it('is what docs/errors.md shows', async () => {
    await expect(renderPage()).toMatchFileSnapshot('../../docs/errors.md');
  });

  it.each(codes)('%s is whole', (code) => {
    const row = ERROR_TABLE[code];
    expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
    expect(row.title).toMatch(/^[A-Z].*[^.]$/);
    expect(row.status).toBeGreaterThanOrEqual(400);
    expect(row.status).toBeLessThan(600);
    expect([1, 2, 3, 130]).toContain(row.exit);
  });

  it('blames the input with exit code 2 only where the status blames it too', () => {
    const mismatched = codes.filter((code) => ERROR_TABLE[code].exit === 2 && ERROR_TABLE[code].status >= 500);
    expect(mismatched).toEqual([]);
  });
});

describe('a ShoalError', () => {
  it('reads its status, exit code and retryability from the table', () => {
    const error = new ShoalError('budget_exceeded', 'No money left.', { hint: 'Raise the limit.', details: { limit: 1 } });
    expect(error).toMatchObject({
      code: 'budget_exceeded',
      status: 402,
      exitCode: 3,
      retryable: false,
      hint: 'Raise the limit.',
    });
    expect(error.details).toEqual({ limit: 1 });
    expect(error).toBeInstanceOf(Error);
  });

  it('keeps its cause', () => {
    const cause = new Error('disk full');
    expect(new ShoalError('storage_failed', 'Cannot write.', { cause }).cause).toBe(cause);
  });
});

describe('anything thrown becomes a ShoalError', () => {
  it('which is itself where it was one', () => {
    const error = new ShoalError('not_found', 'No.');
    expect(toShoalError(error)).toBe(error);
  });

  it('which is cancelled where work was aborted', () => {
    expect(toShoalError(AbortSignal.abort().reason).code).toBe('cancelled');
  });

  it('which is internal and keeps the cause where it was unforeseen', () => {
    const fault = new RangeError('out of bounds');
    expect(toShoalError(fault)).toMatchObject({ code: 'internal', message: 'out of bounds', cause: fault });
    expect(toShoalError('just text')).toMatchObject({ code: 'internal', message: 'just text' });
  });
});
