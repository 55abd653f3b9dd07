// Last value: nothing more is posted. A point, so its CRPS is its absolute error and its intervals have no width.
import { levelsAt, sizeAt } from '../cascades/cascade.ts';
import type { FitCascades } from '../cascades/forecaster.ts';
import { curveMinutes } from '../process/time-bins.ts';

export const fitLastValue: FitCascades = (_training, window) => (cascade) => {
  const levels = levelsAt(cascade, window.observe);
  const minutes = curveMinutes(window);
  return {
    minutes,
    sizes: minutes.map(() => [sizeAt(cascade, window.observe)]),
    depth: [levels.length - 1],
    breadth: [Math.max(...levels)],
  };
};
