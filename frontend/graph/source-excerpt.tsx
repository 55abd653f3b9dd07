// The words that something stands on, and the way to the place in the document where they stand.
import type { Excerpt } from '#api/contract';
import { ExcerptBlock } from '../shared/provenance.tsx';
import styles from './graph.module.css';

export type OpenSource = (span: Excerpt['span']) => void;

export function SourceExcerpt({ excerpt, onOpen }: { readonly excerpt: Excerpt; readonly onOpen: OpenSource }) {
  return (
    <ExcerptBlock excerpt={excerpt}>
      <button type="button" className={styles.textButton} onClick={() => onOpen(excerpt.span)}>
        Read it in the document
      </button>
    </ExcerptBlock>
  );
}
