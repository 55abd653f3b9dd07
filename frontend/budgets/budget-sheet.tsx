// One budget: how it stands, more for it, its limits, and closing it.
import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { BudgetView } from '#api/contract';
import { closeBudget } from '../api/gateway.ts';
import { useIsAdministrator } from '../api/session.ts';
import { Facts } from '../gateway/facts.tsx';
import styles from '../gateway/gateway.module.css';
import { Confirm } from '../shared/confirm.tsx';
import { count, dateTime, exactUsd, usd } from '../shared/format.ts';
import { StateMark } from '../shared/state-mark.tsx';
import { BudgetBar } from './budget-bar.tsx';
import { BudgetForm } from './budget-form.tsx';
import { extendedUsd, windowWords } from './budget-tree.ts';
import own from './budgets.module.css';
import { MoreForm } from './more-form.tsx';
import { useChanged } from './use-changed.ts';

function Standing({ view }: { readonly view: BudgetView }) {
  const { spentUsd, reservedUsd, limitUsd, headroomUsd } = view;
  const extended = extendedUsd(view);
  return (
    <div className={own.stand}>
      <p>
        <strong className="number">{usd(spentUsd)}</strong>{' '}
        {limitUsd === undefined
          ? 'spent'
          : `of ${exactUsd(limitUsd)}${extended > 0 ? ` and ${exactUsd(extended)} more for a while` : ''}`}
      </p>
      <BudgetBar view={view} />
      <p className={`${styles.quiet} number`}>
        {usd(reservedUsd)} reserved by calls under way
        {headroomUsd !== undefined && `, ${usd(headroomUsd)} left`}
      </p>
    </div>
  );
}

const amountOf = (measure: 'usd' | 'tokens', value: number): string =>
  measure === 'usd' ? usd(value) : `${count(value)} tokens`;

function Alerts({ view }: { readonly view: BudgetView }) {
  if (view.alerts.length === 0) return null;
  return (
    <section>
      <h3>Alerts of this window</h3>
      <ul className={own.alerts}>
        {view.alerts.map((alert) => (
          <li key={`${alert.measure} ${alert.percent} ${alert.at}`}>
            <strong className="number">{alert.percent} %</strong>
            <span className="number">
              {amountOf(alert.measure, alert.spent)} of {amountOf(alert.measure, alert.limit)}
            </span>
            <time dateTime={alert.at}>{dateTime(alert.at)}</time>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Extensions({ view }: { readonly view: BudgetView }) {
  if (view.extensions.length === 0) return null;
  return (
    <p className={styles.quiet}>
      {view.extensions
        .map(({ usd: more, tokens, until }) => {
          const amounts = [...(more > 0 ? [exactUsd(more)] : []), ...(tokens > 0 ? [`${count(tokens)} tokens`] : [])];
          return `${amounts.join(' and ')} more until ${dateTime(until)}`;
        })
        .join('; ')}
    </p>
  );
}

function Close({ view }: { readonly view: BudgetView }) {
  const changed = useChanged();
  const [asking, setAsking] = useState(false);
  const closing = useMutation({
    mutationFn: async () => changed((await closeBudget(view.id)).after),
    onSuccess: () => setAsking(false),
  });
  return (
    <div className={styles.actions}>
      <Button variant="light" color="red" onClick={() => setAsking(true)}>
        Close this budget
      </Button>
      <Confirm
        opened={asking}
        title="Close this budget?"
        yes="Close it"
        no="Keep it open"
        act={closing}
        onClose={() => setAsking(false)}
      >
        <p>
          “{view.id}” and everything under it admit no call any more. What was spent stays counted, and saving its limits opens it
          again.
        </p>
      </Confirm>
    </div>
  );
}

export function BudgetSheet({ view }: { readonly view: BudgetView }) {
  const mayChange = useIsAdministrator();
  const { limitUsd, limitTokens, spentTokens, reservedTokens, resetsAt } = view;
  return (
    <>
      <header className={styles.head}>
        <h2>{view.id}</h2>
        <p>
          {view.closed ? <StateMark tone="quiet">Closed</StateMark> : <StateMark tone="good">Open</StateMark>}
          <span>{view.edge} edge</span>
          <span>{windowWords(view.window)}</span>
        </p>
      </header>
      <Standing view={view} />
      <Extensions view={view} />
      <Facts
        facts={[
          ['Tokens', `${count(spentTokens)} spent, ${count(reservedTokens)} reserved`],
          ['Limit in tokens', limitTokens === undefined ? 'None' : count(limitTokens)],
          ['Gives room back', resetsAt === undefined ? 'Only when it is raised' : dateTime(resetsAt)],
          ['Under', view.parent],
        ]}
      />
      <Alerts view={view} />
      {mayChange ? (
        <>
          {limitUsd !== undefined && !view.closed && (
            <>
              <hr className={styles.rule} />
              <MoreForm view={{ ...view, limitUsd }} />
            </>
          )}
          <hr className={styles.rule} />
          <h3>{view.closed ? 'Open it again' : 'Limits'}</h3>
          <BudgetForm key={`${limitUsd} ${limitTokens} ${view.window} ${view.edge} ${view.alertPercents.join()}`} view={view} />
          {!view.closed && view.parent !== undefined && <Close view={view} />}
        </>
      ) : (
        <p className={styles.quiet}>Only administrators change budgets.</p>
      )}
    </>
  );
}
