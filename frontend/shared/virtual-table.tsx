// A table of any length: TanStack Table knows the columns and the order, TanStack Virtual draws only what is in
// sight. Rows may be a loaded window of a longer list (`offset`, `total`); what is missing shows as grey.
import {
  type ColumnDef,
  createColumnHelper,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFn_alphanumeric,
  sortFn_basic,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import styles from './virtual-table.module.css';

const features = tableFeatures({
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns: { alphanumeric: sortFn_alphanumeric, basic: sortFn_basic },
});

export const columnHelper = <T extends RowData>() => createColumnHelper<typeof features, T>();
// oxlint-disable-next-line typescript/no-explicit-any -- a table mixes columns of any value type
export type Columns<T extends RowData> = ColumnDef<typeof features, T, any>[];

interface VirtualTableProps<T extends RowData> {
  readonly label: string;
  readonly columns: Columns<T>;
  readonly data: readonly T[];
  readonly rowKey: (row: T) => string;
  /** CSS grid columns, and the width below which the table scrolls sideways. */
  readonly template: string;
  readonly minWidth: number;
  readonly sortable?: boolean;
  readonly total?: number;
  readonly offset?: number;
  /** Told which rows are in sight, so that the owner can load them. */
  readonly onRange?: (first: number, last: number) => void;
  readonly current?: string | undefined;
}

const ROW_HEIGHT = 44;

export function VirtualTable<T extends RowData>(props: VirtualTableProps<T>) {
  const { data, columns, offset = 0, sortable = false, onRange } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useTable({ features, columns, data, getRowId: props.rowKey, enableSorting: sortable });
  const rows = table.getRowModel().rows;
  const total = props.total ?? rows.length;
  const virtualizer = useVirtualizer({
    count: total,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onRange?.(first, last), [onRange, first, last]);

  const grid = { gridTemplateColumns: props.template, minWidth: props.minWidth };
  return (
    // A scrollable region must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div ref={scroller} className={styles.scroller} tabIndex={0} role="region" aria-label={props.label}>
      <div
        role="table"
        aria-label={props.label}
        aria-rowcount={total + 1}
        className={styles.table}
        style={{ minWidth: props.minWidth }}
      >
        <div role="rowgroup" className={styles.head}>
          {table.getHeaderGroups().map((group) => (
            <div role="row" aria-rowindex={1} key={group.id} className={styles.row} style={grid}>
              {group.headers.map((header) => {
                const order = sortable ? header.column.getIsSorted() : false;
                return (
                  <div
                    role="columnheader"
                    key={header.id}
                    className={styles.cell}
                    aria-sort={order === 'asc' ? 'ascending' : order === 'desc' ? 'descending' : 'none'}
                  >
                    {sortable && header.column.getCanSort() ? (
                      <button type="button" className={styles.sort} onClick={header.column.getToggleSortingHandler()}>
                        <table.FlexRender header={header} />
                        <span aria-hidden="true">{order === 'asc' ? '↑' : order === 'desc' ? '↓' : ''}</span>
                      </button>
                    ) : (
                      <table.FlexRender header={header} />
                    )}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
        <div role="rowgroup" className={styles.body} style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index - offset];
            return (
              <div
                role="row"
                aria-rowindex={item.index + 2}
                key={item.index}
                className={`${styles.row} ${styles.placed}`}
                data-current={row !== undefined && row.id === props.current ? true : undefined}
                style={{ ...grid, height: ROW_HEIGHT, transform: `translateY(${item.start}px)` }}
              >
                {row === undefined ? (
                  <div role="cell" className={styles.missing} aria-label="Loading" />
                ) : (
                  row.getAllCells().map((cell) => (
                    <div role="cell" key={cell.id} className={styles.cell}>
                      <table.FlexRender cell={cell} />
                    </div>
                  ))
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
