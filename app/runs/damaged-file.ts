// A run's file that is damaged, as a fault that says exactly what is lost and what to do.
import { inspectRecord } from '#engine';
import type { RecordHealth } from '#engine/contract';
import { ShoalError } from '#foundation';

const MOST_NAMED = 12;

/** Throws `record_corrupt` where any part of the run's file cannot be read. */
export function checkSound(id: string, path: string): void {
  const health = inspectRecord(path);
  if (health.sound) return;
  throw new ShoalError('record_corrupt', `The file of ${id} is damaged: ${damageIn(health)}.`, {
    hint:
      health.essential.length > 0
        ? 'Restore the file from a copy, or run the scenario again: the same seed gives the same run.'
        : `Its rounds can be lived again to the same digests: npx shoal replay ${id} --repair`,
    details: { path, ...health },
  });
}

export const damageIn = ({ damaged, essential, beside }: RecordHealth): string =>
  [
    ...damaged.slice(0, MOST_NAMED).map(({ round, what }) => `${what} of round ${round}`),
    ...(damaged.length > MOST_NAMED ? [`${damaged.length - MOST_NAMED} more parts of rounds`] : []),
    ...[...essential, ...beside].map((name) => `the ${name}`),
  ].join(', ');
