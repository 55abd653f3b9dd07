// How a sealed forecast stands, as a word with a shape.
import { useState } from 'react';
import type { LedgerForecastView } from '#api/contract';
import { StateMark, type Tone } from '../shared/state-mark.tsx';

const TONES: Readonly<Record<LedgerForecastView['state'], Tone>> = {
  open: 'quiet',
  resolved: 'good',
  void: 'quiet',
  disputed: 'warn',
  failed: 'bad',
};

export function ForecastState({ forecast: { state, forecast } }: { readonly forecast: LedgerForecastView }) {
  const [now] = useState(Date.now);
  const isOverdue = state === 'open' && Date.parse(forecast.by) < now;
  return <StateMark tone={isOverdue ? 'warn' : TONES[state]}>{isOverdue ? 'open, overdue' : state}</StateMark>;
}
