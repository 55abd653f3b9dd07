// How what was tried is doing: circuits, failures, pace, and who waits for a place.
import { useQuery } from '@tanstack/react-query';
import type { GatewayHealthView, TargetHealthView } from '#api/contract';
import { healthQuery } from '../api/gateway.ts';
import styles from '../gateway/gateway.module.css';
import { count, duration, milliseconds, modelName, percent, plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { StateMark, type Tone } from '../shared/state-mark.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';

const REFRESH_MS = 5000;
const helper = columnHelper<TargetHealthView>();

/** A closed circuit lets calls through: people read it as health, not as a shut door. */
const STATES: Readonly<Record<TargetHealthView['state'], readonly [word: string, tone: Tone]>> = {
  closed: ['Well', 'good'],
  resting: ['Resting', 'warn'],
  'half-open': ['Being tried again', 'warn'],
  open: ['Left alone', 'bad'],
};

const paceOf = (ms: number): string => (ms <= 0 ? '–' : milliseconds(ms));

const columns: Columns<TargetHealthView> = [
  helper.accessor('target', { header: 'Target', cell: (cell) => modelName(cell.getValue()) }),
  helper.accessor('keyIndex', { header: 'Key', cell: (cell) => `no. ${cell.getValue() + 1}` }),
  helper.accessor('state', {
    header: 'Circuit',
    cell: ({ row: { original } }) => {
      const [word, tone] = STATES[original.state];
      const again = original.blockedMs > 0 ? `, again in ${duration(original.blockedMs / 1000)}` : '';
      return (
        <StateMark tone={tone}>
          {word}
          {again}
        </StateMark>
      );
    },
  }),
  helper.accessor('attempts', { header: 'Attempts', cell: (cell) => count(cell.getValue()) }),
  helper.accessor((row) => (row.attempts === 0 ? 0 : row.failures / row.attempts), {
    id: 'failed',
    header: 'Failed',
    cell: (cell) => percent(cell.getValue(), 1),
  }),
  helper.accessor('firstByteMs', { header: 'First byte', cell: (cell) => paceOf(cell.getValue()) }),
  helper.accessor('wholeMs', { header: 'Whole answer', cell: (cell) => paceOf(cell.getValue()) }),
  helper.accessor('inFlight', { header: 'Under way', cell: (cell) => count(cell.getValue()) }),
];

function Places({ places }: Pick<GatewayHealthView, 'places'>) {
  const busy = places.filter(({ underWay, waiting }) => underWay + waiting > 0);
  if (busy.length === 0) return null;
  return (
    <p className={styles.quiet}>
      {busy
        .map(({ name, underWay, waiting }) => `${name}: ${plural(underWay, 'call')} under way, ${count(waiting)} waiting`)
        .join('; ')}
    </p>
  );
}

export function HealthSection() {
  const query = useQuery({ ...healthQuery, refetchInterval: REFRESH_MS });
  return (
    <section className={styles.section} aria-labelledby="health-title">
      <h2 id="health-title">How targets are doing</h2>
      <Loaded query={query} shape={[88]}>
        {({ targets, places }) =>
          targets.length === 0 ? (
            <p className={styles.quiet}>No provider was tried since the server began.</p>
          ) : (
            <>
              <Places places={places} />
              <VirtualTable
                label="Health of targets"
                columns={columns}
                data={targets}
                rowKey={(row) => `${row.target} ${row.keyIndex}`}
                template="minmax(200px, 2fr) 72px minmax(200px, 1.4fr) repeat(5, minmax(88px, 0.8fr))"
                minWidth={940}
                sortable
              />
            </>
          )
        }
      </Loaded>
    </section>
  );
}
