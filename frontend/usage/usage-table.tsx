// Calls, tokens and costs by group. A group leads to its requests where the log can be asked for it.
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { KeyView, UsageView } from '#api/contract';
import type { Grouping, Range } from '../app/search.ts';
import styles from '../gateway/gateway.module.css';
import { compact, count, milliseconds, modelName, nanoUsd, percent, words } from '../shared/format.ts';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';

type Row = UsageView['rows'][number];
const helper = columnHelper<Row>();

/** What the request log can be filtered by. */
const FILTERS: ReadonlySet<Grouping> = new Set(['team', 'model', 'key', 'run']);
const day = new Intl.DateTimeFormat('en', { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

function nameOf(by: Grouping, value: string, keys: readonly KeyView[]): string {
  if (by === 'day') return day.format(new Date(value));
  if (by === 'stage') return words(value);
  if (by === 'model') return modelName(value);
  if (by === 'key') return keys.find((key) => key.id === value)?.name ?? value;
  return value;
}

function columnsFor(by: Grouping, range: Range, keys: readonly KeyView[]): Columns<Row> {
  return [
    helper.accessor((row) => row.group[by] ?? '', {
      id: 'group',
      header: words(by),
      cell: (cell) => {
        const value = cell.getValue();
        if (value === '') return <span className={styles.faint}>without</span>;
        const name = nameOf(by, value, keys);
        if (!FILTERS.has(by)) return name;
        return (
          <Link to="/gateway" search={{ tab: 'requests', [by]: value, range }} className={styles.link}>
            {name}
          </Link>
        );
      },
    }),
    helper.accessor('calls', { header: 'Calls', cell: (cell) => count(cell.getValue()) }),
    helper.accessor((row) => (row.calls === 0 ? 0 : row.failures / row.calls), {
      id: 'failed',
      header: 'Failed',
      cell: (cell) => percent(cell.getValue(), 1),
    }),
    helper.accessor((row) => (row.calls === 0 ? 0 : row.cacheHits / row.calls), {
      id: 'cached',
      header: 'From cache',
      cell: (cell) => percent(cell.getValue(), 1),
    }),
    helper.accessor('inputTokens', { header: 'Tokens in', cell: (cell) => compact(cell.getValue()) }),
    helper.accessor('outputTokens', { header: 'Tokens out', cell: (cell) => compact(cell.getValue()) }),
    helper.accessor((row) => (row.calls === 0 ? 0 : row.latencyMs / row.calls), {
      id: 'latency',
      header: 'Mean latency',
      cell: (cell) => milliseconds(cell.getValue()),
    }),
    helper.accessor('costNanoUsd', { header: 'Cost', cell: (cell) => nanoUsd(cell.getValue()) }),
  ];
}

interface UsageTableProps {
  readonly by: Grouping;
  readonly range: Range;
  readonly rows: readonly Row[];
  readonly keys: readonly KeyView[];
}

export function UsageTable({ by, range, rows, keys }: UsageTableProps) {
  const columns = useMemo(() => columnsFor(by, range, keys), [by, range, keys]);
  const sorted = useMemo(
    () =>
      by === 'day'
        ? rows.toSorted((a, b) => (b.group.day ?? '').localeCompare(a.group.day ?? ''))
        : rows.toSorted((a, b) => b.costNanoUsd - a.costNanoUsd || b.calls - a.calls),
    [by, rows],
  );
  return (
    <VirtualTable
      key={by}
      label={`Usage by ${by}`}
      columns={columns}
      data={sorted}
      rowKey={(row) => row.group[by] ?? ''}
      template="minmax(180px, 2fr) repeat(7, minmax(92px, 1fr))"
      minWidth={900}
      sortable
    />
  );
}
