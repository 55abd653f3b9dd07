// A search field whose settled words go to the address (`q`), and which follows the address when that changes.
import { useNavigate } from '@tanstack/react-router';
import { useSettled } from './use-settled.ts';

export interface TypedSearch {
  readonly value: string;
  readonly change: (value: string) => void;
}

export function useTypedSearch(from: '/runs/$id' | '/gateway', settled: string): TypedSearch {
  const navigate = useNavigate({ from });
  const [value, change] = useSettled(settled, (next) => {
    void navigate({
      search: (before) => ({ ...before, q: next.trim() === '' ? undefined : next }),
      replace: true,
      resetScroll: false,
    });
  });
  return { value, change };
}
