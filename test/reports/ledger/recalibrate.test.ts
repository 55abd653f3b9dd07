import { describe, expect, it } from 'vitest';
import { recalibrated } from '#reports';
import type { ForecastToSeal } from '#reports/contract';
import { resolvedLedger, sealedForecast } from './made-forecasts.ts';

/** Said 90 %, true in six of ten; said 10 %, true in four of ten. */
const overconfident = (count: number): ReturnType<typeof resolvedLedger> =>
  resolvedLedger(
    Array.from({ length: count }, (_, at): [number, boolean] =>
      at % 2 === 0 ? [0.9, (at / 2) % 10 < 6] : [0.1, ((at - 1) / 2) % 10 < 4],
    ),
  );
const chance = ({ distribution }: ForecastToSeal): number =>
  distribution.kind === 'options' ? (distribution.options[0]?.probability ?? Number.NaN) : Number.NaN;

describe('recalibration on the ledger’s own past', () => {
  it('leaves a forecast alone until fifty are resolved', () => {
    expect(recalibrated(sealedForecast(), overconfident(49))).toEqual(sealedForecast());
  });

  it('takes certainty back where it was not earned, says so, and keeps the raw probability', () => {
    const corrected = recalibrated(sealedForecast(), overconfident(400));
    expect(chance(corrected)).toBeGreaterThan(0.5);
    expect(chance(corrected)).toBeLessThan(0.6);
    expect(corrected.calibration).toBe('recalibrated on 400 resolved forecasts (Platt)');
    expect(corrected.baselines.at(-1)).toEqual({ name: 'before recalibration', distribution: sealedForecast().distribution });
  });

  it('keeps the order of forecasts', () => {
    const past = overconfident(100);
    const of = (yes: number): number =>
      chance(
        recalibrated(
          sealedForecast({
            distribution: {
              kind: 'options',
              options: [
                { option: 'yes', probability: yes },
                { option: 'no', probability: 1 - yes },
              ],
            },
          }),
          past,
        ),
      );
    expect(of(0.2)).toBeLessThan(of(0.5));
    expect(of(0.5)).toBeLessThan(of(0.95));
  });
});
