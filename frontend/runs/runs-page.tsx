// All runs, newest first, at any number: only the rows in sight are drawn, and runs under way stay live.
import { useInterval } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { RunView } from '#api/contract';
import { runsQuery } from '../api/queries.ts';
import { canChange, useLiveRun } from '../api/use-live-run.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { count } from '../shared/format.ts';
import { PlusIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { MINUTE_MS } from '../shared/time.ts';
import { useTitle } from '../shared/use-title.ts';
import { DeleteRun } from './delete-run.tsx';
import { RunRow } from './run-row.tsx';
import styles from './runs.module.css';

/** Browsers open few connections to one server; the run's own page is live in any case. */
const LIVE_ROWS = 3;

function LiveRow({ id }: { readonly id: string }) {
  useLiveRun(id, true);
  return null;
}

function RunList({ runs }: { readonly runs: readonly RunView[] }) {
  const list = useRef<HTMLUListElement>(null);
  const [deleting, setDeleting] = useState<RunView>();
  const [now, setNow] = useState(() => Date.now());
  useInterval(() => setNow(Date.now()), MINUTE_MS, { autoInvoke: true });
  const [margin, setMargin] = useState(0);
  useLayoutEffect(() => setMargin(list.current?.offsetTop ?? 0), []);
  const live = useMemo(() => runs.filter(canChange).slice(0, LIVE_ROWS), [runs]);
  const virtualizer = useWindowVirtualizer({
    count: runs.length,
    estimateSize: () => 92,
    overscan: 6,
    scrollMargin: margin,
    getItemKey: (index) => runs[index]?.id ?? index,
  });
  return (
    <>
      {live.map((run) => (
        <LiveRow key={run.id} id={run.id} />
      ))}
      <ul ref={list} className={styles.list} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const run = runs[item.index];
          if (run === undefined) return null;
          return (
            <li
              key={run.id}
              ref={virtualizer.measureElement}
              data-index={item.index}
              className={styles.item}
              style={{ transform: `translateY(${item.start - margin}px)` }}
              aria-setsize={runs.length}
              aria-posinset={item.index + 1}
            >
              <RunRow run={run} now={now} onDelete={() => setDeleting(run)} />
            </li>
          );
        })}
      </ul>
      <DeleteRun run={deleting} onClose={() => setDeleting(undefined)} />
    </>
  );
}

export function RunsPage() {
  const query = useQuery(runsQuery);
  useTitle('Runs');
  return (
    <>
      <div className={styles.top}>
        <div>
          <h1>Rehearse the future</h1>
          <p className={styles.lead}>
            Give Shoal documents and a question. It builds a world from them, lets it live, and reports what happened, with every
            number and quote traced back.
          </p>
        </div>
        <ButtonLink to="/new" size="lg" leftSection={<PlusIcon />}>
          New run
        </ButtonLink>
      </div>
      <Loaded query={query} shape={[84, 84, 84, 84]}>
        {(runs) =>
          runs.length === 0 ? (
            <EmptyState title="No runs yet" action={<ButtonLink to="/new">Start the first one</ButtonLink>}>
              Drop a few documents, ask what you want to know, and watch. A bundled scenario is a good first try.
            </EmptyState>
          ) : (
            <section aria-label="Runs">
              <h2 className={styles.heading}>
                Runs <span className="number">{count(runs.length)}</span>
              </h2>
              <RunList runs={runs} />
            </section>
          )
        }
      </Loaded>
    </>
  );
}
