// The fields of a key. Team, user and its own budget are said when it is made and stay.
import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { holdersQuery } from '../api/gateway.ts';
import styles from '../gateway/gateway.module.css';
import { type KeyDraft, type Scope, SCOPE_WORDS, SCOPES } from './key-draft.ts';
import { LimitFields, numberOr } from './limit-fields.tsx';

interface KeyFieldsProps {
  readonly draft: KeyDraft;
  readonly onChange: (part: Partial<KeyDraft>) => void;
  readonly isNew: boolean;
}

function ScopeFields({ scopes, onChange }: { readonly scopes: readonly Scope[]; readonly onChange: (scopes: Scope[]) => void }) {
  return (
    <fieldset className={styles.checks}>
      <legend>It may</legend>
      {SCOPES.map((scope) => (
        <label key={scope} className={styles.check}>
          <input
            type="checkbox"
            checked={scopes.includes(scope)}
            onChange={(event) =>
              onChange(SCOPES.filter((one) => (one === scope ? event.currentTarget.checked : scopes.includes(one))))
            }
          />
          <span>
            {SCOPE_WORDS[scope]} <small className={styles.mono}>{scope}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Belongs({ draft, onChange }: Pick<KeyFieldsProps, 'draft' | 'onChange'>) {
  const teams = useQuery(holdersQuery('teams'));
  const users = useQuery(holdersQuery('users'));
  const names = (holders: typeof teams) => (holders.data ?? []).map(({ name }) => ({ value: name, label: name }));
  return (
    <div className={styles.pair}>
      <NativeSelect
        label="Team"
        value={draft.team}
        onChange={(event) => onChange({ team: event.currentTarget.value })}
        data={[{ value: '', label: 'None' }, ...names(teams)]}
      />
      <NativeSelect
        label="User"
        value={draft.user}
        onChange={(event) => onChange({ user: event.currentTarget.value })}
        data={[{ value: '', label: 'None' }, ...names(users)]}
      />
      <NumberInput
        label="Its own budget"
        placeholder="No limit of its own"
        prefix="$"
        min={0}
        max={1_000_000}
        hideControls
        value={draft.limitUsd ?? ''}
        onChange={(value) => onChange({ limitUsd: numberOr(value) })}
      />
    </div>
  );
}

export function KeyFields({ draft, onChange, isNew }: KeyFieldsProps) {
  return (
    <>
      <TextInput
        label="What it is for"
        placeholder="Nightly evaluation"
        maxLength={100}
        required
        value={draft.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <ScopeFields scopes={draft.scopes} onChange={(scopes) => onChange({ scopes })} />
      {isNew && <Belongs draft={draft} onChange={onChange} />}
      <TextInput
        label="Models"
        description="Names, groups or patterns such as openai/*, with commas between them; empty for all"
        placeholder="All models"
        value={draft.models}
        onChange={(event) => onChange({ models: event.currentTarget.value })}
      />
      <LimitFields limits={draft.limits} onChange={(limits) => onChange({ limits })} />
      <TextInput
        type="date"
        label="Last day"
        description="Empty for no end"
        value={draft.expires}
        onChange={(event) => onChange({ expires: event.currentTarget.value })}
      />
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.allowUnpriced}
          onChange={(event) => onChange({ allowUnpriced: event.currentTarget.checked })}
        />
        <span>
          May call models without a known price <small>they count as costing nothing</small>
        </span>
      </label>
    </>
  );
}
