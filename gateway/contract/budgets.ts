// The budget tree: what may be spent, what is, and by which calls under way.

/** The root of the budget tree; it is always open. */
export const ROOT_BUDGET = 'shoal';

/** The time over which spending counts. Hours are those of UTC; other calendar windows follow a time zone. */
export type BudgetWindow =
  /** Prepaid: what is spent stays spent until the limit is raised. */
  | { readonly kind: 'none' }
  | { readonly kind: 'rolling'; readonly hours: number }
  | { readonly kind: 'calendar'; readonly unit: 'hour' | 'day' | 'week' | 'month'; readonly timeZone: string };

/** A node of the budget tree, e.g. `shoal`, `shoal/run:abc`. Children are charged to all ancestors. */
export interface BudgetNode {
  readonly id: string;
  readonly parent: string | undefined;
  /** Undefined = only its ancestors limit it. */
  readonly limitNanoUsd: number | undefined;
  readonly limitTokens?: number | undefined;
  /** Default none. */
  readonly window?: BudgetWindow;
  /** `hard` (default) is never passed; past a `soft` limit calls are admitted, flagged and alerted. */
  readonly edge?: 'hard' | 'soft';
  /** Percent of a limit at which an alert is written, once in each window; default 50, 80, 100. */
  readonly alertPercents?: readonly number[];
}

/** What may be changed of an open node: a key that is absent stays, a limit that is undefined is taken away. */
export type BudgetEdit = Partial<Omit<BudgetNode, 'id' | 'parent'>>;

/** More for a while: added to the limits from now until then. */
export interface BudgetExtension {
  readonly nanoUsd: number;
  readonly tokens: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

export interface BudgetAlert {
  readonly node: string;
  readonly measure: 'usd' | 'tokens';
  readonly percent: number;
  readonly atMs: number;
  /** In nano-USD, or tokens. */
  readonly spent: number;
  readonly limit: number;
}

/** A node, and how it stands in its present window. */
export interface BudgetBalance extends Required<BudgetNode> {
  readonly spentNanoUsd: number;
  readonly spentTokens: number;
  readonly reservedNanoUsd: number;
  readonly reservedTokens: number;
  /** What this node alone leaves, extensions counted; undefined = no limit. */
  readonly headroomNanoUsd: number | undefined;
  readonly headroomTokens: number | undefined;
  /** When the window ends, or its oldest spending leaves it. */
  readonly resetsAtMs: number | undefined;
  /** Those not yet over. */
  readonly extensions: readonly BudgetExtension[];
  /** Those of the present window. */
  readonly alerts: readonly BudgetAlert[];
  /** Closed nodes admit nothing, and nothing under them. */
  readonly closed: boolean;
  readonly closedAtMs: number | undefined;
}

/** What an administrative act did, for the audit. */
export interface BudgetChange {
  readonly act: 'open' | 'change' | 'raise' | 'extend' | 'close';
  readonly before: BudgetBalance | undefined;
  readonly after: BudgetBalance;
}

export type Reservation =
  | {
      readonly kind: 'held';
      readonly id: string;
      /** Nodes whose soft limit this hold passes. */
      readonly overSoft: readonly string[];
    }
  | {
      readonly kind: 'denied';
      /** The node that has no headroom. */
      readonly node: string;
      readonly measure: 'usd' | 'tokens';
      readonly headroomNanoUsd: number;
      readonly headroomTokens: number;
      /** When its window gives room back by itself; undefined = only when others settle or somebody raises it. */
      readonly retryAfterMs: number | undefined;
    };

/**
 * Reserve → settle. Spent + reserved never exceeds a hard limit on any ancestor in any window, under any interleaving.
 * Counters live in memory in one owner. A call may go out once `durable()` has resolved: its hold is on disk then.
 */
export interface Ledger {
  /** Opens a node, opens a closed one again, or changes an open one; what is not given stays as it was. */
  open(node: BudgetNode): BudgetChange;
  change(node: string, edit: BudgetEdit): BudgetChange;
  extend(node: string, more: { readonly nanoUsd: number; readonly tokens: number; readonly untilMs: number }): BudgetChange;
  /**
   * Adds to its limits for good, whatever others add at the same time; a closed node is open then.
   * Throws `conflict` where there is no limit to add to.
   */
  raise(node: string, more: { readonly nanoUsd: number; readonly tokens: number }): BudgetChange;
  /** Admits nothing any more; what was leased to it is its ancestors' again, what was spent stays. */
  close(node: string): BudgetChange;
  /**
   * Forgets nodes without children that were closed before then (and longer ago than any call of theirs can last); their
   * ancestors keep what was spent. Returns how many went.
   */
  purge(closedBeforeMs: number): number;
  /** All ancestors or none. The same `key` on the same node is the same hold, even after it has been settled. */
  reserve(node: string, nanoUsd: number, options?: { readonly tokens?: number; readonly key?: string }): Reservation;
  /** Resolves when all holds made so far are on disk; undefined = they are. */
  durable(): Promise<void> | undefined;
  /** Exactly once per id; later calls change nothing. Returns what was charged. */
  settle(id: string, nanoUsd: number, tokens?: number): number;
  release(id: string): void;
  headroom(node: string): number;
  balance(node: string): BudgetBalance | undefined;
  /** Open ones, or all. */
  balances(which?: { readonly closed?: boolean }): readonly BudgetBalance[];
  /** Newest first. */
  alerts(query?: { readonly node?: string; readonly limit?: number }): readonly BudgetAlert[];
  /** Calls back after an alert is written, by this process. */
  onAlert(listener: (alert: BudgetAlert) => void): void;
}
