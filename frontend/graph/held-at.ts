// Which facts hold at a date, as the server counts: open ends go on, a coarse date covers all its days. Pure.
import type { GraphView } from '#api/contract';

type Edge = GraphView['edges'][number];

/** Days in order as numbers; the day that stands for a part that is not given is `month` and `day`. */
function dayNumber(iso: string, month: number, day: number): number {
  const [, year = '0', given, of] = /^(-?\d+)(?:-(\d{2})(?:-(\d{2}))?)?/.exec(iso) ?? [];
  return Number(year) * 10_000 + Number(given ?? month) * 100 + Number(of ?? day);
}
const firstDay = (iso: string): number => dayNumber(iso, 1, 1);
const lastDay = (iso: string): number => dayNumber(iso, 12, 31);

export function heldAt(edges: readonly Edge[], asOf: string): readonly Edge[] {
  const [first, last] = [firstDay(asOf), lastDay(asOf)];
  return edges.filter(
    ({ validFrom, validTo }) =>
      (validFrom === undefined || firstDay(validFrom) <= last) && (validTo === undefined || lastDay(validTo) >= first),
  );
}
