// Which models there are, which can be called, what they cost, and how they are doing.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ModelRowView } from '#api/contract';
import { modelsQuery } from '../api/gateway.ts';
import styles from '../gateway/gateway.module.css';
import { EmptyState } from '../shared/empty-state.tsx';
import { compact, count, exactUsd, modelName } from '../shared/format.ts';
import { SearchIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { StateMark } from '../shared/state-mark.tsx';
import { useTypedSearch } from '../shared/use-typed-search.ts';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import { HealthSection } from './health-section.tsx';

const route = getRouteApi('/gateway');
const helper = columnHelper<ModelRowView>();

const priceOf = (usd: number | undefined): string => (usd === undefined ? '–' : exactUsd(usd));

function noteOf({ price }: ModelRowView): string | undefined {
  const tiers = price?.tiers ?? [];
  if (tiers.length === 0) return undefined;
  return tiers
    .map(
      (tier) =>
        `above ${compact(tier.aboveInputTokens)} tokens in: ${exactUsd(tier.inputUsd)} in, ${exactUsd(tier.outputUsd)} out`,
    )
    .join('; ');
}

const columns: Columns<ModelRowView> = [
  helper.accessor('id', { header: 'Model', cell: (cell) => modelName(cell.getValue()) }),
  helper.accessor('available', {
    header: 'Can be called',
    cell: ({ row: { original } }) =>
      original.available ? (
        <StateMark tone="good">Yes</StateMark>
      ) : (
        <StateMark tone="quiet">
          {original.missing === undefined ? (
            'Not configured'
          ) : (
            <>
              set <span className={styles.mono}>{original.missing}</span>
            </>
          )}
        </StateMark>
      ),
  }),
  helper.accessor((row) => row.price?.inputUsd ?? -1, {
    id: 'in',
    header: 'In, per million',
    cell: ({ row: { original } }) => priceOf(original.price?.inputUsd),
  }),
  helper.accessor((row) => row.price?.cachedInputUsd ?? -1, {
    id: 'cached',
    header: 'Cached in',
    cell: ({ row: { original } }) => priceOf(original.price?.cachedInputUsd),
  }),
  helper.accessor((row) => row.price?.outputUsd ?? -1, {
    id: 'out',
    header: 'Out, per million',
    cell: ({ row: { original } }) => {
      const note = noteOf(original);
      return note === undefined ? (
        priceOf(original.price?.outputUsd)
      ) : (
        <span title={note}>
          {priceOf(original.price?.outputUsd)} <span className={styles.faint}>and tiers</span>
        </span>
      );
    },
  }),
  helper.accessor('contextTokens', { header: 'Context', cell: (cell) => compact(cell.getValue()) }),
  helper.accessor((row) => row.price?.source ?? '', {
    id: 'source',
    header: 'Price read at',
    cell: ({ row: { original } }) =>
      original.price === undefined ? (
        <StateMark tone="warn">No price known</StateMark>
      ) : (
        <span title={original.price.source}>
          {original.price.date !== undefined && `${original.price.date}, `}
          <span className={styles.faint}>{original.price.source}</span>
        </span>
      ),
  }),
];

function ModelTable({ models }: { readonly models: readonly ModelRowView[] }) {
  return (
    <VirtualTable
      label="Models"
      columns={columns}
      data={models}
      rowKey={(row) => row.id}
      template="minmax(210px, 1.6fr) minmax(180px, 1.1fr) 128px 92px 150px 86px minmax(200px, 1.4fr)"
      minWidth={1080}
      sortable
    />
  );
}

export function ModelsTab() {
  const { q = '', show } = route.useSearch();
  const navigate = route.useNavigate();
  const typed = useTypedSearch('/gateway', q);
  const query = useQuery(modelsQuery);
  const onlyCallable = show !== 'all';
  const models = useMemo(() => {
    const wanted = q.trim().toLowerCase();
    return (query.data?.models ?? []).filter(
      (model) => (model.available || !onlyCallable || wanted !== '') && model.id.toLowerCase().includes(wanted),
    );
  }, [query.data, q, onlyCallable]);
  return (
    <div className={styles.page}>
      <HealthSection />
      <Loaded query={query} shape={[44, 44, 44, 44, 44]}>
        {(data) => (
          <section className={styles.section} aria-labelledby="models-title">
            <div className={styles.bar}>
              <h2 id="models-title">
                Models <span className={`${styles.faint} number`}>{count(models.length)}</span>
              </h2>
            </div>
            <div className={styles.bar}>
              <TextInput
                className={styles.grow ?? ''}
                aria-label="Search models"
                placeholder="Provider or name, configured or not"
                leftSection={<SearchIcon size={16} />}
                value={typed.value}
                onChange={(event) => typed.change(event.currentTarget.value)}
              />
              <Button
                variant="default"
                aria-pressed={!onlyCallable}
                onClick={() =>
                  void navigate({
                    search: (before) => ({ ...before, show: onlyCallable ? 'all' : undefined }),
                    replace: true,
                    resetScroll: false,
                  })
                }
              >
                {onlyCallable ? `Show all ${count(data.models.length)}` : 'Only what can be called'}
              </Button>
            </div>
            {data.groups.length > 0 && (
              <p className={styles.quiet}>Groups and aliases of config.yaml: {data.groups.join(', ')}</p>
            )}
            {models.length === 0 ? (
              <EmptyState title="Nothing matches">Try another word, or show all models.</EmptyState>
            ) : (
              <ModelTable models={models} />
            )}
          </section>
        )}
      </Loaded>
    </div>
  );
}
