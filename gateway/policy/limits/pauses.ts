// What providers say of themselves: a key that has nothing left until a reset. Attempts with it wait, if that is not
// for long, and all go on together; the provider's places then let them through in fair order.
import { ShoalError } from '#foundation';
import type { Clock } from '../../clock.ts';
import { refusal, seconds } from './refusal.ts';
import type { LimitSettings } from './settings.ts';

/** What an answer's headers say is left, and in how long there is more. */
export interface Remaining {
  readonly remainingRequests?: number | undefined;
  readonly remainingTokens?: number | undefined;
  readonly resetRequestsMs?: number | undefined;
  readonly resetTokensMs?: number | undefined;
}

export interface Pauses {
  observe(provider: string, keyIndex: number, remaining: Remaining): void;
  /** 0 = not paused. */
  readyInMs(provider: string, keyIndex: number): number;
  /** Resolves when the pause is over. Throws `limit_exceeded` where that is too long, or `cancelled`. */
  over(provider: string, keyIndex: number, signal: AbortSignal): Promise<void>;
}

/** After so long a key is tried again whatever it said, or nobody would ever hear that it has more. */
const LONGEST_MS = 60_000;
/** Said without a time. */
const UNSAID_MS = 1000;

interface Pause {
  untilMs: number;
  readonly waiting: Set<() => void>;
  callOff: (() => void) | undefined;
}

/** The settings are asked for anew each time: they may change. */
export function createPauses(settings: () => Pick<LimitSettings, 'queue' | 'waitMs'>, clock: Clock): Pauses {
  const byProvider = new Map<string, Pause[]>();

  const pauseOf = (provider: string, keyIndex: number): Pause | undefined => byProvider.get(provider)?.[keyIndex];
  const readyInMs = (provider: string, keyIndex: number): number => {
    // Almost no provider is paused at almost any time: one look into an empty map.
    if (byProvider.size === 0) return 0;
    const pause = pauseOf(provider, keyIndex);
    return pause === undefined || pause.untilMs === 0 ? 0 : Math.max(0, pause.untilMs - clock.now());
  };
  const release = (pause: Pause): void => {
    pause.callOff?.();
    pause.callOff = undefined;
    pause.untilMs = 0;
    const released = [...pause.waiting];
    pause.waiting.clear();
    for (const go of released) go();
  };
  const begin = (provider: string, keyIndex: number): Pause => {
    const pauses = byProvider.get(provider) ?? [];
    byProvider.set(provider, pauses);
    return (pauses[keyIndex] ??= { untilMs: 0, waiting: new Set(), callOff: undefined });
  };
  /** One timer per pause, while someone waits for its end. */
  const watch = (pause: Pause): void => {
    pause.callOff ??= clock.after(Math.max(0, pause.untilMs - clock.now()), () => {
      pause.callOff = undefined;
      if (pause.untilMs <= clock.now()) release(pause);
      else watch(pause);
    });
  };

  return {
    readyInMs,
    observe: (provider, keyIndex, said) => {
      const { remainingRequests, remainingTokens } = said;
      if (remainingRequests === 0 || remainingTokens === 0) {
        const pause = begin(provider, keyIndex);
        pause.untilMs = Math.max(pause.untilMs, clock.now() + Math.min(LONGEST_MS, resetMs(said)));
      } else if (remainingRequests !== undefined || remainingTokens !== undefined) {
        const pause = pauseOf(provider, keyIndex);
        if (pause !== undefined && pause.untilMs > 0) release(pause);
      }
    },
    over: async (provider, keyIndex, signal) => {
      const retryAfterMs = readyInMs(provider, keyIndex);
      const pause = pauseOf(provider, keyIndex);
      if (pause === undefined || retryAfterMs === 0) return;
      const { queue, waitMs } = settings();
      if (retryAfterMs > waitMs || pause.waiting.size >= queue) {
        throw refusal({
          limit: `limits.providers.${provider}`,
          message: `${provider} has nothing left for the next ${seconds(retryAfterMs)}, as its last answers say.`,
          retryAfterMs,
          hint: 'Try again then, or give the group another target.',
        });
      }
      await new Promise<void>((resolve, reject) => {
        const go = (): void => {
          signal.removeEventListener('abort', cancelled);
          resolve();
        };
        const cancelled = (): void => {
          pause.waiting.delete(go);
          if (pause.waiting.size === 0) {
            pause.callOff?.();
            pause.callOff = undefined;
          }
          reject(new ShoalError('cancelled', `The call was cancelled while it waited for ${provider}.`));
        };
        pause.waiting.add(go);
        watch(pause);
        if (signal.aborted) cancelled();
        else signal.addEventListener('abort', cancelled, { once: true });
      });
    },
  };
}

/** Until everything that is used up has come back. */
function resetMs({ remainingRequests, remainingTokens, resetRequestsMs, resetTokensMs }: Remaining): number {
  const requestsMs = remainingRequests === 0 ? (resetRequestsMs ?? UNSAID_MS) : 0;
  const tokensMs = remainingTokens === 0 ? (resetTokensMs ?? UNSAID_MS) : 0;
  return Math.max(requestsMs, tokensMs);
}
