// What stands around every page: skip link, brand, navigation, colour scheme; and the two pages for what went wrong.
import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { Link, Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { problemFrom } from '../api/problem.ts';
import { sessionQuery, signOut } from '../api/session.ts';
import { EmptyState } from '../shared/empty-state.tsx';
import { LeaveIcon, MoonIcon, PlusIcon, ShoalMark, SunIcon } from '../shared/icons.tsx';
import { ButtonLink } from '../shared/links.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import styles from './shell.module.css';

const loadSignIn = () => import('./sign-in.tsx').then((module) => ({ default: module.SignIn }));
const SignIn = lazy(loadSignIn);

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

/** Loaded apart, and before it is needed: once a key is asked for, the server gives no more files either. */
function Entry() {
  const { data: session } = useQuery(sessionQuery);
  useEffect(() => {
    // Where this fails, showing it tries again and says what is wrong.
    loadSignIn().catch(() => undefined);
  }, []);
  return (
    session === null && (
      <Suspense fallback={null}>
        <SignIn />
      </Suspense>
    )
  );
}

/** Only for who came in with a key: the person at this machine has nothing to leave. */
function SignOut() {
  const client = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const leave = useMutation({ mutationFn: () => signOut(client) });
  if (session?.kind !== 'key') return null;
  return (
    <Tooltip label={`Sign out (${session.name})`}>
      <ActionIcon
        variant="subtle"
        size="lg"
        aria-label={`Sign out (${session.name})`}
        loading={leave.isPending}
        onClick={() => leave.mutate()}
      >
        <LeaveIcon />
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
            <Link to="/graphs" className={styles.link}>
              Graphs
            </Link>
            <Link to="/forecasts" className={styles.link}>
              Forecasts
            </Link>
            <Link to="/gateway" className={styles.link}>
              Gateway
            </Link>
            <ButtonLink to="/new" size="compact-md" leftSection={<PlusIcon size={16} />}>
              New run
            </ButtonLink>
            <SchemeToggle />
            <SignOut />
          </nav>
        </div>
      </header>
      <main id="main" tabIndex={-1} className={styles.main}>
        <Outlet />
      </main>
      <Entry />
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
