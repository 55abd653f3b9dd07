// The world that the scale benches live in: the quickstart town grown to any size, everyone following 20 accounts and
// shown 20 posts a session, by the hour, with a daily rhythm and about a tenth of all agents active per round.
import { loadScenario, withOverrides } from '#scenarios';
import type { LoadedScenario } from '#scenarios/contract';

export async function scaleScenario(size: number, rounds: number): Promise<LoadedScenario> {
  const loaded = withOverrides(await loadScenario('quickstart'), { size, rounds, ensemble: 1 });
  const { scenario } = loaded;
  return {
    ...loaded,
    scenario: {
      ...scenario,
      population: { ...scenario.population, meanDegree: 20 },
      platforms: scenario.platforms.map((platform) => ({ ...platform, feed: { ...platform.feed, size: 20 } })),
      // Excitement brings people more often: chosen so that a tenth of them is there in the mean over the three days.
      behaviour: { ...scenario.behaviour, 'activation-excitement': 5 },
    },
  };
}
