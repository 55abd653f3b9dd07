// What happens, which issue it speaks to, which way it leans and whom it reaches: news for a world, wherever it is put in.
import { NativeSelect, Slider, Textarea } from '@mantine/core';
import type { InjectRequest, RunView } from '#api/contract';
import { percent, signed } from './format.ts';
import styles from './news-fields.module.css';

/** The fewest characters of a piece of news. */
const SHORTEST = 3;
export const NO_NEWS: InjectRequest = { text: '', issue: 0, stance: 0, reach: 0.3 };
export const isNews = (news: InjectRequest): boolean => news.text.trim().length >= SHORTEST;

interface NewsFieldsProps {
  readonly issues: RunView['issues'];
  readonly value: InjectRequest;
  readonly onChange: (news: InjectRequest) => void;
}

export function NewsFields({ issues, value, onChange }: NewsFieldsProps) {
  const set = (part: Partial<InjectRequest>): void => onChange({ ...value, ...part });
  return (
    <>
      <Textarea
        label="What happens"
        description="As those who are reached would read it"
        autosize
        minRows={2}
        maxLength={600}
        value={value.text}
        onChange={(event) => set({ text: event.currentTarget.value })}
      />
      {issues.length > 1 && (
        <NativeSelect
          label="Issue"
          value={String(value.issue)}
          onChange={(event) => set({ issue: Number(event.currentTarget.value) })}
          data={issues.map((one) => ({ value: String(one.index), label: one.label }))}
        />
      )}
      <div>
        <span className={styles.label}>
          Leans <strong className="number">{signed(value.stance)}</strong>
        </span>
        <Slider
          thumbLabel="Which way it leans"
          min={-1}
          max={1}
          step={0.1}
          label={signed}
          value={value.stance}
          onChange={(stance) => set({ stance })}
        />
        <small className={styles.leaning}>+1 speaks for: {issues[value.issue]?.proposition ?? ''}</small>
      </div>
      <div>
        <span className={styles.label}>
          Reaches <strong className="number">{percent(value.reach)}</strong> of the agents
        </span>
        <Slider
          thumbLabel="Share of agents it reaches"
          min={0}
          max={1}
          step={0.05}
          label={(share) => percent(share)}
          value={value.reach}
          onChange={(reach) => set({ reach })}
        />
      </div>
    </>
  );
}
