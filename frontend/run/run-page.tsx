// One run: its question, where it stands, its controls, and its tabs. While it can change it is followed live;
// opening it only ever reads.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { RunView } from '#api/contract';
import { AgentDrawer } from '../agent-drawer/agent-drawer.tsx';
import { runQuery } from '../api/queries.ts';
import { canChange, useLiveRun } from '../api/use-live-run.ts';
import type { Tab } from '../app/search.ts';
import { Loaded } from '../shared/loaded.tsx';
import { useTitle } from '../shared/use-title.ts';
import { RunHeader } from './run-header.tsx';
import { panelId, RunTabs, tabId } from './run-tabs.tsx';

const route = getRouteApi('/runs/$id');

const VIEWS = {
  progress: lazy(() => import('../progress/progress-view.tsx').then((module) => ({ default: module.ProgressView }))),
  graph: lazy(() => import('../graph/graph-view.tsx').then((module) => ({ default: module.GraphTab }))),
  theatre: lazy(() => import('../theatre/theatre-view.tsx').then((module) => ({ default: module.TheatreView }))),
  agents: lazy(() => import('../agents/agents-view.tsx').then((module) => ({ default: module.AgentsTab }))),
  report: lazy(() => import('../report/report-view.tsx').then((module) => ({ default: module.ReportTab }))),
  costs: lazy(() => import('../costs/costs-view.tsx').then((module) => ({ default: module.CostsTab }))),
} as const satisfies Record<Tab, unknown>;

function LoadedRun({ run }: { readonly run: RunView }) {
  const { tab = run.hasReport ? 'report' : 'progress' } = route.useSearch();
  const stream = useLiveRun(run.id, canChange(run));
  useTitle(run.title);
  const View = VIEWS[tab];
  return (
    <>
      <RunHeader run={run} stream={stream} />
      <RunTabs run={run} current={tab} />
      <div role="tabpanel" id={panelId} aria-labelledby={tabId(tab)}>
        <Suspense fallback={<Skeleton height={360} radius="md" />}>
          <View run={run} />
        </Suspense>
      </div>
      <AgentDrawer run={run} />
    </>
  );
}

export function RunPage() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  return (
    <Loaded query={query} shape={[96, 40, 360]}>
      {(run) => <LoadedRun key={run.id} run={run} />}
    </Loaded>
  );
}
