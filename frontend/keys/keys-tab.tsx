// Virtual keys with what they may, and the teams and users that narrow them.
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import type { KeyMade, KeyView } from '#api/contract';
import { keysQuery } from '../api/gateway.ts';
import { useIsAdministrator } from '../api/session.ts';
import { DetailDrawer, useClose } from '../gateway/detail-drawer.tsx';
import styles from '../gateway/gateway.module.css';
import { OpenLink } from '../gateway/open-link.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { ago, count, dateTime } from '../shared/format.ts';
import { PlusIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { type Columns, columnHelper, VirtualTable } from '../shared/virtual-table.tsx';
import { HolderList } from './holders.tsx';
import { KeySheet } from './key-sheet.tsx';
import { KeyStateMark } from './key-state.tsx';
import own from './keys.module.css';
import { NewKey } from './new-key.tsx';
import { SecretPanel } from './secret-panel.tsx';

const route = getRouteApi('/gateway');
const helper = columnHelper<KeyView>();
const NEW = 'new';

const columnsFor = (now: number): Columns<KeyView> => [
  helper.accessor('name', {
    header: 'Name',
    cell: (cell) => <OpenLink id={cell.row.original.id}>{cell.getValue()}</OpenLink>,
  }),
  helper.accessor('disabled', { header: 'State', cell: ({ row }) => <KeyStateMark view={row.original} now={now} /> }),
  helper.accessor((row) => row.scopes.join(', '), { id: 'scopes', header: 'Scopes' }),
  helper.accessor((row) => [row.team, row.user].filter((name) => name !== undefined).join(' / '), {
    id: 'whose',
    header: 'Team / user',
  }),
  helper.accessor((row) => row.models?.join(', ') ?? 'all', { id: 'models', header: 'Models' }),
  helper.accessor((row) => row.expiresAt ?? '', {
    id: 'expires',
    header: 'Ends',
    cell: (cell) => (cell.getValue() === '' ? 'never' : dateTime(cell.getValue())),
  }),
  helper.accessor((row) => row.lastUsedAt ?? '', {
    id: 'used',
    header: 'Last used',
    cell: (cell) => (cell.getValue() === '' ? 'never' : ago(cell.getValue(), now)),
  }),
];

function NewKeyLink() {
  return (
    <ButtonLink to="/gateway" search={{ tab: 'keys', open: NEW }} resetScroll={false} leftSection={<PlusIcon size={16} />}>
      New key
    </ButtonLink>
  );
}

function KeyTable({ keys, now }: { readonly keys: readonly KeyView[]; readonly now: number }) {
  const { open } = route.useSearch();
  const columns = useMemo(() => columnsFor(now), [now]);
  return (
    <VirtualTable
      label="Keys"
      columns={columns}
      data={keys}
      rowKey={(row) => row.id}
      template="minmax(170px, 1.4fr) 104px minmax(120px, 0.9fr) minmax(120px, 1fr) minmax(120px, 1.2fr) minmax(150px, 0.9fr) 112px"
      minWidth={940}
      sortable
      current={open}
    />
  );
}

export function KeysTab() {
  const query = useQuery(keysQuery);
  const close = useClose();
  const mayChange = useIsAdministrator();
  const [now] = useState(() => Date.now());
  const [made, setMade] = useState<KeyMade>();
  return (
    <div className={styles.page}>
      <Loaded query={query} shape={[44, 44, 44, 44]}>
        {(keys) => (
          <>
            {keys.length === 0 ? (
              <EmptyState title="No keys yet" action={mayChange && <NewKeyLink />}>
                A key says who calls, which models they may call, and how much they may spend. At this machine Shoal works without
                one.
              </EmptyState>
            ) : (
              <section className={styles.section} aria-label="Virtual keys">
                <div className={styles.bar}>
                  <h2>
                    Keys <span className={`${styles.faint} number`}>{count(keys.length)}</span>
                  </h2>
                  {mayChange && <NewKeyLink />}
                </div>
                <KeyTable keys={keys} now={now} />
              </section>
            )}
            <DetailDrawer title="Key">
              {(open) => {
                if (open === NEW)
                  return (
                    <NewKey
                      onMade={(key) => {
                        setMade(key);
                        close();
                      }}
                    />
                  );
                const view = keys.find((key) => key.id === open);
                return view === undefined ? (
                  <EmptyState title="There is no such key">It may have been deleted.</EmptyState>
                ) : (
                  <KeySheet view={view} now={now} onMade={setMade} />
                );
              }}
            </DetailDrawer>
          </>
        )}
      </Loaded>
      <div className={own.holders}>
        <HolderList kind="teams" />
        <HolderList kind="users" />
      </div>
      <SecretPanel made={made} onClose={() => setMade(undefined)} />
    </div>
  );
}
