// The shortest chain of facts between two entities, as a list with sources; the map shows the same chain.
import { Button } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { PathView } from '#api/contract';
import { plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { FactItem } from './fact-item.tsx';
import styles from './graph.module.css';
import type { OpenSource } from './source-excerpt.tsx';

interface PathPanelProps {
  readonly start: string;
  /** Undefined while it is to be chosen. */
  readonly goal: string | undefined;
  readonly query: UseQueryResult<PathView>;
  readonly nameOf: (id: string) => string;
  readonly onSelect: (id: string) => void;
  readonly onSource: OpenSource;
  readonly onClose: () => void;
}

export function PathPanel({ start, goal, query, nameOf, onSelect, onSource, onClose }: PathPanelProps) {
  return (
    <section className={styles.path} aria-label="Shortest path">
      <header>
        <h3>{goal === undefined ? `Path from ${nameOf(start)}` : `From ${nameOf(start)} to ${nameOf(goal)}`}</h3>
        <Button variant="default" size="compact-xs" onClick={onClose}>
          {goal === undefined ? 'Cancel' : 'Close the path'}
        </Button>
      </header>
      {goal === undefined ? (
        <p className={styles.totals} role="status">
          Choose the other end: on the map, in the table or by a search.
        </p>
      ) : (
        <Loaded query={query} shape={[60]}>
          {({ found, facts }) =>
            found ? (
              <>
                <p className={styles.totals} role="status">
                  {plural(facts.length, 'fact')} in between
                </p>
                <ol className={styles.relations}>
                  {facts.map((fact) => (
                    <FactItem key={fact.id} fact={fact} onSelect={onSelect} onSource={onSource} />
                  ))}
                </ol>
              </>
            ) : (
              <p role="status">No chain of facts leads from the one to the other at this date.</p>
            )
          }
        </Loaded>
      )}
    </section>
  );
}
