// A thread that makes ranges of a population.
import { move, transferableSymbol, valueSymbol } from 'piscina';
import { performTask, type PopulationTask } from './task.ts';

/** Rows are moved, not copied. */
export default function perform(task: PopulationTask): unknown {
  const rows = performTask(task);
  if (rows === undefined) return undefined;
  const buffers = [rows.degrees.buffer, rows.targets.buffer, rows.strength.buffer];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: rows });
}
