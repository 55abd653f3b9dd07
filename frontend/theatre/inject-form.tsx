// "Breaking news": an event put into the running world. It is recorded like every other, so a replay knows it.
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { InjectRequest, RunView } from '#api/contract';
import { injectEvent } from '../api/commands.ts';
import { problemFrom } from '../api/problem.ts';
import { measuresKey } from '../api/queries.ts';
import { BoltIcon } from '../shared/icons.tsx';
import { isNews, NewsFields, NO_NEWS } from '../shared/news-fields.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './theatre.module.css';

export function InjectForm({ run }: { readonly run: RunView }) {
  const client = useQueryClient();
  const [news, setNews] = useState(NO_NEWS);
  const injection = useMutation({
    mutationFn: (body: InjectRequest) => injectEvent(run.id, body),
    onSuccess: () => {
      setNews((before) => ({ ...before, text: '' }));
      void client.invalidateQueries({ queryKey: measuresKey(run.id) });
    },
  });
  return (
    <details className={styles.inject}>
      <summary>
        <BoltIcon size={16} /> Inject an event
      </summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isNews(news)) injection.mutate({ ...news, text: news.text.trim() });
        }}
      >
        <NewsFields issues={run.issues} value={news} onChange={setNews} />
        {injection.error !== null && <ProblemCard problem={problemFrom(injection.error)} />}
        <Button type="submit" loading={injection.isPending} disabled={!isNews(news)}>
          Inject at the next round
        </Button>
        <span role="status">{injection.isSuccess && news.text === '' ? 'It happens at the next round.' : ''}</span>
      </form>
    </details>
  );
}
