// All that the documents say about one entity, each statement with the words it stands on.
import { Button, CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { EntityView } from '#api/contract';
import { entityQuery, type GraphSource } from '../api/graphs.ts';
import { kindToken } from '../shared/colour.ts';
import { percent, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { dateWords } from './as-of-slider.tsx';
import { FactItem } from './fact-item.tsx';
import styles from './graph.module.css';
import { SourceExcerpt, type OpenSource } from './source-excerpt.tsx';

interface EntitySheetProps {
  readonly source: GraphSource;
  readonly entity: string;
  readonly asOf: string | undefined;
  readonly onSelect: (id: string) => void;
  readonly onClose: () => void;
  readonly onPathFrom: () => void;
  readonly onSource: OpenSource;
  /** What can be done with it where this graph is shown. */
  readonly renderTools?: ((entity: EntityView) => ReactNode) | undefined;
}

function Facts({
  view,
  asOf,
  onSelect,
  onSource,
}: Pick<EntitySheetProps, 'asOf' | 'onSelect' | 'onSource'> & { view: EntityView }) {
  if (view.relations.length === 0)
    return asOf === undefined ? null : <p className={styles.totals}>No fact about it holds at {dateWords(asOf)}.</p>;
  return (
    <section>
      <h3>{asOf === undefined ? 'Relations' : `Relations at ${dateWords(asOf)}`}</h3>
      <ul className={styles.relations}>
        {view.relations.map((fact) => (
          <FactItem key={fact.id} fact={fact} self={view.id} onSelect={onSelect} onSource={onSource} />
        ))}
      </ul>
    </section>
  );
}

export function EntitySheet({ source, entity, asOf, onSelect, onClose, onPathFrom, onSource, renderTools }: EntitySheetProps) {
  const query = useQuery(entityQuery(source, entity, asOf));
  return (
    <aside className={styles.sheet} aria-label="About this entity">
      <CloseButton className={styles.close} aria-label="Close the sheet" onClick={onClose} />
      <Loaded query={query} shape={[60, 120, 160]}>
        {(view) => (
          <>
            <header>
              <p className={styles.type}>
                <span className={styles.swatch} style={{ background: `var(${kindToken(view.type)})` }} />
                {words(view.subtype ?? view.type)}
              </p>
              <h2>{view.name}</h2>
              {view.aliases.length > 0 && <p className={styles.totals}>Also {view.aliases.join(', ')}</p>}
              <p className={styles.totals}>
                {percent(view.confidence)} sure of the type · {percent(view.salience)} salience
              </p>
            </header>
            {view.description !== undefined && <p className={styles.description}>{view.description}</p>}
            <Button variant="default" size="compact-sm" className={styles.sheetAction ?? ''} onClick={onPathFrom}>
              Path from here
            </Button>
            {renderTools?.(view)}
            <Facts view={view} asOf={asOf} onSelect={onSelect} onSource={onSource} />
            <section className={styles.excerpts}>
              <h3>In the documents</h3>
              {view.excerpts.map((excerpt) => (
                <SourceExcerpt key={`${excerpt.span.document}:${excerpt.span.start}`} excerpt={excerpt} onOpen={onSource} />
              ))}
            </section>
          </>
        )}
      </Loaded>
    </aside>
  );
}
