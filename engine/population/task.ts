// One range of a population's making, as it is handed to a thread.
import type { PopulationColumns } from '../contract.ts';
import { fillCrowd, type CrowdPlan } from './crowd.ts';
import { drawTieRows, type Audiences, type TiePlan, type TieRows } from './tie-rows.ts';

interface Range {
  readonly columns: PopulationColumns;
  readonly low: number;
  readonly high: number;
}

/** A crowd task fills its rows of the shared columns; a ties task returns its rows. */
export type PopulationTask =
  | (Range & { readonly kind: 'crowd'; readonly plan: CrowdPlan })
  | (Range & { readonly kind: 'ties'; readonly plan: TiePlan; readonly audiences: Audiences });

export function performTask(task: PopulationTask): TieRows | undefined {
  const { columns, low, high } = task;
  if (task.kind === 'ties') return drawTieRows(columns, task.plan, task.audiences, low, high);
  fillCrowd(columns, low, high, task.plan);
  return undefined;
}
