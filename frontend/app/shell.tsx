// What stands around every page: skip link, brand, navigation, colour scheme; and the two pages for what went wrong.
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, Outlet } from '@tanstack/react-router';
import { problemFrom } from '../api/problem.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { MoonIcon, PlusIcon, ShoalMark, SunIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './shell.module.css';

function SchemeToggle() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const other = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Use ${other} colours`}>
      <ActionIcon variant="subtle" size="lg" aria-label={`Use ${other} colours`} onClick={() => setColorScheme(other)}>
        {scheme === 'dark' ? <SunIcon /> : <MoonIcon />}
      </ActionIcon>
    </Tooltip>
  );
}

export function Shell() {
  return (
    <>
      <a className={styles.skip} href="#main">
        Skip to the content
      </a>
      <header className={styles.header}>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand} aria-label="Shoal, list of runs">
            <ShoalMark />
            <span>Shoal</span>
          </Link>
          <nav className={styles.nav} aria-label="Pages">
            <Link to="/" activeOptions={{ exact: true }} className={styles.link}>
              Runs
            </Link>
            <ButtonLink to="/new" size="compact-md" leftSection={<PlusIcon size={16} />}>
              New run
            </ButtonLink>
            <SchemeToggle />
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
    </>
  );
}

export function NotFound() {
  return (
    <EmptyState title="There is no such page" action={<ButtonLink to="/">To the runs</ButtonLink>}>
      The address leads nowhere. A run may have been deleted.
    </EmptyState>
  );
}

export function PageFault({ error, reset }: ErrorComponentProps) {
  return <ProblemCard problem={problemFrom(error)} onRetry={reset} />;
}
