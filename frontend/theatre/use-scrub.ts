// The round that is looked at. It moves at once on the screen and goes to the address when it rests, so that
// scrubbing neither floods the history nor the server. No round in the address = follow the newest.
import { useDebouncedCallback } from '@mantine/hooks';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';

const REST_MS = 140;
const BEAT_MS = 850;
const route = getRouteApi('/runs/$id');

export interface Scrub {
  readonly newest: number;
  readonly round: number;
  /** The round whose posts are fetched: the one in the address. */
  readonly settled: number;
  readonly following: boolean;
  readonly playing: boolean;
  readonly to: (round: number) => void;
  readonly follow: () => void;
  readonly togglePlay: () => void;
}

export function useScrub(newest: number): Scrub {
  const { round: addressed } = route.useSearch();
  const navigate = route.useNavigate();
  const [moving, setMoving] = useState<number>();
  const [filming, setFilming] = useState(false);
  const settled = Math.min(addressed ?? newest, newest);
  const round = Math.min(moving ?? settled, newest);
  const playing = filming && round < newest;

  const write = useCallback(
    (next: number | undefined) =>
      void navigate({ search: (before) => ({ ...before, round: next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const rest = useDebouncedCallback((next: number) => {
    write(next);
    setMoving(undefined);
  }, REST_MS);

  const to = useCallback(
    (next: number) => {
      const clamped = Math.max(0, next);
      setMoving(clamped);
      rest(clamped);
    },
    [rest],
  );

  useEffect(() => {
    if (!playing) return undefined;
    const timer = setTimeout(() => to(round + 1), BEAT_MS);
    return () => clearTimeout(timer);
  }, [playing, round, to]);

  return {
    newest,
    round,
    settled,
    following: addressed === undefined && moving === undefined,
    playing,
    to: (next) => {
      setFilming(false);
      to(Math.min(next, newest));
    },
    follow: () => {
      setFilming(false);
      setMoving(undefined);
      write(undefined);
    },
    togglePlay: () => {
      if (!playing && round >= newest) to(0);
      setFilming(!playing);
    },
  };
}
