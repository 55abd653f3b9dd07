// A search field whose settled words go to the address (`q`), and which follows the address when that changes.
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';

const SETTLE_MS = 250;

export interface TypedSearch {
  readonly value: string;
  readonly change: (value: string) => void;
}

export function useTypedSearch(from: '/runs/$id' | '/gateway', settled: string): TypedSearch {
  const navigate = useNavigate({ from });
  const [value, setValue] = useState(settled);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const sent = useRef(settled);

  useEffect(() => {
    // Only a change from outside (back button, link) replaces what is being typed.
    if (settled !== sent.current) {
      sent.current = settled;
      setValue(settled);
    }
  }, [settled]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const change = (next: string): void => {
    setValue(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      void navigate({
        search: (before) => ({ ...before, q: next.trim() === '' ? undefined : next }),
        replace: true,
        resetScroll: false,
      });
    }, SETTLE_MS);
  };
  return { value, change };
}
