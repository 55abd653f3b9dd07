// Limits of a key, a team or a user; an empty field is no limit.
import { NumberInput } from '@mantine/core';
import styles from '../gateway/gateway.module.css';
import type { LimitsDraft } from './key-draft.ts';

interface LimitFieldsProps {
  readonly limits: LimitsDraft;
  readonly onChange: (limits: LimitsDraft) => void;
}

const FIELDS = [
  ['requestsPerMinute', 'Requests a minute'],
  ['tokensPerMinute', 'Tokens a minute'],
  ['concurrency', 'Calls at once'],
] as const;

export const numberOr = (value: number | string): number | undefined => (typeof value === 'number' ? value : undefined);

export function LimitFields({ limits, onChange }: LimitFieldsProps) {
  return (
    <div className={styles.pair}>
      {FIELDS.map(([name, label]) => (
        <NumberInput
          key={name}
          label={label}
          placeholder="No limit"
          min={1}
          allowDecimal={false}
          thousandSeparator=","
          hideControls
          value={limits[name] ?? ''}
          onChange={(value) => onChange({ ...limits, [name]: numberOr(value) })}
        />
      ))}
    </div>
  );
}
