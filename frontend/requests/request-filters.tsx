// Which requests. Choices come from what there is (keys, teams, models); a run's name is typed.
import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { holdersQuery, keysQuery, modelsQuery } from '../api/gateway.ts';
import { RANGES } from '../app/search.ts';
import { DOOR_NAMES } from '../gateway/door-names.ts';
import { OUTCOME_NAMES } from '../gateway/outcome.tsx';
import { RANGE_WORDS } from '../gateway/range-choice.tsx';
import { modelName } from '../shared/format.ts';
import styles from './requests.module.css';

const route = getRouteApi('/gateway');
type Filter = 'outcome' | 'model' | 'key' | 'team' | 'run' | 'door' | 'range';
const FILTERS: readonly Filter[] = ['outcome', 'model', 'key', 'team', 'run', 'door', 'range'];
interface Choice {
  readonly value: string;
  readonly label: string;
}

export function RequestFilters() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const keys = useQuery(keysQuery);
  const teams = useQuery(holdersQuery('teams'));
  const models = useQuery(modelsQuery);
  const change = (part: Partial<Record<Filter, string | undefined>>): void =>
    void navigate({ search: (before) => ({ ...before, ...part }) as typeof before, replace: true, resetScroll: false });

  const choice = (filter: Exclude<Filter, 'run'>, label: string, all: string, data: readonly Choice[]) => {
    const value = search[filter] ?? '';
    // What the address names is offered even if nobody knows it (any more).
    const known = value === '' || data.some((one) => one.value === value);
    return (
      <NativeSelect
        label={label}
        size="sm"
        value={value}
        onChange={(event) => change({ [filter]: event.currentTarget.value === '' ? undefined : event.currentTarget.value })}
        data={[{ value: '', label: all }, ...data, ...(known ? [] : [{ value, label: value }])]}
      />
    );
  };
  const callable = (models.data?.models ?? [])
    .filter((model) => model.available)
    .map(({ id }) => ({ value: id, label: modelName(id) }));
  const set = FILTERS.some((filter) => search[filter] !== undefined);
  return (
    <div className={styles.filters} role="group" aria-label="Which requests">
      {choice(
        'range',
        'Time',
        'All that is kept',
        RANGES.map((range) => ({ value: range, label: RANGE_WORDS[range] })),
      )}
      {choice('outcome', 'Outcome', 'Any', OUTCOME_NAMES)}
      {choice('model', 'Model', 'Any', callable)}
      {choice(
        'key',
        'Key',
        'Any',
        (keys.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
      )}
      {choice(
        'team',
        'Team',
        'Any',
        (teams.data ?? []).map(({ name }) => ({ value: name, label: name })),
      )}
      {choice('door', 'Door', 'Any', DOOR_NAMES)}
      <RunField key={search.run ?? ''} value={search.run ?? ''} onChange={(run) => change({ run })} />
      {set && (
        <Button variant="subtle" onClick={() => change(Object.fromEntries(FILTERS.map((filter) => [filter, undefined])))}>
          Clear
        </Button>
      )}
    </div>
  );
}

interface RunFieldProps {
  readonly value: string;
  readonly onChange: (run: string | undefined) => void;
}

const SETTLE_MS = 400;

/** A half-typed name would find nothing, so the words are let settle. */
function RunField({ value, onChange }: RunFieldProps) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (typed.trim() === value) return undefined;
    const timer = setTimeout(() => onChange(typed.trim() === '' ? undefined : typed.trim()), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [typed, value, onChange]);
  return <TextInput label="Run" placeholder="Any" value={typed} onChange={(event) => setTyped(event.currentTarget.value)} />;
}
