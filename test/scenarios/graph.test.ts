// The bundled documents, read by the embedded extraction: whoever a reader would name must be there, as what they are.
import { describe, expect, it } from 'vitest';
import { buildGraph, readDocuments } from '#knowledge-graph';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { loadScenario } from '#scenarios';
import { embeddedModel } from '../knowledge-graph/embedded-model.ts';

const EXPECTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  quickstart: {
    person: ['Ines Calloway', 'Aldo Ferrante', 'Dominic Pryce', 'Hannah Osei', 'Ruth Tregear', 'Priya Nair'],
    institution: ['Port Kerrin Town Council', 'Estuary University', 'Harbour Authority'],
    organisation: ['Clean Harbour Alliance', "Port Kerrin Traders' Association", 'Kerrin Ferries'],
    media: ['Kerrin Courier'],
    place: ['Old Quay', 'Chapel Street'],
  },
  'policy-rumour': {
    person: ['Teodor Lang', 'Rurik Osgood', 'Vera Pike', 'Dana Whitfield', 'Agnes Okafor', 'Malik Hassan'],
    institution: ['Ministry of Labour', 'Labour Inspectorate', 'University of Orsholm'],
    organisation: ['Zipp', 'National Party'],
    media: ['Valmere Observer', 'Radio Meridian'],
    law: ['Lunch Hour Act'],
  },
  'market-announcement': {
    person: ['Katrin Halden', 'Sven Aldous', 'Desmond Achebe', 'Edwin Lindqvist', 'Bridget Sorley', 'Yusuf Karim'],
    institution: ['Competition Authority'],
    organisation: ['Norrvik Motors', 'Quill Energy', 'Pallas Capital', 'Lindqvist Foundation'],
  },
  'unfinished-story': {
    person: ['Ada Marrable', 'Tobias Marrable', 'Matthias Marrable', 'Isak Brandt', 'Hamo Stark', 'Lisbet Stark', 'Wil Tarn'],
    institution: ['Board of Lights'],
  },
};

async function graphOf(name: string): Promise<GraphSnapshot> {
  const { documents } = await loadScenario(name);
  return buildGraph(await readDocuments(documents), { model: embeddedModel, seed: 1 });
}

describe.each(Object.keys(EXPECTED))('the graph of %s', (name) => {
  it('holds everyone who matters as what they are, and both sides of the argument', async () => {
    const graph = await graphOf(name);
    expect(graph.rejected).toEqual([]);
    for (const [type, names] of Object.entries(EXPECTED[name] ?? {})) {
      const found = graph.entities.filter((entity) => entity.type === type).map((entity) => entity.name);
      expect(found, `${type} in ${name}`).toEqual(expect.arrayContaining([...names]));
    }
    const actorTypes: readonly string[] = ACTOR_TYPES;
    expect(graph.entities.filter(({ type }) => actorTypes.includes(type)).length).toBeGreaterThanOrEqual(15);
    const spoken = graph.claims.filter(({ speaker }) => speaker !== undefined);
    expect(spoken.filter(({ sentiment }) => sentiment > 0).length).toBeGreaterThanOrEqual(3);
    expect(spoken.filter(({ sentiment }) => sentiment < 0).length).toBeGreaterThanOrEqual(3);
  });
});
