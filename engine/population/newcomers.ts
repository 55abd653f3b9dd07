// Agents that join a world under way: copies of people of the crowd, drawn with replacement (Efron's bootstrap), as
// those were before the first round. They follow whom their model follows; nobody follows them yet.
// Invariant: the agents of before are unchanged, so what has happened among them is too.
import { ShoalError, randomKey, uniform } from '#foundation';
import type { Population, PopulationColumns } from '../contract.ts';
import { allocateColumns, allocateTies } from './columns.ts';
import { hashPopulation } from './encode.ts';

/** `round`: the first in which they are there. Throws `invalid_input` where there is no crowd to copy from. */
export function withNewcomers(population: Population, count: number, seed: number, round: number): Population {
  const { size, actors, issues, ties } = population;
  const crowd = size - actors.length;
  if (crowd === 0) {
    throw new ShoalError('invalid_input', 'Nobody can join: this population has no crowd to draw newcomers from.', {
      hint: 'Fork a run with more agents than named actors.',
    });
  }
  const key = randomKey(seed, 'newcomers', round);
  const models = Array.from({ length: count }, (_, n) => actors.length + Math.floor(uniform(key, size + n, 0) * crowd));
  const columns = allocateColumns(size + count, issues.length);
  for (const name of Object.keys(columns) as (keyof PopulationColumns)[]) {
    const [from, into] = [population.columns[name], columns[name]];
    const width = from.length / size;
    into.set(from);
    models.forEach((model, n) => into.set(from.subarray(model * width, (model + 1) * width), (size + n) * width));
  }
  const rowOf = (agent: number): readonly [number, number] => [ties.offsets[agent] ?? 0, ties.offsets[agent + 1] ?? 0];
  const added = models.reduce((sum, model) => sum + rowOf(model)[1] - rowOf(model)[0], 0);
  const grown = allocateTies(size + count, ties.targets.length + added);
  grown.offsets.set(ties.offsets);
  grown.targets.set(ties.targets);
  grown.strength.set(ties.strength);
  let end = ties.targets.length;
  models.forEach((model, n) => {
    const [low, high] = rowOf(model);
    grown.targets.set(ties.targets.subarray(low, high), end);
    grown.strength.set(ties.strength.subarray(low, high), end);
    end += high - low;
    grown.offsets[size + n + 1] = end;
  });
  const parts = { ...population, size: size + count, columns, ties: grown };
  return { ...parts, hash: hashPopulation(parts) };
}

/** The population as it was before newcomers: its first `size` agents, whose hash was `hash`. */
export function firstAgents(population: Population, size: number, hash: string): Population {
  if (size === population.size) return population;
  const { columns, ties } = population;
  const first = Object.fromEntries(
    Object.entries(columns).map(([name, column]: [string, Float32Array]) => [
      name,
      column.subarray(0, (column.length / population.size) * size),
    ]),
  ) as unknown as PopulationColumns;
  const edges = ties.offsets[size] ?? 0;
  return {
    ...population,
    size,
    columns: first,
    ties: {
      offsets: ties.offsets.subarray(0, size + 1),
      targets: ties.targets.subarray(0, edges),
      strength: ties.strength.subarray(0, edges),
    },
    hash,
  };
}
