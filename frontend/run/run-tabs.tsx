// The tabs of a run, as links: each has an address. Arrow keys move between them.
import { Link } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect } from 'react';
import type { RunView } from '#api/contract';
import { TABS, type Tab } from '../app/search.ts';
import { words } from '../shared/format.ts';
import styles from './run.module.css';

export const panelId = 'run-panel';
export const tabId = (tab: Tab): string => `tab-${tab}`;

const KEYS: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowLeft: -1 };

function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const step = KEYS[event.key];
  if (step === undefined) return;
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=tab]')];
  const at = tabs.findIndex((tab) => tab === document.activeElement);
  tabs[(at + step + tabs.length) % tabs.length]?.focus();
  event.preventDefault();
}

export function RunTabs({ run, current }: { readonly run: RunView; readonly current: Tab }) {
  useEffect(() => {
    // On a narrow screen the row of tabs scrolls; the chosen one should be in it.
    document.querySelector(`#${tabId(current)}`)?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [current]);
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its tabs take the focus
    <div role="tablist" aria-label="Views of this run" className={styles.tabs} onKeyDown={moveFocus}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="/runs/$id"
          params={{ id: run.id }}
          search={(before) => ({ tab, agent: before.agent, round: before.round })}
          role="tab"
          id={tabId(tab)}
          aria-selected={tab === current}
          aria-controls={panelId}
          tabIndex={tab === current ? 0 : -1}
          className={styles.tab}
        >
          {words(tab)}
        </Link>
      ))}
    </div>
  );
}
