// Where an ensemble's variance comes from: a nested analysis of variance (parameters ⊃ populations ⊃ seeds) with the
// method-of-moments components of unequal cells (Searle, Casella and McCulloch 1992, ch. 3), negative ones set to 0.
import type { MemberCell, VarianceShares } from '../contract.ts';

interface Group {
  readonly parameters: number;
  readonly values: number[];
}

/** Undefined where no cell holds two members or nothing varies: nothing could be told apart. */
export function varianceShares(values: readonly number[], cells: readonly MemberCell[]): VarianceShares | undefined {
  const populations = groupsBy(values, cells, ({ parameters, population }) => `${parameters} ${population}`);
  const settings = groupsBy(values, cells, ({ parameters }) => String(parameters));
  const seedFreedom = values.length - populations.length;
  if (seedFreedom < 1) return undefined;
  const seeds = populations.reduce((sum, { values: own }) => sum + squares(own, meanOf(own)), 0) / seedFreedom;

  const withinSettings = settings.map((setting) => populations.filter(({ parameters }) => parameters === setting.parameters));
  const populationFreedom = populations.length - settings.length;
  const betweenPopulations = settings.reduce(
    (sum, setting, at) => sum + between(withinSettings[at] ?? [], meanOf(setting.values)),
    0,
  );
  const perCell = values.length / populations.length;
  const population = populationFreedom < 1 ? 0 : Math.max(0, (betweenPopulations / populationFreedom - seeds) / perCell);

  const grand = meanOf(values);
  const settingFreedom = settings.length - 1;
  const perSetting = values.length / settings.length;
  const expected = seeds + perCell * population;
  const parameters = settingFreedom < 1 ? 0 : Math.max(0, (between(settings, grand) / settingFreedom - expected) / perSetting);

  const total = parameters + population + seeds;
  if (total === 0) return undefined;
  return { parameters: parameters / total, populations: population / total, seeds: seeds / total };
}

function groupsBy(values: readonly number[], cells: readonly MemberCell[], key: (cell: MemberCell) => string): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const [at, value] of values.entries()) {
    const cell = cells[at] ?? { parameters: 0, population: 0 };
    const group = groups.get(key(cell)) ?? { parameters: cell.parameters, values: [] };
    group.values.push(value);
    groups.set(key(cell), group);
  }
  return [...groups.values()];
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const squares = (values: readonly number[], mean: number): number => values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
const between = (groups: readonly Group[], mean: number): number =>
  groups.reduce((sum, { values }) => sum + values.length * (meanOf(values) - mean) ** 2, 0);
