// Ctrl-C ends work at the next safe point and leaves a run that can be resumed; a second one ends at once.
import { ShoalError } from '#foundation';

/** One signal for the whole command, aborted by SIGINT, SIGTERM or SIGHUP. */
export function interruptSignal(): AbortSignal {
  const abort = new AbortController();
  let firstAt = 0;
  const onSignal = (): void => {
    const now = performance.now();
    // A terminal's Ctrl-C may arrive twice, once from the launcher: only a later one counts as the second.
    if (abort.signal.aborted && now - firstAt > 500) process.exit(130);
    if (abort.signal.aborted) return;
    firstAt = now;
    abort.abort(new ShoalError('cancelled', 'Stopped on request.'));
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal);
  return abort.signal;
}

/** When the launcher is killed without a chance to pass the signal on, do not live on unseen. */
export function dieWithParent(): void {
  if (process.channel === undefined) return;
  process.channel.unref();
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
