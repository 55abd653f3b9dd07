// The tabs of a run, as links: each has an address.
import { Link } from '@tanstack/react-router';
import type { RunView } from '#api/contract';
import { TABS, type Tab } from '../app/search.ts';
import { words } from '../shared/format.ts';
import { tabProps, TabRow } from '../shared/tab-row.tsx';

export const panelId = 'run-panel';
export const tabId = (tab: Tab): string => `tab-${tab}`;

export function RunTabs({ run, current }: { readonly run: RunView; readonly current: Tab }) {
  return (
    <TabRow label="Views of this run" current={tabId(current)}>
      {TABS.map((tab) => (
        <Link
          key={tab}
          to="/runs/$id"
          params={{ id: run.id }}
          search={(before) => ({ tab, agent: before.agent, round: before.round })}
          {...tabProps(tabId(tab), panelId, tab === current)}
        >
          {words(tab)}
        </Link>
      ))}
    </TabRow>
  );
}
