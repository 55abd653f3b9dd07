// Everyone in the world, searchable at any number, and a survey that asks them all.
import { SegmentedControl, TextInput } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import type { RunView } from '#api/contract';
import { EmptyState } from '../shared/empty-state.tsx';
import { SearchIcon } from '../shared/icons.tsx';
import { useTypedSearch } from '../shared/use-typed-search.ts';
import { AgentTable } from './agent-table.tsx';
import styles from './agents.module.css';
import { SurveyPanel } from './survey-panel.tsx';

const route = getRouteApi('/runs/$id');
const EVERYONE = 'all';

export function AgentsTab({ run }: { readonly run: RunView }) {
  const { q, kind } = route.useSearch();
  const navigate = route.useNavigate();
  const typed = useTypedSearch('/runs/$id', q ?? '');
  if (run.roundsDone === 0)
    return <EmptyState title="Nobody is about yet">Agents appear here with the first round of the world.</EmptyState>;
  return (
    <div className={styles.page}>
      <section aria-label="Everyone in this world" className={styles.list}>
        <div className={styles.filters}>
          <TextInput
            className={styles.search}
            aria-label="Search agents"
            placeholder="Name, occupation, community"
            leftSection={<SearchIcon size={16} />}
            value={typed.value}
            onChange={(event) => typed.change(event.currentTarget.value)}
          />
          <SegmentedControl
            aria-label="Which agents"
            value={kind ?? EVERYONE}
            onChange={(next) =>
              void navigate({
                search: (before) => ({ ...before, kind: next === 'named' || next === 'crowd' ? next : undefined }),
                replace: true,
                resetScroll: false,
              })
            }
            data={[
              { value: EVERYONE, label: 'Everyone' },
              { value: 'named', label: 'Named in documents' },
              { value: 'crowd', label: 'Crowd' },
            ]}
          />
        </div>
        <AgentTable key={`${q ?? ''}|${kind ?? ''}`} run={run} />
      </section>
      <SurveyPanel run={run} />
    </div>
  );
}
