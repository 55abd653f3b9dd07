// From documents to a graph: files, a name, whether a model makes vectors, and a wait that says what happens.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { graphsKey, makeGraph } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { FileDrop } from '../shared/file-drop.tsx';
import { plural } from '../shared/format.ts';
import { ButtonLink } from '../shared/links.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import { readFiles, useUploads } from '../shared/use-uploads.ts';
import { useTitle } from '../shared/use-title.ts';
import { BuildProgress } from './build-progress.tsx';
import styles from './graphs.module.css';

export function NewGraphPage() {
  useTitle('New graph');
  const client = useQueryClient();
  const navigate = useNavigate();
  const uploads = useUploads();
  const [own, setOwn] = useState<string>();
  const [vectors, setVectors] = useState(false);
  const [embeddingModel, setEmbeddingModel] = useState('');
  const files = readFiles(uploads.uploads);
  // Until a person names it, it is called after its first file.
  const name = (own ?? files[0]?.name.replace(/\.[^.]+$/, '') ?? '').trim();
  const isReading = uploads.uploads.some(({ state }) => state.kind === 'sending');
  const open = (graph: string): void => void navigate({ to: '/graphs/$graph', params: { graph } });
  const making = useMutation({
    mutationFn: () =>
      makeGraph({
        name,
        uploads: files,
        ...(vectors ? { vectors, ...(embeddingModel.trim() === '' ? {} : { embeddingModel: embeddingModel.trim() }) } : {}),
      }),
    onSuccess: (made) => {
      void client.invalidateQueries({ queryKey: graphsKey });
      if (made.rejected.length === 0) open(made.name);
    },
  });
  const made = making.data;
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!making.isPending) making.mutate();
      }}
    >
      <h1>New graph</h1>
      <FileDrop {...uploads} />
      <TextInput
        label="Name"
        description="What to call the graph"
        maxLength={200}
        value={own ?? name}
        onChange={(event) => setOwn(event.currentTarget.value)}
      />
      <Checkbox
        label="Find passages by vectors, too"
        description="A model embeds every passage now and every search later; its provider may charge for that"
        checked={vectors}
        onChange={(event) => setVectors(event.currentTarget.checked)}
      />
      {vectors && (
        <TextInput
          label="Embedding model"
          description="Left empty, the one of the configuration"
          placeholder="openai/text-embedding-3-small"
          maxLength={200}
          value={embeddingModel}
          onChange={(event) => setEmbeddingModel(event.currentTarget.value)}
        />
      )}
      <div>
        <Button type="submit" size="md" loading={making.isPending} disabled={files.length === 0 || name === '' || isReading}>
          Build the graph
        </Button>
      </div>
      {making.isPending && <BuildProgress name={name} files={files.length} />}
      {making.error !== null && <ProblemCard problem={problemFrom(making.error)} />}
      {made !== undefined && made.rejected.length > 0 && (
        <div role="status">
          <p>The graph is built of {plural(made.documents, 'document')}. Not read:</p>
          <ul>
            {made.rejected.map(({ name: file, reason }) => (
              <li key={file}>
                {file}: {reason}
              </li>
            ))}
          </ul>
          <ButtonLink to="/graphs/$graph" params={{ graph: made.name }}>
            Open the graph
          </ButtonLink>
        </div>
      )}
    </form>
  );
}
