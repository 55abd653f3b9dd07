// The nodes in the order of a tree: children under their parent, by name, each with its depth.
import type { BudgetView } from '#api/contract';

export interface TreeRow {
  readonly view: BudgetView;
  readonly depth: number;
  readonly hasChildren: boolean;
  /** What its parent does not say already. */
  readonly name: string;
}

const ownName = ({ id, parent }: BudgetView): string =>
  parent !== undefined && id.startsWith(`${parent}/`) ? id.slice(parent.length + 1) : id;

export function treeOf(views: readonly BudgetView[], folded: ReadonlySet<string>): readonly TreeRow[] {
  const known = new Set(views.map((view) => view.id));
  const children = new Map<string | undefined, BudgetView[]>();
  for (const view of views) {
    // A node whose parent is filtered away stands at the top.
    const parent = view.parent !== undefined && known.has(view.parent) ? view.parent : undefined;
    const siblings = children.get(parent) ?? [];
    siblings.push(view);
    children.set(parent, siblings);
  }
  const rows: TreeRow[] = [];
  const walk = (parent: string | undefined, depth: number): void => {
    for (const view of (children.get(parent) ?? []).toSorted((a, b) => a.id.localeCompare(b.id))) {
      const name = depth === 0 ? view.id : ownName(view);
      rows.push({ view, depth, hasChildren: children.has(view.id), name });
      if (!folded.has(view.id)) walk(view.id, depth + 1);
    }
  };
  walk(undefined, 0);
  return rows;
}

/** What matches, with everything above it. */
export function matching(views: readonly BudgetView[], words: string): readonly BudgetView[] {
  const wanted = words.trim().toLowerCase();
  if (wanted === '') return views;
  const byId = new Map(views.map((view) => [view.id, view]));
  const kept = new Set<string>();
  for (const view of views) {
    if (!view.id.toLowerCase().includes(wanted)) continue;
    for (let at: BudgetView | undefined = view; at !== undefined && !kept.has(at.id); at = byId.get(at.parent ?? ''))
      kept.add(at.id);
  }
  return views.filter((view) => kept.has(view.id));
}

const HOURS = /^rolling (\d+)h$/;
const CALENDAR: Readonly<Record<string, string>> = { hour: 'each hour', day: 'each day', week: 'each week', month: 'each month' };

/** `rolling 48h` as people say it. */
export function windowWords(window: string): string {
  const [, hours] = HOURS.exec(window) ?? [];
  if (hours !== undefined) {
    const days = Number(hours) / 24;
    return Number.isInteger(days) && days > 1 ? `any ${days} days` : `any ${hours} hours`;
  }
  const [unit = '', zone] = window.split(' ');
  if (unit === 'none') return 'prepaid';
  return `${CALENDAR[unit] ?? window}${zone === undefined ? '' : ` (${zone})`}`;
}

/** Extensions that hold now. */
export const extendedUsd = ({ extensions }: BudgetView): number => extensions.reduce((sum, { usd }) => sum + usd, 0);
