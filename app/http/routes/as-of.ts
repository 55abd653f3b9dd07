// The point in both times that a question names in its query string.
import { z } from 'zod';
import type { AsOf } from '#knowledge-graph/contract';
import { optional } from '../../views/optional.ts';

export const AsOfQuery = z.object({
  /** What held then: 2026, 2026-05 or 2026-05-18. */
  asOf: z.string().max(40).optional(),
  /** What was known when the first so many documents were. */
  known: z.coerce.number().int().min(0).optional(),
});

export const asOf = (query: z.infer<typeof AsOfQuery>): AsOf => ({
  ...optional('asOf', query.asOf),
  ...optional('known', query.known),
});
