// A value that is shown at once while it is typed or dragged, and handed on when it has come to rest.
import { useEffect, useRef, useState } from 'react';

const SETTLE_MS = 250;

/** `settled` is what was handed on last; a change of it from outside (back button, link) replaces what is being typed. */
export function useSettled<T>(
  settled: T,
  handOn: (value: T) => void,
  settleMs: number = SETTLE_MS,
): readonly [value: T, change: (value: T) => void] {
  const [value, setValue] = useState(settled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(settled);
  const tell = useRef(handOn);
  useEffect(() => {
    tell.current = handOn;
  }, [handOn]);

  useEffect(() => {
    if (settled !== sent.current) {
      sent.current = settled;
      setValue(settled);
    }
  }, [settled]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (next: T): void => {
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      tell.current(next);
    }, settleMs);
  };
  return [value, change];
}
