// What was called and what it came to, for a time that the reader chooses.
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { UsageView } from '#api/contract';
import { keysQuery, usageCsv, usageQuery } from '../api/gateway.ts';
import { type Grouping, GROUPINGS, type Range } from '../app/search.ts';
import styles from '../gateway/gateway.module.css';
import { RANGE_WORDS, RangeChoice } from '../gateway/range-choice.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { compact, count, nanoUsd, percent, words } from '../shared/format.ts';
import { DownloadIcon } from '../shared/icons.tsx';
import { DownloadLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { bucketsOf, totalsOf, unitOf } from './usage-buckets.ts';
import { UsageCharts } from './usage-charts.tsx';
import { UsageTable } from './usage-table.tsx';
import own from './usage.module.css';

const route = getRouteApi('/gateway');
const isGrouping = (value: string): value is Grouping => (GROUPINGS as readonly string[]).includes(value);

function Tiles({ rows }: { readonly rows: UsageView['rows'] }) {
  const totals = useMemo(() => totalsOf(rows), [rows]);
  const { calls, failures, cacheHits, inputTokens, outputTokens, costNanoUsd } = totals;
  const share = (part: number): string => (calls === 0 ? '–' : percent(part / calls, 1));
  const tiles = [
    ['Spent', nanoUsd(costNanoUsd), calls === 0 ? '' : `${nanoUsd(costNanoUsd / calls)} a call`],
    ['Calls', compact(calls), ''],
    ['Tokens', compact(inputTokens + outputTokens), `${compact(inputTokens)} in, ${compact(outputTokens)} out`],
    ['Failed', share(failures), `${count(failures)} calls`],
    ['From cache', share(cacheHits), `${count(cacheHits)} calls, free of charge`],
  ] as const;
  return (
    <dl className={own.tiles}>
      {tiles.map(([name, value, note]) => (
        <div key={name} className={own.tile}>
          <dt>{name}</dt>
          <dd>
            <strong className="number">{value}</strong>
            <small className="number">{note}</small>
          </dd>
        </div>
      ))}
    </dl>
  );
}

export function OverviewTab() {
  const { range = '7d', by = 'model' } = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: { readonly range?: Range; readonly by?: Grouping }): void =>
    void navigate({ search: (before) => ({ ...before, ...part }), replace: true, resetScroll: false });
  const [now] = useState(() => Date.now());
  const time = useQuery(usageQuery(unitOf(range), range, true));
  const groups = useQuery(usageQuery(by, range));
  const keys = useQuery({ ...keysQuery, enabled: by === 'key' });
  const buckets = useMemo(() => bucketsOf(time.data?.rows ?? [], range, now), [time.data, range, now]);
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <RangeChoice value={range} onChange={(next) => change({ range: next })} />
      </div>
      <Loaded query={time} shape={[96, 240, 240]}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState title="Nothing was called">
              No model was called in the last {RANGE_WORDS[range]}. Point a client at this address under /v1, with a key made
              under “Keys”.
            </EmptyState>
          ) : (
            <>
              <Tiles rows={rows} />
              <UsageCharts buckets={buckets} />
              <section className={styles.section} aria-labelledby="usage-by">
                <div className={styles.bar}>
                  <h2 id="usage-by">By {by}</h2>
                  <DownloadLink href={usageCsv(by, range, now)} leftSection={<DownloadIcon size={16} />}>
                    .csv
                  </DownloadLink>
                </div>
                <SegmentedControl
                  className={own.groupings ?? ''}
                  aria-label="Grouped by"
                  value={by}
                  onChange={(next) => isGrouping(next) && change({ by: next })}
                  data={GROUPINGS.map((value) => ({ value, label: words(value) }))}
                />
                <Loaded query={groups} shape={[220]}>
                  {(answer) => <UsageTable by={by} range={range} rows={answer.rows} keys={keys.data ?? []} />}
                </Loaded>
              </section>
            </>
          )
        }
      </Loaded>
    </div>
  );
}
