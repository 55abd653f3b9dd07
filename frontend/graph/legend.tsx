// Groups with their colours and numbers; a tick shows a group, no tick hides it. Groups are types, or communities of a level.
import { NativeSelect } from '@mantine/core';
import { count } from '../shared/format.ts';
import styles from './graph.module.css';
import type { Group } from './groups.ts';

interface LegendProps {
  readonly groups: readonly Group[];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (key: string) => void;
  /** Undefined where it is by types. */
  readonly level: number | undefined;
  readonly levels: number;
  readonly onLevel: (level: number | undefined) => void;
}

const levelName = (level: number): string => (level === 0 ? 'Communities' : `Communities, level ${level + 1}`);

export function Legend({ groups, hidden, onToggle, level, levels, onLevel }: LegendProps) {
  return (
    <div>
      <NativeSelect
        size="xs"
        label="Colours and filter by"
        value={level ?? ''}
        onChange={({ currentTarget: { value } }) => onLevel(value === '' ? undefined : Number(value))}
        data={[
          { value: '', label: 'Types' },
          ...Array.from({ length: levels }, (_, index) => ({ value: String(index), label: levelName(index) })),
        ]}
      />
      <fieldset className={styles.legend}>
        <legend>{level === undefined ? 'Show types' : 'Show communities'}</legend>
        {groups.map(({ key, label, token, size }) => (
          <label key={key}>
            <input type="checkbox" checked={!hidden.has(key)} onChange={() => onToggle(key)} />
            <span className={styles.swatch} style={{ background: `var(${token})` }} />
            <span className={styles.groupName} title={label}>
              {label}
            </span>
            <span className={`${styles.amount} number`}>{count(size)}</span>
          </label>
        ))}
      </fieldset>
    </div>
  );
}
