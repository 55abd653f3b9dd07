// The gateway to look at and to govern: one address, a tab for each matter, each loaded when it is first opened.
import { Skeleton } from '@mantine/core';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { GATEWAY_TABS, type GatewayTab } from '../app/search.ts';
import { words } from '../shared/format.ts';
import { tabProps, TabRow } from '../shared/tab-row.tsx';
import { useTitle } from '../shared/use-title.ts';
import styles from './gateway.module.css';

const route = getRouteApi('/gateway');
const panelId = 'gateway-panel';
const tabId = (tab: GatewayTab): string => `gateway-tab-${tab}`;

const VIEWS = {
  overview: lazy(() => import('../usage/overview-tab.tsx').then((module) => ({ default: module.OverviewTab }))),
  requests: lazy(() => import('../requests/requests-tab.tsx').then((module) => ({ default: module.RequestsTab }))),
  keys: lazy(() => import('../keys/keys-tab.tsx').then((module) => ({ default: module.KeysTab }))),
  budgets: lazy(() => import('../budgets/budgets-tab.tsx').then((module) => ({ default: module.BudgetsTab }))),
  models: lazy(() => import('../models/models-tab.tsx').then((module) => ({ default: module.ModelsTab }))),
  tools: lazy(() => import('../tools/tools-tab.tsx').then((module) => ({ default: module.ToolsTab }))),
  audit: lazy(() => import('../audit/audit-tab.tsx').then((module) => ({ default: module.AuditTab }))),
  settings: lazy(() => import('../settings/settings-tab.tsx').then((module) => ({ default: module.SettingsTab }))),
} as const satisfies Record<GatewayTab, unknown>;

export function GatewayPage() {
  const { tab: current = 'overview' } = route.useSearch();
  useTitle(`${words(current)} · Gateway`);
  const View = VIEWS[current];
  return (
    <>
      <header className={styles.header}>
        <h1>Gateway</h1>
        <p>Every call to a model or a tool goes through here: who made it, what it cost, and what it may cost.</p>
      </header>
      <TabRow label="Views of the gateway" current={tabId(current)}>
        {GATEWAY_TABS.map((tab) => (
          <Link key={tab} to="/gateway" search={{ tab }} {...tabProps(tabId(tab), panelId, tab === current)}>
            {words(tab)}
          </Link>
        ))}
      </TabRow>
      <div role="tabpanel" id={panelId} aria-labelledby={tabId(current)}>
        <Suspense fallback={<Skeleton height={360} radius="md" />}>
          <View />
        </Suspense>
      </div>
    </>
  );
}
