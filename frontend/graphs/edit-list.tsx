// What was decided about the graph by hand, in order; each can be taken back.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { editsQuery } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { editWords } from './edit-words.ts';
import styles from './graphs.module.css';
import { useEdit } from './use-edit.ts';

export function EditList({ name }: { readonly name: string }) {
  const query = useQuery(editsQuery(name));
  const undo = useEdit(name);
  const undone = undo.isPending && undo.variables.kind === 'undo' ? undo.variables.place : undefined;
  return (
    <section className={styles.panel} aria-labelledby="edits-title">
      <h2 id="edits-title">Your edits</h2>
      {undo.error !== null && <ProblemCard problem={problemFrom(undo.error)} />}
      <Loaded query={query} shape={[40]}>
        {({ edits }) =>
          edits.length === 0 ? (
            <p className={styles.quiet}>
              None. Choose an entity to merge, split or retype it; change types and relations above. Each can be undone here.
            </p>
          ) : (
            <ol className={styles.edits} aria-live="polite">
              {edits.map((edit, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- an edit is its place in the order
                <li key={index}>
                  <span>{editWords(edit)}</span>
                  <Button
                    variant="default"
                    size="compact-xs"
                    aria-label={`Undo: ${editWords(edit)}`}
                    loading={undone === index + 1}
                    disabled={undo.isPending}
                    onClick={() => undo.mutate({ kind: 'undo', place: index + 1 })}
                  >
                    Undo
                  </Button>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}
