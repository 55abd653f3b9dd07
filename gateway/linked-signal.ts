// One signal that fires with any of several. Not `AbortSignal.any`: with a long-lived source (a run, the gateway)
// that keeps every combined signal for as long as the source lives, about 1 kB for each call ever made. A linked
// signal is unlinked when its call ends.

export interface LinkedSignal {
  readonly signal: AbortSignal;
  abort(): void;
  /** Lets go of the sources; the signal fires no more through them. */
  unlink(): void;
}

export function linkSignals(...sources: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const own = new AbortController();
  const abort = (): void => own.abort();
  for (const source of sources) {
    if (source?.aborted === true) own.abort();
    source?.addEventListener('abort', abort, { once: true });
  }
  return {
    signal: own.signal,
    abort,
    unlink: () => {
      for (const source of sources) source?.removeEventListener('abort', abort);
    },
  };
}
