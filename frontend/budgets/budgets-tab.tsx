// The budget tree: what may be spent, what is, and what calls under way hold.
import { Button, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { BudgetView } from '#api/contract';
import { alertsQuery, budgetQuery, budgetsQuery } from '../api/gateway.ts';
import { useIsAdministrator } from '../api/session.ts';
import { DetailDrawer, useClose } from '../gateway/detail-drawer.tsx';
import styles from '../gateway/gateway.module.css';
import { OpenLink } from '../gateway/open-link.tsx';
import { EmptyState } from '../shared/empty-state.tsx';
import { count, dateTime, exactUsd } from '../shared/format.ts';
import { PlusIcon, SearchIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { useTypedSearch } from '../shared/use-typed-search.ts';
import { BudgetForm } from './budget-form.tsx';
import { BudgetSheet } from './budget-sheet.tsx';
import { BudgetTable } from './budget-table.tsx';
import { matching } from './budget-tree.ts';
import own from './budgets.module.css';

const route = getRouteApi('/gateway');
const NEW = 'new';
const REFRESH_MS = 5000;

function RecentAlerts() {
  const { data: alerts = [] } = useQuery(alertsQuery);
  if (alerts.length === 0) return null;
  return (
    <section className={styles.section} aria-labelledby="alerts-title">
      <h2 id="alerts-title">Last alerts</h2>
      <ul className={own.alerts}>
        {alerts.slice(0, 5).map((alert) => (
          <li key={`${alert.node} ${alert.measure} ${alert.percent} ${alert.at}`}>
            <OpenLink id={alert.node}>{alert.node}</OpenLink>
            <span className="number">
              reached {alert.percent} % of {alert.measure === 'usd' ? exactUsd(alert.limit) : `${count(alert.limit)} tokens`}
            </span>
            <time dateTime={alert.at}>{dateTime(alert.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function NewBudget({ views }: { readonly views: readonly BudgetView[] }) {
  const close = useClose();
  const parents = views.filter((view) => !view.closed).map((view) => view.id);
  return (
    <>
      <header className={styles.head}>
        <h2>New budget</h2>
        <p>Every call that is charged to it is charged to all budgets above it too.</p>
      </header>
      <BudgetForm view={undefined} parents={parents} onDone={close} />
    </>
  );
}

/** A budget that the list does not hold: a closed one, most likely. */
function NotListed({ id }: { readonly id: string }) {
  return <Loaded query={useQuery(budgetQuery(id))}>{(view) => <BudgetSheet view={view} />}</Loaded>;
}

export function BudgetsTab() {
  const { q = '', show } = route.useSearch();
  const navigate = route.useNavigate();
  const typed = useTypedSearch('/gateway', q);
  const query = useQuery({ ...budgetsQuery(show === 'all'), refetchInterval: REFRESH_MS });
  const mayChange = useIsAdministrator();
  const shown = useMemo(
    () =>
      matching(
        (query.data ?? []).filter((view) => show === 'all' || !view.closed),
        q,
      ),
    [query.data, show, q],
  );
  return (
    <div className={styles.page}>
      <div className={styles.bar}>
        <TextInput
          className={styles.grow ?? ''}
          aria-label="Search budgets"
          placeholder="Team, run, key"
          leftSection={<SearchIcon size={16} />}
          value={typed.value}
          onChange={(event) => typed.change(event.currentTarget.value)}
        />
        <Button
          variant="default"
          aria-pressed={show === 'all'}
          onClick={() =>
            void navigate({
              search: (before) => ({ ...before, show: show === 'all' ? undefined : 'all' }),
              replace: true,
              resetScroll: false,
            })
          }
        >
          {show === 'all' ? 'Hide closed ones' : 'Show closed ones'}
        </Button>
        {mayChange && (
          <ButtonLink
            to="/gateway"
            search={{ tab: 'budgets', open: NEW }}
            resetScroll={false}
            leftSection={<PlusIcon size={16} />}
          >
            New budget
          </ButtonLink>
        )}
      </div>
      <Loaded query={query} shape={[44, 44, 44, 44, 44]}>
        {(views) => (
          <>
            {shown.length === 0 ? (
              <EmptyState title={q === '' ? 'No budgets' : 'Nothing matches'}>
                {q === '' ? 'The root budget appears with the first call.' : 'Try another word.'}
              </EmptyState>
            ) : (
              <section className={styles.section} aria-label="The budget tree">
                <p className={own.legend}>
                  <span>
                    <i className={own.spent} /> spent
                  </span>
                  <span>
                    <i className={own.reserved} /> reserved by calls under way
                  </span>
                  <span className="number">{count(shown.length)} budgets</span>
                </p>
                <BudgetTable views={shown} />
              </section>
            )}
            <RecentAlerts />
            <DetailDrawer title="Budget">
              {(open) => {
                if (open === NEW) return <NewBudget views={views} />;
                const view = views.find((one) => one.id === open);
                return view === undefined ? <NotListed key={open} id={open} /> : <BudgetSheet key={view.id} view={view} />;
              }}
            </DetailDrawer>
          </>
        )}
      </Loaded>
    </div>
  );
}
