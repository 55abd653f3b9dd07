// How a call ended, in a word and a shape.
import type { RequestView } from '#api/contract';
import { StateMark, type Tone } from '../shared/state-mark.tsx';

const OUTCOMES: Readonly<Record<RequestView['outcome'], readonly [word: string, tone: Tone]>> = {
  ok: ['Answered', 'good'],
  cassette: ['From file', 'good'],
  denied: ['Refused', 'warn'],
  failed: ['Failed', 'bad'],
  cancelled: ['Cancelled', 'quiet'],
};

export const OUTCOME_NAMES = Object.entries(OUTCOMES).map(([value, [label]]) => ({ value, label }));

export function Outcome({ outcome }: { readonly outcome: RequestView['outcome'] }) {
  const [word, tone] = OUTCOMES[outcome];
  return <StateMark tone={tone}>{word}</StateMark>;
}
