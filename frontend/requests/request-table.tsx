// Requests as rows; those not loaded yet show as grey.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { KeyView, RequestView } from '#api/contract';
import { keysQuery } from '../api/gateway.ts';
import { doorName } from '../gateway/door-names.ts';
import styles from '../gateway/gateway.module.css';
import { OpenLink } from '../gateway/open-link.tsx';
import { Outcome } from '../gateway/outcome.tsx';
import { compact, milliseconds, modelName, nanoUsd, toTheSecond } from '../shared/format.ts';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';

const helper = columnHelper<RequestView>();
const NO_KEYS: readonly KeyView[] = [];
/** Grey rows that say there is more. */
const MORE_ROWS = 20;

function whose({ key, team, runId, agent }: RequestView, keys: readonly KeyView[]): string {
  if (runId !== undefined) return agent === undefined ? `run ${runId}` : `run ${runId}, agent ${agent}`;
  const name = key === undefined ? 'local' : (keys.find((one) => one.id === key)?.name ?? key);
  return team === undefined ? name : `${name} (${team})`;
}

function columnsFor(keys: readonly KeyView[]): Columns<RequestView> {
  return [
    helper.accessor('at', {
      header: 'Time',
      cell: (cell) => <OpenLink id={cell.row.original.id}>{toTheSecond(cell.getValue())}</OpenLink>,
    }),
    helper.accessor('outcome', { header: 'Outcome', cell: (cell) => <Outcome outcome={cell.getValue()} /> }),
    helper.accessor('target', {
      header: 'Model or tool',
      cell: (cell) => {
        const { kind, errorCode } = cell.row.original;
        return (
          <>
            {kind === 'tool' ? `tool ${cell.getValue()}` : modelName(cell.getValue())}
            {errorCode !== undefined && <span className={styles.faint}> · {errorCode}</span>}
          </>
        );
      },
    }),
    helper.accessor((row) => whose(row, keys), { id: 'whose', header: 'On whose behalf' }),
    helper.accessor('door', { header: 'Door', cell: (cell) => doorName(cell.getValue()) }),
    helper.accessor((row) => row.inputTokens, {
      id: 'tokens',
      header: 'Tokens',
      cell: ({ row: { original } }) => `${compact(original.inputTokens)} → ${compact(original.outputTokens)}`,
    }),
    helper.accessor('latencyMs', { header: 'Took', cell: (cell) => milliseconds(cell.getValue()) }),
    helper.accessor('costNanoUsd', { header: 'Cost', cell: (cell) => nanoUsd(cell.getValue()) }),
  ];
}

interface RequestTableProps {
  readonly requests: readonly RequestView[];
  readonly hasMore: boolean;
  readonly current: string | undefined;
  readonly onRange: (first: number, last: number) => void;
}

export function RequestTable({ requests, hasMore, current, onRange }: RequestTableProps) {
  const { data: keys = NO_KEYS } = useQuery(keysQuery);
  const columns = useMemo(() => columnsFor(keys), [keys]);
  return (
    <VirtualTable
      label="Requests"
      columns={columns}
      data={requests}
      rowKey={(row) => row.id}
      total={requests.length + (hasMore ? MORE_ROWS : 0)}
      onRange={onRange}
      template="172px 116px minmax(170px, 1.6fr) minmax(140px, 1.2fr) minmax(130px, 1fr) 116px 84px 118px"
      minWidth={1080}
      current={current}
    />
  );
}
