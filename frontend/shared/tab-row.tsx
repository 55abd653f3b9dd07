// A row of tabs that are links, each with its own address. Arrow keys move between them.
import { type KeyboardEvent, type ReactNode, useEffect } from 'react';
import styles from './tab-row.module.css';

interface TabRowProps {
  readonly label: string;
  /** Id of the chosen tab. */
  readonly current: string;
  /** Links with `tabProps`. */
  readonly children: ReactNode;
}

const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = KEYS[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  tabs[(at + step + tabs.length) % tabs.length]?.focus();
  event.preventDefault();
}

/** What makes a link a tab of the panel with this id. */
export const tabProps = (id: string, panel: string, chosen: boolean) =>
  ({
    role: 'tab',
    id,
    'aria-selected': chosen,
    'aria-controls': panel,
    tabIndex: chosen ? 0 : -1,
    className: styles.tab,
  }) as const;

export function TabRow({ label, current, children }: TabRowProps) {
  useEffect(() => {
    // On a narrow screen the row of tabs scrolls; the chosen one should be in it.
    document.querySelector(`#${current}`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its tabs take the focus
    <div role="tablist" aria-label={label} className={styles.tabs} onKeyDown={moveFocus}>
      {children}
    </div>
  );
}
