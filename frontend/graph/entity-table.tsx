// The graph as a table: the map's twin, sortable, at any length.
import { useMemo } from 'react';
import type { GraphView } from '#api/contract';
import { kindToken } from '../shared/colour.ts';
import { count, percent, words } from '../shared/format.ts';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import styles from './graph.module.css';
import { communityAt } from './groups.ts';

interface EntityTableProps {
  readonly graph: GraphView;
  readonly nodes: GraphView['nodes'];
  /** Those that hold at the date that is looked at. */
  readonly edges: readonly GraphView['edges'][number][];
  /** Which communities are named. */
  readonly level: number;
  readonly selected: string | undefined;
  readonly onSelect: (id: string) => void;
}

type Row = GraphView['nodes'][number] & { readonly relations: number; readonly communityLabel: string };
const helper = columnHelper<Row>();

function columnsFor(onSelect: (id: string) => void): Columns<Row> {
  return [
    helper.accessor('name', {
      header: 'Name',
      cell: (cell) => (
        <button type="button" className={styles.nameButton} onClick={() => onSelect(cell.row.original.id)}>
          {cell.getValue()}
        </button>
      ),
    }),
    helper.accessor('type', {
      header: 'Type',
      cell: (cell) => (
        <span className={styles.type}>
          <span className={styles.swatch} style={{ background: `var(${kindToken(cell.getValue())})` }} />
          {words(cell.row.original.subtype ?? cell.getValue())}
        </span>
      ),
    }),
    helper.accessor('communityLabel', { header: 'Community' }),
    helper.accessor('relations', { header: 'Relations', cell: (cell) => count(cell.getValue()) }),
    helper.accessor('salience', { header: 'Salience', cell: (cell) => percent(cell.getValue()) }),
  ];
}

export function EntityTable({ graph, nodes, edges, level, selected, onSelect }: EntityTableProps) {
  const rows = useMemo((): Row[] => {
    const degrees = new Map<string, number>();
    for (const edge of edges) for (const end of [edge.source, edge.target]) degrees.set(end, (degrees.get(end) ?? 0) + 1);
    const labels = new Map(graph.communities.map((community) => [community.id, community.label]));
    return nodes
      .map((node) => ({
        ...node,
        relations: degrees.get(node.id) ?? 0,
        communityLabel: labels.get(communityAt(node.community ?? '', level)) ?? '',
      }))
      .toSorted((a, b) => b.salience - a.salience);
  }, [graph, nodes, edges, level]);
  const columns = useMemo(() => columnsFor(onSelect), [onSelect]);
  return (
    <VirtualTable
      label="Entities"
      columns={columns}
      data={rows}
      rowKey={(row) => row.id}
      template="minmax(180px, 2fr) minmax(120px, 1fr) minmax(140px, 1.4fr) 96px 96px"
      minWidth={680}
      sortable
      current={selected}
    />
  );
}
