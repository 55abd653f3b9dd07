// Where words come from, told apart everywhere in the same way: documents are straight and amber, the simulated
// is wavy and violet. The two never share a frame.
import type { ReactNode } from 'react';
import type { Excerpt } from '#api/contract';
import { DocumentIcon, WaveIcon } from './icons.tsx';
import styles from './provenance.module.css';

export function SimulatedMark({ children = 'Simulated' }: { readonly children?: ReactNode }) {
  return (
    <span className={`${styles.mark} ${styles.simulated}`}>
      <WaveIcon size={14} />
      {children}
    </span>
  );
}

export function DocumentMark({ children = 'From a document' }: { readonly children?: ReactNode }) {
  return (
    <span className={`${styles.mark} ${styles.document}`}>
      <DocumentIcon size={14} />
      {children}
    </span>
  );
}

/** The exact words of a document with what stands around them. */
export function ExcerptBlock({ excerpt, children }: { readonly excerpt: Excerpt; readonly children?: ReactNode }) {
  return (
    <figure className={styles.excerpt}>
      <blockquote>
        <span>{excerpt.before}</span>
        <mark>{excerpt.text}</mark>
        <span>{excerpt.after}</span>
      </blockquote>
      <figcaption>
        <DocumentMark>{excerpt.documentName}</DocumentMark>
        <span className="number">
          characters {excerpt.span.start}–{excerpt.span.end}
        </span>
        {children}
      </figcaption>
    </figure>
  );
}
