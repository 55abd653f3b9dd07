// The text of a document around a place, with the place highlighted and in sight. What is read lives in the address.
import { Button, Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { DocumentTextView } from '#api/contract';
import { documentTextQuery, type GraphSource } from '../api/graphs.ts';
import { count } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { DocumentMark } from '../shared/provenance.tsx';
import styles from './graph.module.css';
import type { OpenSource } from './source-excerpt.tsx';

type Span = Parameters<OpenSource>[0];

/** `d1:120-140`, as it stands in the address. */
export const sourceText = ({ document, start, end }: Span): string => `${document}:${start}-${end}`;

function spanOf(text: string): Span | undefined {
  const [, document, start, end] = /^(.+):(\d+)-(\d+)$/.exec(text) ?? [];
  return document === undefined ? undefined : { document, start: Number(start), end: Number(end) };
}

/** The pieces of a stretch, the highlighted one apart. Offsets count in the whole document. */
function pieces(view: DocumentTextView, from: number, to: number, span: Span): ReactNode {
  const cut = (start: number, end: number): string => view.text.slice(start - view.start, end - view.start);
  const [start, end] = [Math.max(from, span.start), Math.min(to, span.end)];
  if (start >= end) return cut(from, to);
  return (
    <>
      {cut(from, start)}
      <mark>{cut(start, end)}</mark>
      {cut(end, to)}
    </>
  );
}

function DocumentText({ view, span }: { readonly view: DocumentTextView; readonly span: Span }) {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => holder.current?.querySelector('mark')?.scrollIntoView({ block: 'center' }), []);
  const blocks = view.blocks.length === 0 ? [{ kind: 'paragraph', start: view.start, end: view.end }] : view.blocks;
  return (
    <div ref={holder} className={styles.documentText}>
      {blocks.map(({ kind, start, end }) => (
        <p key={start} data-kind={kind}>
          {pieces(view, Math.max(start, view.start), Math.min(end, view.end), span)}
        </p>
      ))}
    </div>
  );
}

function Reader({ source, span }: { readonly source: GraphSource; readonly span: Span }) {
  const [at, setAt] = useState(span.start);
  const query = useQuery(documentTextQuery(source, span.document, at));
  return (
    <Loaded query={query} shape={[30, 300]}>
      {(view) => (
        <>
          <p>
            <DocumentMark>{view.document.title ?? view.document.name}</DocumentMark>{' '}
            <span className={styles.totals}>
              characters {count(view.start)}–{count(view.end)} of {count(view.document.characters)}
            </span>
          </p>
          {view.start > 0 && (
            <Button variant="default" size="compact-sm" onClick={() => setAt(view.start)}>
              Earlier
            </Button>
          )}
          <DocumentText key={view.start} view={view} span={span} />
          {view.end < view.document.characters && (
            <Button variant="default" size="compact-sm" onClick={() => setAt(view.end)}>
              Later
            </Button>
          )}
        </>
      )}
    </Loaded>
  );
}

interface SourceDrawerProps {
  readonly source: GraphSource;
  readonly place: string | undefined;
  readonly onClose: () => void;
}

export function SourceDrawer({ source, place, onClose }: SourceDrawerProps) {
  const span = place === undefined ? undefined : spanOf(place);
  return (
    <Drawer
      opened={span !== undefined}
      onClose={onClose}
      position="right"
      size="min(680px, 100vw)"
      title="Document"
      closeButtonProps={{ 'aria-label': 'Close' }}
      overlayProps={{ backgroundOpacity: 0.35 }}
    >
      {span !== undefined && <Reader key={place} source={source} span={span} />}
    </Drawer>
  );
}
