// What routing needs to know, put together once per configuration. Health is passed in, since it outlives a reload.
import { systemClock } from '../../clock.ts';
import type { Clock } from '../../clock.ts';
import type { TargetHealth } from '../../contract.ts';
import type { ChooseOptions } from './choose.ts';
import type { EligibleOptions } from './eligible.ts';
import type { Health } from './health.ts';
import { createRoutes } from './route.ts';
import type { Route, RoutesOptions } from './route.ts';
import type { RetrySettings } from './settings.ts';

export interface RouterOptions extends RoutesOptions, EligibleOptions {
  readonly retries: RetrySettings;
  readonly health: Health;
  /** Output cap of a call that sets none. */
  readonly outputTokens: number;
  /** For `cost`: what the ledger would hold. */
  readonly worstCost: ChooseOptions['worstCost'];
  /** See `ProviderPlaces.readyInMs`; absent = nothing is limited. */
  readonly readyInMs?: ChooseOptions['readyInMs'];
  readonly clock?: Clock;
  readonly random?: () => number;
}

export interface Router {
  /** Throws `model_unknown` or `model_unavailable`. */
  routeOf(name: string): Route;
  readonly eligible: EligibleOptions;
  readonly choosing: ChooseOptions;
  readonly retries: RetrySettings;
  readonly clock: Clock;
  /** For the page and /metrics. */
  health(): readonly TargetHealth[];
}

export function createRouter(options: RouterOptions): Router {
  const {
    permits,
    allowUnpriced,
    retries,
    health,
    outputTokens,
    worstCost,
    readyInMs,
    clock = systemClock,
    random = Math.random,
  } = options;
  return {
    routeOf: createRoutes(options),
    eligible: { permits, allowUnpriced },
    choosing: { random, outputTokens, worstCost, readyInMs: readyInMs ?? (() => 0) },
    retries,
    clock,
    health: () => health.rows(clock.now()),
  };
}
