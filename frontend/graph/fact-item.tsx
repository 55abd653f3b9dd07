// One fact: who, what, whom, when, how sure, what stands against it, and the words it was read from.
import type { FactView } from '#api/contract';
import { words } from '../shared/format.ts';
import { dateWords } from './as-of-slider.tsx';
import styles from './graph.module.css';
import { SourceExcerpt, type OpenSource } from './source-excerpt.tsx';

interface FactItemProps {
  readonly fact: FactView;
  /** The entity whose sheet it stands in: its name leads nowhere. */
  readonly self?: string;
  readonly onSelect: (id: string) => void;
  readonly onSource: OpenSource;
}

function End({
  id,
  name,
  self,
  onSelect,
}: {
  id: string | undefined;
  name: string;
  self: string | undefined;
  onSelect: (id: string) => void;
}) {
  if (id === undefined || id === self) return <strong>{name}</strong>;
  return (
    <button type="button" className={styles.nameButton} onClick={() => onSelect(id)}>
      {name}
    </button>
  );
}

function timeOf({ validFrom, validTo }: FactView): string | undefined {
  if (validFrom === undefined && validTo === undefined) return undefined;
  if (validFrom !== undefined && validFrom === validTo) return dateWords(validFrom);
  const from = validFrom === undefined ? '' : `from ${dateWords(validFrom)}`;
  const to = validTo === undefined ? '' : `until ${dateWords(validTo)}`;
  return `${from} ${to}`.trim();
}

export function FactItem({ fact, self, onSelect, onSource }: FactItemProps) {
  const time = timeOf(fact);
  const textOf = (id: string): string => `“${fact.linked.find((other) => other.id === id)?.text ?? id}”`;
  return (
    <li data-superseded={fact.supersededBy !== undefined || undefined}>
      <p>
        <End id={fact.subject} name={fact.subjectName} self={self} onSelect={onSelect} />{' '}
        <em>
          {fact.negated && 'not '}
          {fact.predicate}
        </em>{' '}
        <End id={fact.object} name={fact.objectName} self={self} onSelect={onSelect} />
        {fact.modality !== 'asserted' && <span className={styles.modality}>{words(fact.modality)}</span>}
        {!fact.verified && (
          <span className={styles.doubtful} title="A model read it; its words were not found in the text.">
            Unverified
          </span>
        )}
      </p>
      {time !== undefined && <p className={styles.totals}>{time}</p>}
      {fact.supersededBy !== undefined && (
        <p className={styles.totals}>
          <span className={styles.modality}>Superseded</span> by {textOf(fact.supersededBy)}
        </p>
      )}
      {fact.contradicts.length > 0 && (
        <p className={styles.totals}>
          <span className={styles.against}>Contradiction</span> with {fact.contradicts.map(textOf).join(' and ')}
        </p>
      )}
      {fact.excerpt !== undefined && (
        <details>
          <summary>Source</summary>
          <SourceExcerpt excerpt={fact.excerpt} onOpen={onSource} />
        </details>
      )}
    </li>
  );
}
