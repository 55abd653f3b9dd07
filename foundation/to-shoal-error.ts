// Whatever was thrown, as a ShoalError: what the system says of files and disks comes out in our words, with advice.
import { ShoalError } from './errors.ts';

const INTERNAL_HINT = 'This is a fault of Shoal itself. Try again; if it comes back, report it with these words.';

/** What the system says of files, in our words. */
const FILE_FAULTS: Readonly<Record<string, readonly [says: string, hint: string]>> = {
  ENOENT: ['does not exist', 'Check the path, and that its folder exists.'],
  EACCES: ['may not be opened', 'Check who owns it, or choose another place.'],
  EPERM: ['may not be changed', 'Check who owns it, or choose another place.'],
  EROFS: ['lies on a disk that cannot be written', 'Choose another place.'],
  EEXIST: ['exists already', 'Choose another name, or move it away.'],
  ENOTDIR: ['lies below something that is no folder', 'Check the path.'],
  EISDIR: ['is a folder, not a file', 'Name a file.'],
  ENAMETOOLONG: ['has too long a name', 'Choose a shorter one.'],
  ENOSPC: ['does not fit on the disk', 'Make room, then go on.'],
  EDQUOT: ['is more than you may store', 'Make room, then go on.'],
  EIO: ['cannot be read or written: the disk reports a fault', 'Check the disk, then go on.'],
  EMFILE: ['cannot be opened: too many files are open', 'Close other programs, then go on.'],
};
/** Primary result codes of SQLite. */
const SQLITE_HINTS: Readonly<Record<number, string>> = {
  13: 'Make room on the disk, then go on.',
  14: 'Check the path, and that its folder exists.',
};
const DAMAGED = new Set([11, 26]);

/** Turns anything thrown into a ShoalError: aborts become `cancelled`, faults of files and disks say what to do. */
export function toShoalError(thrown: unknown): ShoalError {
  if (thrown instanceof ShoalError) return thrown;
  if (!(thrown instanceof Error)) return new ShoalError('internal', String(thrown), { hint: INTERNAL_HINT });
  if (thrown.name === 'AbortError') return new ShoalError('cancelled', 'The work was cancelled.', { cause: thrown });
  return storageFault(thrown) ?? new ShoalError('internal', thrown.message, { cause: thrown, hint: INTERNAL_HINT });
}

function storageFault(error: NodeJS.ErrnoException & { readonly errcode?: unknown }): ShoalError | undefined {
  if (error.code === 'ERR_SQLITE_ERROR') {
    const result = Number(error.errcode) & 0xff;
    if (DAMAGED.has(result))
      return new ShoalError('record_corrupt', `A data file is damaged: ${error.message}.`, {
        cause: error,
        hint: 'Restore it from a copy.',
      });
    return new ShoalError('storage_failed', `A data file cannot be read or written: ${error.message}.`, {
      cause: error,
      hint: SQLITE_HINTS[result] ?? 'Check the disk and who may write there, then go on.',
    });
  }
  const [says, hint] = FILE_FAULTS[error.code ?? ''] ?? [];
  if (says === undefined || hint === undefined || error.syscall === undefined) return undefined;
  return new ShoalError('storage_failed', `${error.path ?? 'A file'} ${says}.`, { cause: error, hint });
}
