// The method box: what somebody else needs to make this run again, and what it cost.
import type { MethodBox } from './contract.ts';
import { interactionEffects } from './forecast/interaction.ts';
import type { Source } from './numbers/source.ts';

export function methodBox(source: Source): MethodBox {
  const { manifest, digest, population, rounds } = source.record;
  return {
    runId: manifest.runId,
    fork: source.fork,
    seed: manifest.seed,
    ensembleSeeds: source.members.map((member) => member.seed),
    digest,
    shoalVersion: manifest.shoalVersion,
    nodeVersion: manifest.nodeVersion,
    engineHash: manifest.engineHash,
    scenarioHash: manifest.scenarioHash,
    graphHash: manifest.graphHash,
    agents: population.size,
    rounds,
    events: source.record.summaries().reduce((sum, summary) => sum + summary.events, 0),
    model: manifest.model,
    writer: source.writer,
    interaction: interactionEffects(source.record.framing, source.members, source.control),
    costNanoUsd: source.costs.reduce((sum, cost) => sum + cost.costNanoUsd, 0),
    costs: source.costs,
  };
}
