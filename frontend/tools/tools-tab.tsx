// Tool servers, what of them waits for approval, and their tools.
import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { ToolRow } from '#api/contract';
import { toolsQuery } from '../api/tools.ts';
import { DetailDrawer } from '../gateway/detail-drawer.tsx';
import styles from '../gateway/gateway.module.css';
import { OpenLink } from '../gateway/open-link.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { count } from '../shared/format.ts';
import { SearchIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useTypedSearch } from '../shared/use-typed-search.ts';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import { ServerSection } from './server-section.tsx';
import { ToolSheet } from './tool-sheet.tsx';
import { WaitingSection } from './waiting-section.tsx';

const route = getRouteApi('/gateway');
const helper = columnHelper<ToolRow>();
/** `/mcp`, where every server's tools are. */
const EVERYTHING = '';

const columns: Columns<ToolRow> = [
  helper.accessor('name', {
    header: 'Tool',
    cell: (cell) => <OpenLink id={cell.getValue()}>{cell.getValue()}</OpenLink>,
  }),
  helper.accessor('server', { header: 'Server' }),
  helper.accessor((row) => row.description ?? row.title ?? '', { id: 'description', header: 'What it says of itself' }),
];

export function ToolsTab() {
  const { q = '', open } = route.useSearch();
  const typed = useTypedSearch('/gateway', q);
  const query = useQuery(toolsQuery(EVERYTHING));
  const tools = useMemo(() => {
    const wanted = q.trim().toLowerCase();
    return (query.data?.tools ?? []).filter(
      ({ name, description = '' }) => name.toLowerCase().includes(wanted) || description.toLowerCase().includes(wanted),
    );
  }, [query.data, q]);
  return (
    <div className={styles.page}>
      <ServerSection />
      <WaitingSection />
      <Loaded query={query} shape={[44, 44, 44]}>
        {(data) => (
          <section className={styles.section} aria-labelledby="tools-title">
            <div className={styles.bar}>
              <h2 id="tools-title">
                Tools <span className={`${styles.faint} number`}>{count(tools.length)}</span>
              </h2>
            </div>
            {data.tools.length > 0 && (
              <TextInput
                aria-label="Search tools"
                placeholder="Name, or a word of what it says"
                leftSection={<SearchIcon size={16} />}
                value={typed.value}
                onChange={(event) => typed.change(event.currentTarget.value)}
              />
            )}
            {tools.length === 0 ? (
              <EmptyState title={data.tools.length === 0 ? 'No tools' : 'Nothing matches'}>
                {data.tools.length === 0 ? 'Servers bring them; the table above says how those are doing.' : 'Try another word.'}
              </EmptyState>
            ) : (
              <VirtualTable
                label="Tools"
                columns={columns}
                data={tools}
                rowKey={(row) => row.name}
                template="minmax(220px, 1.2fr) 130px minmax(260px, 2fr)"
                minWidth={700}
                current={open}
                sortable
              />
            )}
          </section>
        )}
      </Loaded>
      <DetailDrawer title="Tool">
        {(name) => {
          const tool = query.data?.tools.find((one) => one.name === name);
          return tool === undefined ? (
            <EmptyState title="There is no such tool">It may wait for approval, or its server may be away.</EmptyState>
          ) : (
            <ToolSheet key={name} tool={tool} endpoint={EVERYTHING} />
          );
        }}
      </DetailDrawer>
    </div>
  );
}
