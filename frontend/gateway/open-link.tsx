// Opens one thing of the present tab up close.
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import styles from './gateway.module.css';

export function OpenLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  return (
    <Link
      from="/gateway"
      to="/gateway"
      search={(before) => ({ ...before, open: id })}
      resetScroll={false}
      className={styles.link}
    >
      {children}
    </Link>
  );
}
