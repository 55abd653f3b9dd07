// All that the documents say about one entity, each statement with the words it stands on.
import { CloseButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EntityView, RunView } from '#api/contract';
import { entityQuery } from '../api/queries.ts';
import { percent, words } from '../shared/format.ts';
import { PersonIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ExcerptBlock } from '../shared/provenance.tsx';
import { kindToken } from '../shared/colour.ts';
import styles from './graph.module.css';

interface EntitySheetProps {
  readonly run: RunView;
  readonly entity: string;
  readonly onSelect: (id: string) => void;
  readonly onClose: () => void;
}

type Relation = EntityView['relations'][number];

function End({
  id,
  name,
  self,
  onSelect,
}: {
  id: string | undefined;
  name: string;
  self: string;
  onSelect: (id: string) => void;
}) {
  if (id === undefined || id === self) return <strong>{name}</strong>;
  return (
    <button type="button" className={styles.nameButton} onClick={() => onSelect(id)}>
      {name}
    </button>
  );
}

function RelationItem({ relation, self, onSelect }: { relation: Relation; self: string; onSelect: (id: string) => void }) {
  return (
    <li>
      <p>
        <End id={relation.subject} name={relation.subjectName} self={self} onSelect={onSelect} />{' '}
        <em>
          {relation.negated && 'not '}
          {relation.predicate}
        </em>{' '}
        <End id={relation.object} name={relation.objectName} self={self} onSelect={onSelect} />
        {relation.modality !== 'asserted' && <span className={styles.modality}>{relation.modality}</span>}
      </p>
      {relation.excerpt !== undefined && (
        <details>
          <summary>Source</summary>
          <ExcerptBlock excerpt={relation.excerpt} />
        </details>
      )}
    </li>
  );
}

export function EntitySheet({ run, entity, onSelect, onClose }: EntitySheetProps) {
  const query = useQuery(entityQuery(run.id, entity));
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
            {view.agent !== undefined && (
              <ButtonLink
                from="/runs/$id"
                to="/runs/$id"
                params={{ id: run.id }}
                search={(before) => ({ ...before, agent: view.agent, pane: undefined })}
                variant="light"
                leftSection={<PersonIcon size={16} />}
              >
                Meet as an agent
              </ButtonLink>
            )}
            {view.relations.length > 0 && (
              <section>
                <h3>Relations</h3>
                <ul className={styles.relations}>
                  {view.relations.map((relation) => (
                    <RelationItem key={relation.id} relation={relation} self={view.id} onSelect={onSelect} />
                  ))}
                </ul>
              </section>
            )}
            <section className={styles.excerpts}>
              <h3>In the documents</h3>
              {view.excerpts.map((excerpt) => (
                <ExcerptBlock key={`${excerpt.span.document}:${excerpt.span.start}`} excerpt={excerpt} />
              ))}
            </section>
          </>
        )}
      </Loaded>
    </aside>
  );
}
