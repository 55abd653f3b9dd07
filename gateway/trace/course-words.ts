// Why an attempt was made and what came of it, as one line for people: the same on the command line, on the page and in
// exported spans.
import type { AttemptCourse } from './entry.ts';

const OUTCOMES: Readonly<Record<AttemptCourse['outcome'], string>> = {
  open: 'it was still under way when the call ended',
  ok: 'it answered',
  failed: 'it failed',
  lost: 'another attempt was faster',
  cancelled: 'it was cancelled',
};

export function courseWords(course: AttemptCourse): string {
  const { cause, forced, breaker } = course;
  const notes = [
    ...(forced ? ['nothing better was ready'] : []),
    ...(breaker === 'half-open' ? ['a probe of a half-open breaker'] : []),
    ...(breaker === 'open' ? ['through an open breaker'] : []),
  ];
  const sent = notes.length === 0 ? '' : ` (${notes.join(', ')})`;
  return `${causeWords(cause)}${sent}; ${endWords(course)}`;
}

function causeWords({ why, failure, waitedMs, told, rule }: AttemptCourse['cause']): string {
  const pause = waitedMs === 0 ? '' : ` after ${seconds(waitedMs)}${told ? ', as it was asked to wait' : ''}`;
  const words: Readonly<Record<typeof why, string>> = {
    first: `first${pause}`,
    retry: `retry of ${failure ?? 'a failure'}${waitedMs === 0 ? ', at once' : pause}`,
    fallback: `fallback by the rule ${rule ?? ''} after ${failure ?? 'a failure'}${pause}`,
    hedge: `hedge: the other attempt had said nothing for ${seconds(waitedMs)}`,
  };
  return words[why];
}

function endWords({ outcome, failure, retryAfterMs, opened }: AttemptCourse): string {
  if (outcome !== 'failed') return OUTCOMES[outcome];
  const asked = retryAfterMs === undefined ? '' : `, come back in ${seconds(retryAfterMs)}`;
  return `${OUTCOMES.failed}: ${failure ?? 'unknown'}${asked}${opened ? ', its breaker opened' : ''}`;
}

const seconds = (milliseconds: number): string =>
  milliseconds < 1000 ? `${Math.round(milliseconds)} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
