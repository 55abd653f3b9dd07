// How far the building of a graph is, and its end on request.
import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { GraphBuildView } from '#api/contract';
import { cancelBuild, graphBuildsQuery } from '../api/graphs.ts';
import { problemFrom } from '../api/problem.ts';
import { plural } from '../shared/format.ts';
import { ProblemCard } from '../shared/problem-card.tsx';
import { ProgressLine } from '../shared/progress-line.tsx';
import styles from './graphs.module.css';

const WORDS: Readonly<Record<GraphBuildView['step'], string>> = {
  reading: 'Reading the files',
  embedding: 'Making vectors of the passages',
  extracting: 'Finding names, facts and claims',
  joining: 'Joining names over all documents',
  structuring: 'Tying communities',
  describing: 'Describing what was found',
  storing: 'Storing the graph',
};

export function BuildProgress({ name, files }: { readonly name: string; readonly files: number }) {
  const { data } = useQuery(graphBuildsQuery);
  const build = data?.find((candidate) => candidate.name === name);
  const words = build === undefined ? 'Starting' : WORDS[build.step];
  const percent = build?.percent ?? 0;
  const cancelling = useMutation({ mutationFn: () => cancelBuild(name) });
  return (
    <div role="status" className={styles.building}>
      <p>
        {words}, {percent} %
      </p>
      <ProgressLine label={words} done={percent} total={100} />
      <p className={styles.quiet}>
        {plural(files, 'file')} in work. Long documents take minutes; the building goes on if you leave this page.
      </p>
      <div>
        <Button
          variant="default"
          size="xs"
          loading={cancelling.isPending}
          disabled={build === undefined}
          onClick={() => cancelling.mutate()}
        >
          Cancel the building
        </Button>
      </div>
      {cancelling.error !== null && <ProblemCard problem={problemFrom(cancelling.error)} />}
    </div>
  );
}
