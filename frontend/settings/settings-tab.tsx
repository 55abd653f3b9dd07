// What a changed config.yaml would change, and the word to let it; or why it is refused.
import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ConfigChangeView, ConfigStateView } from '#api/contract';
import { applyConfig, configKey, configQuery } from '../api/gateway.ts';
import { useIsAdministrator } from '../api/session.ts';
import styles from '../gateway/gateway.module.css';
import { Confirm } from '../shared/confirm.tsx';
import { plural } from '../shared/format.ts';
import { ArrowIcon, CheckIcon } from '../shared/icons.tsx';
import { Loaded } from '../shared/loaded.tsx';
import { ProblemCard } from '../shared/problem-card.tsx';
import own from './settings.module.css';

const LOOK_MS = 5000;
const textOf = (value: unknown): string => JSON.stringify(value);

function Change({ change: { path, before, after } }: { readonly change: ConfigChangeView }) {
  return (
    <li>
      <span className={own.path}>{path}</span>
      <p className={own.values}>
        {before === undefined ? <span className={styles.faint}>not set</span> : <del>{textOf(before)}</del>}
        <ArrowIcon size={14} />
        {after === undefined ? <span className={styles.faint}>not set</span> : <ins>{textOf(after)}</ins>}
      </p>
    </li>
  );
}

function Pending({ state }: { readonly state: Extract<ConfigStateView, { kind: 'pending' }> }) {
  const client = useQueryClient();
  const mayChange = useIsAdministrator();
  const [asking, setAsking] = useState(false);
  const applying = useMutation({
    mutationFn: async () => {
      await applyConfig(state.digest);
      await client.invalidateQueries({ queryKey: ['gateway'] });
    },
    onSuccess: () => setAsking(false),
  });
  const changes = plural(state.changes.length, 'change');
  return (
    <section className={styles.section} aria-labelledby="pending-title">
      <div className={styles.bar}>
        <h2 id="pending-title">{changes} not in force</h2>
        {mayChange && <Button onClick={() => setAsking(true)}>Apply</Button>}
      </div>
      <p className={styles.quiet}>Calls and runs under way end under the configuration that they began with.</p>
      <ul className={own.changes}>
        {state.changes.map((change) => (
          <Change key={change.path} change={change} />
        ))}
      </ul>
      <Confirm
        opened={asking}
        title={`Bring ${changes} into force?`}
        yes="Apply now"
        no="Not yet"
        act={applying}
        onClose={() => setAsking(false)}
        harmless
      >
        <p>Calls that come from now on are served under them. The act is written into the audit chain.</p>
      </Confirm>
    </section>
  );
}

/** The file's faults, one a line, as the server found them: line, key, what is wrong. */
function faultsOf(problem: Extract<ConfigStateView, { kind: 'refused' }>['problem']): readonly string[] {
  const problems: unknown = problem.details?.['problems'];
  return Array.isArray(problems) ? problems.filter((one): one is string => typeof one === 'string') : [];
}

/** The file's name and that it is not valid; what is wrong stands in the list below. */
const withoutFaults = (detail: string): string => detail.replace(/( is not valid): .*$/s, '$1.');

function Refused({ state: { problem } }: { readonly state: Extract<ConfigStateView, { kind: 'refused' }> }) {
  const faults = faultsOf(problem);
  return (
    <section className={styles.section} aria-labelledby="refused-title">
      <h2 id="refused-title">config.yaml is refused</h2>
      <ProblemCard problem={faults.length === 0 ? problem : { ...problem, detail: withoutFaults(problem.detail) }} />
      {faults.length > 0 && (
        <div className={styles.card}>
          <h3>What is wrong in it</h3>
          <ul className={own.faults}>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

export function SettingsTab() {
  const client = useQueryClient();
  const query = useQuery({ ...configQuery, refetchInterval: LOOK_MS });
  return (
    <div className={styles.page}>
      <Loaded query={query} shape={[88]}>
        {(state) => {
          if (state.kind === 'pending') return <Pending state={state} />;
          if (state.kind === 'refused') return <Refused state={state} />;
          return (
            <div className={own.calm}>
              <CheckIcon size={22} />
              <div>
                <strong>All of config.yaml is in force.</strong>
                <p className={styles.quiet}>
                  Edit the file in the data folder: what it would change is shown here before it does.
                </p>
              </div>
            </div>
          );
        }}
      </Loaded>
      <div className={styles.actions}>
        <Button variant="default" onClick={() => void client.invalidateQueries({ queryKey: configKey })}>
          Look again
        </Button>
      </div>
    </div>
  );
}
