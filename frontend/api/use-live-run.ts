// Keeps one run live while it can change: stream events are gathered for a moment, folded, and written to the
// query cache in one go. After repeated failures the run is asked for every few seconds instead.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { MeasuresView, RunEvent, RunView } from '#api/contract';
import { foldEvents } from './fold-events.ts';
import { followRun, type StreamState } from './follow-run.ts';
import { measuresKey, runKey, runsKey } from './queries.ts';

const GATHER_MS = 120;
const FALLBACK_AFTER = 4;
const FALLBACK_MS = 4000;

const CHANGING: ReadonlySet<RunView['status']> = new Set(['queued', 'running', 'paused']);
export const canChange = (run: RunView): boolean => CHANGING.has(run.status);

/** Whether a run's stream is connected; `closed` where it needs none. */
export function useLiveRun(id: string, active: boolean): StreamState {
  const client = useQueryClient();
  const [state, setState] = useState<StreamState>('closed');

  useEffect(() => {
    if (!active) return undefined;
    const controller = new AbortController();
    let waiting: RunEvent[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let fallback: ReturnType<typeof setInterval> | undefined;

    const flush = (): void => {
      timer = undefined;
      const before = client.getQueryData<RunView>(runKey(id));
      const live = foldEvents({ run: before, measures: client.getQueryData<MeasuresView>(measuresKey(id)), gap: false }, waiting);
      waiting = [];
      if (live.run !== undefined) {
        client.setQueryData(runKey(id), live.run);
        client.setQueryData<RunView[]>(runsKey, (runs) => runs?.map((run) => (run.id === id && live.run ? live.run : run)));
      }
      if (live.measures !== undefined) client.setQueryData(measuresKey(id), live.measures);
      const ended = before !== undefined && live.run !== undefined && canChange(before) && !canChange(live.run);
      if (ended) void client.invalidateQueries({ queryKey: runKey(id) });
      else if (live.gap) void client.invalidateQueries({ queryKey: measuresKey(id) });
    };

    const onState = (next: StreamState, failures: number): void => {
      if (controller.signal.aborted) return;
      setState(next);
      if (next === 'open') {
        clearInterval(fallback);
        fallback = undefined;
      } else if (failures >= FALLBACK_AFTER && fallback === undefined) {
        fallback = setInterval(() => void client.invalidateQueries({ queryKey: runKey(id), exact: true }), FALLBACK_MS);
      }
    };

    void followRun(id, {
      signal: controller.signal,
      onState,
      onEvent: (event) => {
        waiting.push(event);
        timer ??= setTimeout(flush, GATHER_MS);
      },
    });
    return () => {
      controller.abort();
      clearTimeout(timer);
      clearInterval(fallback);
      setState('closed');
    };
  }, [client, id, active]);

  return state;
}
