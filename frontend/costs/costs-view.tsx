// Where the money went: by stage and model, against the budget, and what answers kept on file have saved.
import { useQuery } from '@tanstack/react-query';
import type { CostsView, RunView } from '#api/contract';
import { costsQuery } from '../api/queries.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, modelName, percent, usd, words } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { ProgressLine } from '../shared/progress-line.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import styles from './costs.module.css';

type Row = CostsView['rows'][number];
const helper = columnHelper<Row>();

const columns: Columns<Row> = [
  helper.accessor('stage', { header: 'Stage', cell: (cell) => words(cell.getValue()) }),
  helper.accessor('model', { header: 'Model', cell: (cell) => modelName(cell.getValue()) }),
  helper.accessor('calls', { header: 'Calls', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('cassetteHits', { header: 'From file', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('failures', { header: 'Failed', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('inputTokens', { header: 'Tokens in', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('outputTokens', { header: 'Tokens out', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('costUsd', { header: 'Cost', cell: (cell) => usd(cell.getValue()) }),
];

function Summary({ costs }: { readonly costs: CostsView }) {
  const calls = costs.rows.reduce((sum, row) => sum + row.calls, 0);
  const hits = costs.rows.reduce((sum, row) => sum + row.cassetteHits, 0);
  return (
    <div className={styles.summary}>
      <div>
        <span>Spent</span>
        <strong className="number">{usd(costs.spentUsd)}</strong>
        <small>
          of a hard limit of {usd(costs.budgetUsd)}
          {costs.reservedUsd > 0 && `, ${usd(costs.reservedUsd)} held for calls under way`}
        </small>
        <ProgressLine
          label="Spent of the budget"
          done={costs.spentUsd + costs.reservedUsd}
          total={Math.max(costs.budgetUsd, 1e-9)}
        />
      </div>
      <div>
        <span>Calls</span>
        <strong className="number">{count(calls)}</strong>
        <small>{calls === 0 ? 'none yet' : `${percent(hits / calls)} answered from the run’s own file, free of charge`}</small>
      </div>
    </div>
  );
}

export function CostsTab({ run }: { readonly run: RunView }) {
  const query = useQuery(costsQuery(run.id));
  return (
    <Loaded query={query} shape={[96, 220]}>
      {(costs) => (
        <div className={styles.page}>
          <Summary costs={costs} />
          {costs.rows.length === 0 ? (
            <EmptyState title="Nothing was called">Model calls appear here as they are made, embedded ones included.</EmptyState>
          ) : (
            <VirtualTable
              label="Costs by stage and model"
              columns={columns}
              data={costs.rows}
              rowKey={(row) => `${row.stage} ${row.model}`}
              template="1fr 1.6fr repeat(6, minmax(84px, 0.8fr))"
              minWidth={860}
              sortable
            />
          )}
        </div>
      )}
    </Loaded>
  );
}
