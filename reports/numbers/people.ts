// Who stands where at the end: counts and means over communities and named actors, straight from the columns.
import { UNDECIDED_BAND } from '#engine/contract';
import type { Source } from './source.ts';

export interface CommunityStand {
  readonly community: number;
  readonly label: string;
  readonly size: number;
  readonly support: number;
  readonly oppose: number;
  readonly mean: number;
}

/** Every community with members, in the order of the population. */
export function communityStands(source: Source, issue: number): readonly CommunityStand[] {
  const { population } = source.record;
  const issues = population.issues.length;
  const { opinion } = source.final();
  const sums = population.communities.map(() => ({ size: 0, support: 0, oppose: 0, total: 0 }));
  for (let agent = 0; agent < population.size; agent++) {
    const sum = sums[population.columns.community[agent] ?? 0];
    if (sum === undefined) continue;
    const value = opinion[agent * issues + issue] ?? 0;
    sum.size++;
    sum.total += value;
    if (value > UNDECIDED_BAND) sum.support++;
    else if (value < -UNDECIDED_BAND) sum.oppose++;
  }
  return sums.flatMap(({ size, support, oppose, total }, community) =>
    size === 0
      ? []
      : [
          {
            community,
            label: population.communities[community]?.label ?? `Community ${community}`,
            size,
            support: support / size,
            oppose: oppose / size,
            mean: total / size,
          },
        ],
  );
}

export type Side = 'for' | 'against' | 'undecided';

/** Named actors on one side of an issue at the end, the widest reach first. */
export function actorsOn(
  source: Source,
  issue: number,
  side: Side,
): readonly { readonly agent: number; readonly name: string }[] {
  const { population } = source.record;
  const issues = population.issues.length;
  const { opinion } = source.final();
  return population.actors
    .filter((actor) => sideOf(opinion[actor.agent * issues + issue] ?? 0) === side)
    .toSorted(
      (left, right) =>
        (population.columns.reach[right.agent] ?? 0) - (population.columns.reach[left.agent] ?? 0) || left.agent - right.agent,
    )
    .map(({ agent, name }) => ({ agent, name }));
}

const sideOf = (value: number): Side => (value > UNDECIDED_BAND ? 'for' : value < -UNDECIDED_BAND ? 'against' : 'undecided');

/** Final opinions in twenty bins from −1 to +1, as shares. */
export function opinionHistogram(source: Source, issue: number): readonly number[] {
  const { population } = source.record;
  const issues = population.issues.length;
  const { opinion } = source.final();
  const bins = Array.from({ length: 20 }, () => 0);
  for (let agent = 0; agent < population.size; agent++) {
    const bin = Math.min(19, Math.max(0, Math.floor(((opinion[agent * issues + issue] ?? 0) + 1) * 10)));
    bins[bin] = (bins[bin] ?? 0) + 1 / population.size;
  }
  return bins;
}
