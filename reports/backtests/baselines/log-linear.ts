// Log-linear growth (Szabo and Huberman, “Predicting the popularity of online content”, CACM 2010): the logarithm of the
// size ahead is a line in the logarithm of the size observed, with normal residuals. The slope is fitted, not fixed
// at 1, and no draw lies below what was observed: both help the baseline.
import { portableExp, portableLog } from '#foundation';
import { normalQuantile } from '../../scores/normal.ts';
import { sizeAt } from '../cascades/cascade.ts';
import type { FitCascades } from '../cascades/forecaster.ts';
import { curveMinutes } from '../process/time-bins.ts';

export const fitLogLinear: FitCascades = (training, window) => {
  const minutes = curveMinutes(window);
  const xs = training.map((cascade) => portableLog(sizeAt(cascade, window.observe)));
  const lines = minutes.map((minute) =>
    fitLine(
      xs,
      training.map((cascade) => portableLog(sizeAt(cascade, minute))),
    ),
  );
  return (cascade, { draws }) => {
    const now = sizeAt(cascade, window.observe);
    return {
      minutes,
      sizes: lines.map(({ intercept, slope, deviation }) =>
        Array.from({ length: draws }, (_, draw) => {
          const residual = deviation * normalQuantile((draw + 0.5) / draws);
          return Math.max(now, portableExp(intercept + slope * portableLog(now) + residual));
        }),
      ),
    };
  };
};

function fitLine(xs: readonly number[], ys: readonly number[]): { intercept: number; slope: number; deviation: number } {
  const n = xs.length;
  const meanX = xs.reduce((sum, x) => sum + x, 0) / n;
  const meanY = ys.reduce((sum, y) => sum + y, 0) / n;
  const varied = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const slope = varied === 0 ? 1 : xs.reduce((sum, x, at) => sum + (x - meanX) * ((ys[at] ?? 0) - meanY), 0) / varied;
  const intercept = meanY - slope * meanX;
  const squares = xs.reduce((sum, x, at) => sum + ((ys[at] ?? 0) - intercept - slope * x) ** 2, 0);
  return { intercept, slope, deviation: Math.sqrt(squares / Math.max(1, n - 2)) };
}
