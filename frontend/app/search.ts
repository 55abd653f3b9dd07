// The view state of a run's pages, of a graph's and of the gateway's: all of it lives in the address, so a reload or a shared link shows the same.
// Anything malformed falls back to the default instead of breaking the page.
import { z } from 'zod';

export const TABS = ['progress', 'graph', 'theatre', 'agents', 'report', 'costs'] as const;
export type Tab = (typeof TABS)[number];
export const PANES = ['persona', 'mind', 'feed', 'posts', 'chat'] as const;
export type Pane = (typeof PANES)[number];

const number = z.coerce.number().int().min(0).optional().catch(undefined);
const text = z.coerce.string().max(300).optional().catch(undefined);

/** How the graph explorer looks at a graph, a run's or one that stands by itself. */
const graphFields = {
  entity: text,
  /** Types or communities that are not shown. */
  hide: z.array(z.string()).max(40).optional().catch(undefined),
  view: z.enum(['map', 'table']).optional().catch(undefined),
  q: text,
  /** How it is searched; absent = what is nearest. */
  mode: z.enum(['global', 'drift']).optional().catch(undefined),
  /** ISO date at which facts hold; absent = now. */
  asOf: text,
  /** Coloured by communities of this level; absent = by types. */
  level: number,
  /** The ends of a shortest path. */
  start: text,
  goal: text,
  /** A place in a document that is read: `d1:120-140`. */
  source: text,
};
export const graphSearch = z.object(graphFields);
export type GraphState = z.infer<typeof graphSearch>;

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
  /** Graph; its words are searched for among the agents, too. */
  ...graphFields,
  kind: z.enum(['named', 'crowd']).optional().catch(undefined),
});

export const newRunSearch = z.object({ scenario: text });

export const GATEWAY_TABS = ['overview', 'requests', 'keys', 'budgets', 'models', 'tools', 'audit', 'settings'] as const;
export type GatewayTab = (typeof GATEWAY_TABS)[number];
export const RANGES = ['24h', '7d', '30d', '90d'] as const;
export type Range = (typeof RANGES)[number];
export const GROUPINGS = ['team', 'user', 'model', 'key', 'run', 'stage', 'day'] as const;
export type Grouping = (typeof GROUPINGS)[number];

export const gatewaySearch = z.object({
  tab: z.enum(GATEWAY_TABS).optional().catch(undefined),
  /** What is looked at up close: a request, a key, a budget, a tool, an act; `new` makes one. */
  open: text,
  /** How far back; absent = a week in the overview, all that is kept in the lists. */
  range: z.enum(RANGES).optional().catch(undefined),
  by: z.enum(GROUPINGS).optional().catch(undefined),
  /** Requests. */
  outcome: text,
  model: text,
  key: text,
  team: text,
  run: text,
  door: text,
  live: z.enum(['off']).optional().catch(undefined),
  /** Words searched for among models, budgets and tools. */
  q: text,
  show: z.enum(['all']).optional().catch(undefined),
});
