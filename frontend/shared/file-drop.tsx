// The place to drop or choose files, and what became of each.
import { ActionIcon, Button, Loader } from '@mantine/core';
import { useState } from 'react';
import { bytes, compact, plural } from './format.ts';
import { CheckIcon, CloseIcon, UploadIcon, WarningIcon } from './icons.tsx';
import styles from './file-drop.module.css';
import type { Upload, Uploads } from './use-uploads.ts';

function Outcome({ upload }: { readonly upload: Upload }) {
  const { state } = upload;
  if (state.kind === 'sending') return <span>Reading…</span>;
  if (state.kind === 'refused') return <span className={styles.refused}>{state.reason}</span>;
  if (state.kind === 'failed')
    return (
      <span className={styles.refused}>
        {state.problem.title}. {state.problem.hint}
      </span>
    );
  const { file } = state;
  const facts = [
    file.mediaType,
    file.language,
    file.characters === undefined ? undefined : `${compact(file.characters)} characters`,
    file.documents !== undefined && file.documents > 1 ? plural(file.documents, 'document') : undefined,
  ].filter((fact) => fact !== undefined);
  const problems = file.problems ?? [];
  return (
    <>
      <span>{facts.join(' · ')}</span>
      {problems.length > 0 && <span className={styles.refused}>Not read: {problems.slice(0, 3).join(' ')}</span>}
    </>
  );
}

const MARKS = {
  sending: <Loader size={16} />,
  read: <CheckIcon />,
  refused: <WarningIcon />,
  failed: <WarningIcon />,
} as const;

/** The file input covers the whole place, so the browser itself takes what is dropped on it. */
/** As it is known here: what the server calls a fetched document comes later. */
const nameOf = ({ source }: Upload): string => (typeof source === 'string' ? source : source.name);

function Size({ upload: { source, state } }: { readonly upload: Upload }) {
  const size = typeof source !== 'string' ? source.size : state.kind === 'read' ? state.file.bytes : undefined;
  return size === undefined ? null : <small className="number">{bytes(size)}</small>;
}

export function FileDrop({ uploads, add, retry, remove }: Uploads) {
  const [over, setOver] = useState(false);
  return (
    <div>
      <label className={styles.drop} data-over={over}>
        <UploadIcon size={26} />
        <span>
          <strong>Drop documents here</strong>, or choose them
        </span>
        <small>
          PDF, Word, PowerPoint, Excel, EPUB, HTML, Markdown, text, feeds, XML, CSV, JSON, JSONL or ZIP of these; several at once
        </small>
        <input
          type="file"
          multiple
          aria-label="Documents"
          onDragEnter={() => setOver(true)}
          onDragLeave={() => setOver(false)}
          onDrop={() => setOver(false)}
          onChange={(event) => {
            add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </label>
      {uploads.length > 0 && (
        <ul className={styles.files} aria-label="Chosen files" aria-live="polite">
          {uploads.map((upload) => (
            <li key={upload.key} data-state={upload.state.kind}>
              <span className={styles.fileMark}>{MARKS[upload.state.kind]}</span>
              <span className={styles.fileWords}>
                <strong>{nameOf(upload)}</strong> <Size upload={upload} />
                <Outcome upload={upload} />
              </span>
              {upload.state.kind === 'failed' && (
                <Button size="compact-xs" variant="default" onClick={() => retry(upload.key)}>
                  Try again
                </Button>
              )}
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={`Remove ${nameOf(upload)}`}
                onClick={() => remove(upload.key)}
              >
                <CloseIcon size={16} />
              </ActionIcon>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
