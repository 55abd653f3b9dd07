// How far back.
import { SegmentedControl } from '@mantine/core';
import { RANGES, type Range } from '../app/search.ts';

export const RANGE_WORDS: Readonly<Record<Range, string>> = {
  '24h': '24 hours',
  '7d': '7 days',
  '30d': '30 days',
  '90d': '90 days',
};
const isRange = (value: string): value is Range => (RANGES as readonly string[]).includes(value);

interface RangeChoiceProps {
  readonly value: Range;
  readonly onChange: (range: Range) => void;
}

export function RangeChoice({ value, onChange }: RangeChoiceProps) {
  return (
    <SegmentedControl
      aria-label="How far back"
      value={value}
      onChange={(next) => isRange(next) && onChange(next)}
      data={RANGES.map((range) => ({ value: range, label: RANGE_WORDS[range] }))}
    />
  );
}
