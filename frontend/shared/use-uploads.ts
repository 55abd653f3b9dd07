// Documents on their way in, as files or by web address: each is sent at once, alone, so that one that cannot be read says
// so at once and the others are not held up.
import { useCallback, useState } from 'react';
import type { Problem, UploadAnswer, UploadedFile } from '#api/contract';
import { uploadAddress, uploadFiles } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';

export type UploadState =
  | { readonly kind: 'sending' }
  | { readonly kind: 'read'; readonly file: UploadedFile & { readonly sha256: string } }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly problem: Problem };

export interface Upload {
  readonly key: string;
  /** A file, or the web address of one. */
  readonly source: File | string;
  readonly state: UploadState;
}

function stateOf(answer: UploadedFile | undefined): UploadState {
  if (answer === undefined) return { kind: 'refused', reason: 'The server said nothing about this file.' };
  if (answer.sha256 === undefined || answer.refused !== undefined)
    return { kind: 'refused', reason: answer.refused ?? 'The file was refused.' };
  return { kind: 'read', file: { ...answer, sha256: answer.sha256 } };
}

const sent = (source: Upload['source']): Promise<UploadAnswer> =>
  typeof source === 'string' ? uploadAddress(source) : uploadFiles([source]);

export interface Uploads {
  readonly uploads: readonly Upload[];
  readonly add: (sources: readonly Upload['source'][]) => void;
  readonly retry: (key: string) => void;
  readonly remove: (key: string) => void;
}

export function useUploads(): Uploads {
  const [uploads, setUploads] = useState<readonly Upload[]>([]);

  const send = useCallback((upload: Upload) => {
    const settle = (state: UploadState): void =>
      setUploads((all) => all.map((other) => (other.key === upload.key ? { ...other, state } : other)));
    settle({ kind: 'sending' });
    sent(upload.source).then(
      (answer) => settle(stateOf(answer.files[0])),
      (error: unknown) => settle({ kind: 'failed', problem: problemFrom(error) }),
    );
  }, []);

  const add = useCallback(
    (sources: readonly Upload['source'][]) => {
      const added = sources.map((source): Upload => ({ key: crypto.randomUUID(), source, state: { kind: 'sending' } }));
      setUploads((all) => [...all, ...added]);
      for (const upload of added) send(upload);
    },
    [send],
  );
  const retry = (key: string): void => {
    const upload = uploads.find((other) => other.key === key);
    if (upload !== undefined) send(upload);
  };
  const remove = (key: string): void => setUploads((all) => all.filter((upload) => upload.key !== key));
  return { uploads, add, retry, remove };
}

/** Those that were read, as requests name them. */
export const readFiles = (uploads: readonly Upload[]): { readonly sha256: string; readonly name: string }[] =>
  uploads.flatMap(({ state }) => (state.kind === 'read' ? [{ sha256: state.file.sha256, name: state.file.name }] : []));
