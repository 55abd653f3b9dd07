// Spent and reserved of a limit: one solid piece, one hatched, and what is left.
import type { BudgetView } from '#api/contract';
import { exactUsd, usd } from '../shared/format.ts';
import styles from './budgets.module.css';
import { extendedUsd } from './budget-tree.ts';

const AMPLE = 0.8;

export function BudgetBar({ view }: { readonly view: BudgetView }) {
  const { spentUsd, reservedUsd, limitUsd } = view;
  if (limitUsd === undefined) return <span className={styles.noLimit}>no limit of its own</span>;
  const whole = limitUsd + extendedUsd(view);
  const share = (part: number): number => (whole <= 0 ? 1 : Math.min(1, part / whole));
  const used = share(spentUsd + reservedUsd);
  const spoken = `${usd(spentUsd)} spent, ${usd(reservedUsd)} reserved, of ${exactUsd(whole)}`;
  return (
    <span
      className={styles.bar}
      role="img"
      aria-label={spoken}
      title={spoken}
      data-tone={used >= 1 ? 'bad' : used >= AMPLE ? 'warn' : 'ample'}
    >
      <span className={styles.spent} style={{ width: `${share(spentUsd) * 100}%` }} />
      <span className={styles.reserved} style={{ width: `${Math.min(share(reservedUsd), 1 - share(spentUsd)) * 100}%` }} />
    </span>
  );
}
