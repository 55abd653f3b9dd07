// How tool servers are doing.
import { useQuery } from '@tanstack/react-query';
import type { ToolServerRow } from '#api/contract';
import { toolServersQuery } from '../api/tools.ts';
import styles from '../gateway/gateway.module.css';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, plural } from '../shared/format.ts';
import { Loaded } from '../shared/loaded.tsx';
import { StateMark, type Tone } from '../shared/state-mark.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';

const helper = columnHelper<ToolServerRow>();
const STATES: Readonly<Record<ToolServerRow['state'], readonly [word: string, tone: Tone]>> = {
  connected: ['Connected', 'good'],
  connecting: ['Being read', 'quiet'],
  idle: ['Not in use', 'quiet'],
  failing: ['Cannot be reached', 'bad'],
};

const columns: Columns<ToolServerRow> = [
  helper.accessor('name', { header: 'Server' }),
  helper.accessor('state', {
    header: 'State',
    cell: ({ row: { original } }) => {
      const [word, tone] = STATES[original.state];
      return <StateMark tone={tone}>{word}</StateMark>;
    },
  }),
  helper.accessor('transport', { header: 'Speaks over' }),
  helper.accessor((row) => row.revision ?? '–', { id: 'revision', header: 'Revision' }),
  helper.accessor('tools', { header: 'Tools', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('prompts', { header: 'Prompts', cell: (cell) => count(cell.getValue()) }),
  helper.accessor('resources', { header: 'Resources', cell: (cell) => count(cell.getValue()) }),
];

function Notes({ servers }: { readonly servers: readonly ToolServerRow[] }) {
  return (
    <>
      {servers.flatMap(({ name, error, left }) => [
        ...(error === undefined
          ? []
          : [
              <p key={name} className={styles.quiet}>
                {error}
              </p>,
            ]),
        ...(left.length === 0
          ? []
          : [
              <p key={`${name} left`} className={styles.quiet}>
                {name}: {plural(left.length, 'definition')} left out ({left.map((one) => `${one.name} ${one.why}`).join('; ')})
              </p>,
            ]),
      ])}
    </>
  );
}

export function ServerSection() {
  const query = useQuery(toolServersQuery);
  return (
    <section className={styles.section} aria-labelledby="tool-servers-title">
      <h2 id="tool-servers-title">Tool servers</h2>
      <Loaded query={query} shape={[88]}>
        {({ servers, endpoints }) =>
          servers.length === 0 ? (
            <EmptyState title="No tool servers">Name them under gateway.tools.servers in config.yaml.</EmptyState>
          ) : (
            <>
              <VirtualTable
                label="Tool servers"
                columns={columns}
                data={servers}
                rowKey={(row) => row.name}
                template="minmax(140px, 1fr) 170px 110px 110px 80px 90px 100px"
                minWidth={820}
              />
              <Notes servers={servers} />
              <p className={styles.quiet}>
                Clients find them at{' '}
                <span className={styles.mono}>{endpoints.map((name) => (name === '' ? '/mcp' : `/mcp/${name}`)).join(', ')}</span>
              </p>
            </>
          )
        }
      </Loaded>
    </section>
  );
}
