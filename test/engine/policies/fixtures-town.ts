// The bridge town, lived for a dozen rounds into a real run file.
import { zstdCompressSync } from 'node:zlib';
import { openRecord } from '../../../engine/record/record.ts';
import { createWorld } from '../../../engine/rounds/run.ts';
import { createPopulation } from '../../../engine/population/index.ts';
import { populationSkills } from '../../../engine/policies/chat/index.ts';
import type { RunRecord } from '#engine/contract';
import type { KnowledgeGraph, SearchHit } from '#knowledge-graph/contract';
import { BRIDGE_FRAMING, BRIDGE_GRAPH, bridgeScenario } from '../fixtures.ts';
import { embeddedModel } from '../../embedded-model.ts';
import { runFileFor } from '../fixtures-run.ts';

export const ROUNDS = 12;
export const NEWS = 'The ministry doubles its grant for the bridge repairs if the toll is introduced this year.';

export async function livedTown(path: string): Promise<RunRecord> {
  const scenario = bridgeScenario({
    population: { size: 150, meanDegree: 10 },
    clock: { start: '2026-01-05T09:00:00Z', rounds: ROUNDS, minutesPerRound: 60 },
    interventions: [{ round: 4, text: NEWS, stance: 0.9, reach: 0.8 }],
  });
  const model = embeddedModel(populationSkills);
  const population = await createPopulation({ graph: BRIDGE_GRAPH, framing: BRIDGE_FRAMING, scenario, model });
  const spec = { scenario, graphHash: BRIDGE_GRAPH.hash, framing: BRIDGE_FRAMING, population, seed: 1 };
  const file = runFileFor(path, spec);
  file.putBlob('graph', zstdCompressSync(Buffer.from(JSON.stringify(BRIDGE_GRAPH))));
  const world = await createWorld(file, spec, { threads: 0 });
  await world.run();
  await world.close();
  file.close();
  return openRecord(path);
}

/** The hand-made graph, asked by plain word overlap: the real retrieval has its own tests. */
export const TOWN_GRAPH: KnowledgeGraph = {
  snapshot: BRIDGE_GRAPH,
  entities: BRIDGE_GRAPH.entities,
  relations: BRIDGE_GRAPH.relations,
  claims: BRIDGE_GRAPH.claims,
  communities: BRIDGE_GRAPH.communities,
  entity: (id) => BRIDGE_GRAPH.entities.find((entity) => entity.id === id),
  neighbours: (id) => BRIDGE_GRAPH.relations.filter(({ subject, object }) => subject === id || object === id),
  facts: () => BRIDGE_GRAPH.relations,
  path: () => undefined,
  search: (query, k) => {
    const words = query.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    return BRIDGE_GRAPH.claims
      .map((claim): SearchHit => {
        const score = words.filter((word) => claim.text.toLowerCase().includes(word)).length;
        return {
          kind: 'claim',
          id: claim.id,
          score,
          text: claim.text,
          source: claim.sources[0] ?? { document: 'd1', start: 0, end: 1 },
        };
      })
      .toSorted((a, b) => b.score - a.score)
      .slice(0, k);
  },
  provenance: (id) => BRIDGE_GRAPH.claims.find((claim) => claim.id === id)?.sources ?? [],
  quote: (span) => BRIDGE_GRAPH.documents[0]?.text.slice(span.start, span.end) ?? '',
};
