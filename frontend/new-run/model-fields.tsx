// Which model thinks for the agents. Embedded rules cost nothing; a provider's model gets a share and a budget.
import { NativeSelect, NumberInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { StatusView } from '#api/contract';
import { problemFrom } from '../api/problem.ts';
import { percent } from '../shared/format.ts';
import type { Draft } from './draft.ts';
import styles from './new-run.module.css';
import { SliderField } from './slider-field.tsx';

interface ModelFieldsProps {
  readonly status: UseQueryResult<StatusView>;
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
}

export function ModelFields({ status, draft, onChange }: ModelFieldsProps) {
  const providers = (status.data?.models ?? []).filter((model) => model.kind === 'provider');
  return (
    <>
      <NativeSelect
        label="Model"
        description={
          providers.some((model) => model.available)
            ? 'Extraction, personas, a share of the agents, chat and report'
            : 'No provider is configured; set a key such as OPENAI_API_KEY to choose one'
        }
        error={status.error === null ? undefined : problemFrom(status.error).title}
        value={draft.model}
        onChange={(event) => onChange({ model: event.currentTarget.value })}
        data={[
          { value: '', label: 'Embedded (rule-based), no cost' },
          ...providers.map((model) => ({
            value: model.id,
            label: model.available ? model.id : `${model.id} (not configured)`,
            disabled: !model.available,
          })),
        ]}
      />
      {draft.model !== '' && (
        <div className={styles.pair}>
          <SliderField
            label="Share of agents that use it"
            hint={`${percent(draft.agentShare)} of those active in a round; named actors first`}
            value={Math.round(draft.agentShare * 100)}
            min={0}
            max={100}
            sliderMax={100}
            suffix=" %"
            onChange={(share) => onChange({ agentShare: share / 100 })}
          />
          <NumberInput
            label="Budget"
            description="A hard limit: calls that do not fit are not made"
            prefix="$"
            min={0}
            max={100_000}
            decimalScale={2}
            value={draft.budgetUsd}
            onChange={(value) => onChange({ budgetUsd: Number(value) || 0 })}
          />
        </div>
      )}
    </>
  );
}
