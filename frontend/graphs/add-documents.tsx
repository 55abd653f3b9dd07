// More documents for a graph; only they are read.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { addDocuments, graphsKey } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { FileDrop } from '../shared/file-drop.tsx';
import { plural } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import { readFiles, useUploads } from '../shared/use-uploads.ts';
import styles from './graphs.module.css';

export function AddDocuments({ name }: { readonly name: string }) {
  const client = useQueryClient();
  const uploads = useUploads();
  const files = readFiles(uploads.uploads);
  const adding = useMutation({
    mutationFn: () => addDocuments(name, files),
    onSuccess: async () => {
      for (const { key } of uploads.uploads) uploads.remove(key);
      await client.invalidateQueries({ queryKey: graphsKey });
    },
  });
  return (
    <section className={styles.panel} aria-labelledby="add-title">
      <h2 id="add-title">More documents</h2>
      <FileDrop {...uploads} />
      <Button loading={adding.isPending} disabled={files.length === 0} onClick={() => adding.mutate()}>
        Add to the graph
      </Button>
      {adding.isPending && <p role="status">The documents are read and the graph is built again.</p>}
      {adding.error !== null && <ProblemCard problem={problemFrom(adding.error)} />}
      {adding.data !== undefined && (
        <p role="status" className={styles.quiet}>
          The graph holds {plural(adding.data.documents, 'document')} now.
          {adding.data.known.length > 0 && ` It had these already: ${adding.data.known.join(', ')}.`}
        </p>
      )}
    </section>
  );
}
