// The budgets' part of the gateway's configuration.
import { z } from 'zod';

export const BudgetSettings = z.strictObject({
  /** Hard limit over everything this installation ever spends; absent = whatever `shoal budgets set shoal` has set. */
  limitUsd: z.number().min(0).max(1_000_000).optional(),
  /** How long a call waits for others to settle when there is no headroom now. */
  waitMs: z.int().min(1).max(3_600_000).default(60_000),
  /** A hold this old has lost its call and is charged in full. Longer than any call may last. */
  holdMs: z.int().min(60_000).max(86_400_000).default(7_200_000),
});
