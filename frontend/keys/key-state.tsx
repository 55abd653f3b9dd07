// Whether a key is taken.
import type { KeyView } from '#api/contract';
import { StateMark, type Tone } from '../shared/state-mark.tsx';
import { type KeyState, stateOf } from './key-draft.ts';

const STATES: Readonly<Record<KeyState, readonly [word: string, tone: Tone]>> = {
  active: ['Active', 'good'],
  disabled: ['Disabled', 'quiet'],
  expired: ['Expired', 'warn'],
};

export function KeyStateMark({ view, now }: { readonly view: KeyView; readonly now: number }) {
  const [word, tone] = STATES[stateOf(view, now)];
  return <StateMark tone={tone}>{word}</StateMark>;
}
