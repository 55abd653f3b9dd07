// Types with their colours and numbers; a tick shows a type, no tick hides it.
import { useMemo } from 'react';
import type { GraphView } from '#api/contract';
import { kindToken } from '../shared/colour.ts';
import { count, words } from '../shared/format.ts';
import styles from './graph.module.css';

interface LegendProps {
  readonly nodes: GraphView['nodes'];
  readonly hidden: ReadonlySet<string>;
  readonly onToggle: (type: string) => void;
}

export function Legend({ nodes, hidden, onToggle }: LegendProps) {
  const types = useMemo(() => {
    const counts = new Map<string, number>();
    for (const node of nodes) counts.set(node.type, (counts.get(node.type) ?? 0) + 1);
    return [...counts].toSorted((a, b) => b[1] - a[1]);
  }, [nodes]);
  return (
    <fieldset className={styles.legend}>
      <legend>Show types</legend>
      {types.map(([type, amount]) => (
        <label key={type}>
          <input type="checkbox" checked={!hidden.has(type)} onChange={() => onToggle(type)} />
          <span className={styles.swatch} style={{ background: `var(${kindToken(type)})` }} />
          <span>{words(type)}</span>
          <span className={`${styles.amount} number`}>{count(amount)}</span>
        </label>
      ))}
    </fieldset>
  );
}
