// The budget tree as a table: a row for each node that is not folded away.
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { BudgetView } from '#api/contract';
import { OpenLink } from '../gateway/open-link.tsx';
import { dayAndTime, exactUsd, usd } from '../shared/format.ts';
import { ChevronIcon } from '../shared/icons.tsx';
import { StateMark } from '../shared/state-mark.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { treeOf, type TreeRow, windowWords } from './budget-tree.ts';
import own from './budgets.module.css';

const route = getRouteApi('/gateway');
const helper = columnHelper<TreeRow>();
const STEP_PX = 18;

function columnsFor(folded: ReadonlySet<string>, onFold: (id: string) => void): Columns<TreeRow> {
  return [
    helper.accessor('name', {
      header: 'Budget',
      cell: ({ row: { original }, getValue }) => (
        <span className={own.name} style={{ paddingLeft: original.depth * STEP_PX }}>
          {original.hasChildren ? (
            <button
              type="button"
              className={own.fold}
              aria-expanded={!folded.has(original.view.id)}
              aria-label={`Budgets under ${original.view.id}`}
              onClick={() => onFold(original.view.id)}
            >
              <ChevronIcon size={14} />
            </button>
          ) : (
            <span className={own.leaf} />
          )}
          <OpenLink id={original.view.id}>{getValue()}</OpenLink>
        </span>
      ),
    }),
    helper.display({ id: 'bar', header: 'Spent of the limit', cell: ({ row }) => <BudgetBar view={row.original.view} /> }),
    helper.accessor((row) => row.view.spentUsd, { id: 'spent', header: 'Spent', cell: (cell) => usd(cell.getValue()) }),
    helper.accessor((row) => row.view.reservedUsd, { id: 'reserved', header: 'Reserved', cell: (cell) => usd(cell.getValue()) }),
    helper.accessor((row) => row.view.limitUsd ?? -1, {
      id: 'limit',
      header: 'Limit',
      cell: (cell) => (cell.getValue() < 0 ? '–' : exactUsd(cell.getValue())),
    }),
    helper.accessor((row) => windowWords(row.view.window), { id: 'window', header: 'Window' }),
    helper.accessor((row) => row.view.resetsAt ?? '', {
      id: 'resets',
      header: 'Room again',
      cell: (cell) => (cell.getValue() === '' ? '–' : dayAndTime(cell.getValue())),
    }),
    helper.accessor((row) => row.view.edge, {
      id: 'edge',
      header: 'Edge',
      cell: ({ row: { original } }) =>
        original.view.closed ? (
          <StateMark tone="quiet">closed</StateMark>
        ) : (
          <StateMark tone={original.view.edge === 'hard' ? 'good' : 'warn'}>{original.view.edge}</StateMark>
        ),
    }),
  ];
}

export function BudgetTable({ views }: { readonly views: readonly BudgetView[] }) {
  const { open } = route.useSearch();
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => treeOf(views, folded), [views, folded]);
  const columns = useMemo(
    () =>
      columnsFor(folded, (id) =>
        setFolded((before) => {
          const after = new Set(before);
          if (!after.delete(id)) after.add(id);
          return after;
        }),
      ),
    [folded],
  );
  return (
    <VirtualTable
      label="Budgets"
      columns={columns}
      data={rows}
      rowKey={(row) => row.view.id}
      template="minmax(220px, 1.8fr) minmax(150px, 1.2fr) 92px 92px 92px minmax(120px, 1fr) 128px 92px"
      minWidth={1040}
      current={open}
    />
  );
}
