// The view state of a run's pages: all of it lives in the address, so a reload or a shared link shows the same.
// Anything malformed falls back to the default instead of breaking the page.
import { z } from 'zod';

export const TABS = ['progress', 'graph', 'theatre', 'agents', 'report', 'costs'] as const;
export type Tab = (typeof TABS)[number];
export const PANES = ['persona', 'mind', 'posts', 'chat'] as const;
export type Pane = (typeof PANES)[number];

const number = z.coerce.number().int().min(0).optional().catch(undefined);
const text = z.coerce.string().max(300).optional().catch(undefined);

export const runSearch = z.object({
  tab: z.enum(TABS).optional().catch(undefined),
  /** Round that the world is looked at; absent = the newest. */
  round: number,
  /** Agent in the drawer, and the drawer's pane. */
  agent: number,
  pane: z.enum(PANES).optional().catch(undefined),
  /** Theatre. */
  platform: text,
  issue: number,
  sort: z.enum(['recent', 'top']).optional().catch(undefined),
  post: number,
  /** Graph. */
  entity: text,
  hide: z.array(z.string()).max(20).optional().catch(undefined),
  view: z.enum(['map', 'table']).optional().catch(undefined),
  /** Words searched for, in the graph or among the agents. */
  q: text,
  kind: z.enum(['named', 'crowd']).optional().catch(undefined),
});

export const newRunSearch = z.object({ scenario: text });
