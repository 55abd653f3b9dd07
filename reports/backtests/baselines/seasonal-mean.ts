// Seasonal mean: every cascade grows from its age at observation as the training cascades did; their growth factors,
// equally likely, are the spread.
import { sizeAt } from '../cascades/cascade.ts';
import type { FitCascades } from '../cascades/forecaster.ts';
import { curveMinutes } from '../process/time-bins.ts';

export const fitSeasonalMean: FitCascades = (training, window) => {
  const minutes = curveMinutes(window);
  const growth = minutes.map((minute) => training.map((cascade) => sizeAt(cascade, minute) / sizeAt(cascade, window.observe)));
  return (cascade) => ({
    minutes,
    sizes: growth.map((factors) => factors.map((factor) => factor * sizeAt(cascade, window.observe))),
  });
};
