// How each target is doing, by each of its provider's keys. It outlives the settings: a reload of the configuration
// makes new routes over the same health.
import type { TargetHealth } from '../../contract.ts';
import type { ModelCall } from '../model-call.ts';
import { createBreaker } from './breaker.ts';
import type { Breaker } from './breaker.ts';
import { createPace } from './pace.ts';
import type { Pace } from './pace.ts';
import type { BreakerSettings } from './settings.ts';

/** A key of a provider; what is wrong with it is wrong for all models. */
export interface KeyHealth {
  restUntilMs: number;
}

/** The way to one model with one key. */
export interface Lane {
  readonly target: string;
  readonly provider: string;
  readonly keyIndex: number;
  readonly key: KeyHealth;
  readonly breaker: Breaker;
  /** Whole answers and streams are paced apart: the first byte of one is the last of the other. */
  readonly whole: Pace;
  readonly streamed: Pace;
  inFlight: number;
  attempts: number;
  failures: number;
  /** Not chosen before, if there is another. */
  restUntilMs: number;
  /** As the provider said; worth waiting for. */
  toldUntilMs: number;
}

export interface Health {
  /** When a breaker opens and closes, from now on. */
  configure(settings: BreakerSettings): void;
  /** Shared by all routes that lead there. */
  lane(target: string, provider: string, keyIndex: number): Lane;
  rows(nowMs: number): readonly TargetHealth[];
}

/** A minute ago says little about now. */
const DECAY_MS = 10_000;
/** Names of models come from callers where a provider takes any; beyond this many, idle lanes are forgotten. */
const MOST_LANES = 10_000;

export function createHealth(first: BreakerSettings): Health {
  let settings = first;
  const lanes = new Map<string, Lane>();
  const keys = new Map<string, KeyHealth>();

  const keyOf = (provider: string, keyIndex: number): KeyHealth => {
    const id = `${provider}#${keyIndex}`;
    const key = keys.get(id) ?? { restUntilMs: 0 };
    keys.set(id, key);
    return key;
  };
  const forgetIdle = (): void => {
    for (const [id, lane] of lanes) if (lane.inFlight === 0) lanes.delete(id);
  };

  return {
    configure: (changed) => {
      settings = changed;
    },
    lane: (target, provider, keyIndex) => {
      const id = `${target}#${keyIndex}`;
      const known = lanes.get(id);
      if (known !== undefined) return known;
      if (lanes.size >= MOST_LANES) forgetIdle();
      const lane: Lane = {
        target,
        provider,
        keyIndex,
        key: keyOf(provider, keyIndex),
        breaker: createBreaker(() => settings),
        whole: createPace(DECAY_MS),
        streamed: createPace(DECAY_MS),
        inFlight: 0,
        attempts: 0,
        failures: 0,
        restUntilMs: 0,
        toldUntilMs: 0,
      };
      lanes.set(id, lane);
      return lane;
    },
    rows: (nowMs) => [...lanes.values()].map((lane) => rowOf(lane, nowMs)),
  };
}

/** 0 = it may be chosen. */
export function blockedMs(lane: Lane, nowMs: number): number {
  const resting = Math.max(lane.restUntilMs, lane.key.restUntilMs) - nowMs;
  return Math.max(0, resting, lane.breaker.blockedMs(nowMs));
}

export function paceFor(lane: Lane, call: ModelCall): Pace {
  return call.output === undefined ? lane.whole : lane.streamed;
}

function rowOf(lane: Lane, nowMs: number): TargetHealth {
  const { target, keyIndex, whole, streamed, inFlight, attempts, failures } = lane;
  const blocked = blockedMs(lane, nowMs);
  const breaker = lane.breaker.state(nowMs);
  const state: TargetHealth['state'] = breaker === 'closed' && blocked > 0 ? 'resting' : breaker;
  const base = { target, keyIndex, state, inFlight, attempts, failures };
  return { ...base, firstByteMs: streamed.ewmaMs, wholeMs: whole.ewmaMs, blockedMs: blocked };
}
