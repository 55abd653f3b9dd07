// Which worlds an ensemble lives: a nested design in a fixed order. Every member has a seed of its own; every two share a
// population; and where the scenario declares priors, every four share a draw of those parameters. Member 0 is the
// main run: the scenario's own parameters and population. The same number in two runs of one seed has the same draws
// (common random numbers), so members of a fork or a comparison are pairs.
import { randomKey, randomStream } from '#foundation';
import type { MemberCell } from '#reports/contract';
import type { Scenario } from '#scenarios/contract';

const SEEDS_PER_POPULATION = 2;
const POPULATIONS_PER_SETTING = 2;

export interface MemberPlan extends MemberCell {
  /** Position in the ensemble; 0 is the main run. */
  readonly index: number;
  readonly seed: number;
  /** Seed that the population is drawn with. */
  readonly populationSeed: number;
  readonly behaviour: Scenario['behaviour'];
}

/** `drawsPopulations`: false keeps the main run's people, where a model wrote them at a price. */
export function planEnsemble(scenario: Scenario, drawsPopulations: boolean): readonly MemberPlan[] {
  const { seed, priors, behaviour, ensemble } = scenario;
  const hasPriors = Object.keys(priors).length > 0;
  return Array.from({ length: ensemble }, (_, index) => {
    const pair = Math.floor(index / SEEDS_PER_POPULATION);
    const parameters = hasPriors ? Math.floor(pair / POPULATIONS_PER_SETTING) : 0;
    const population = drawsPopulations ? pair : 0;
    return {
      index,
      parameters,
      population,
      seed: seed + index,
      populationSeed: seed + population,
      behaviour: parameters === 0 ? behaviour : { ...behaviour, ...drawnFrom(priors, seed, parameters) },
    };
  });
}

/** Names in order, so that a parameter's draw does not hang on how the file lists them. */
function drawnFrom(priors: Scenario['priors'], seed: number, parameters: number): Record<string, number> {
  const stream = randomStream(randomKey(seed, 'parameter priors'), parameters);
  const names = Object.keys(priors).toSorted();
  return Object.fromEntries(
    names.map((name) => {
      const [low, high] = priors[name] ?? [0, 0];
      return [name, low + (high - low) * stream.next()];
    }),
  );
}
