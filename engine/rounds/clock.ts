// Simulated time. The world has no other: a round's time follows from the scenario alone.
import type { Scenario } from '#scenarios/contract';

export interface Clock {
  readonly startMs: number;
  /** Minutes after local midnight at which round 0 begins, by the offset that `clock.start` is written with. */
  readonly startMinute: number;
  readonly minutesPerRound: number;
  readonly rounds: number;
}

export function clockOf(scenario: Pick<Scenario, 'clock'>): Clock {
  const { start, rounds, minutesPerRound } = scenario.clock;
  const startMs = Date.parse(start);
  const offset = /([+-])(\d\d):?(\d\d)$/.exec(start);
  const offsetMinutes = offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
  const localMinutes = Math.floor(startMs / 60_000) + offsetMinutes;
  return { startMs, startMinute: ((localMinutes % 1440) + 1440) % 1440, minutesPerRound, rounds };
}

/** Start of a round, ISO 8601 in UTC. */
export function timeOf(clock: Clock, round: number): string {
  return new Date(clock.startMs + round * clock.minutesPerRound * 60_000).toISOString();
}

/** For each rhythm, the sum of its hourly weights over the hours that a round covers (parts of hours count in part). */
export function rhythmWeights(clock: Clock, rhythms: Float64Array, round: number): Float64Array {
  const weights = new Float64Array(rhythms.length / 24);
  let minute = (clock.startMinute + round * clock.minutesPerRound) % 1440;
  let left = clock.minutesPerRound;
  while (left > 0) {
    const hour = Math.floor(minute / 60);
    const stretch = Math.min(left, (hour + 1) * 60 - minute);
    for (let rhythm = 0; rhythm < weights.length; rhythm++) {
      weights[rhythm] = (weights[rhythm] ?? 0) + ((rhythms[rhythm * 24 + hour] ?? 0) * stretch) / 60;
    }
    minute = (minute + stretch) % 1440;
    left -= stretch;
  }
  return weights;
}
