// Who wrote a document is somebody in its graph.
import { describe, expect, it } from 'vitest';
import { buildGraph } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { buildText, documentsOf, factsOf, typesOf } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

const ARTICLE = [
  'A gateway checks every request before it reaches a model, and a gateway keeps a log of what it did.',
  'I have seen three outages that a gateway would have prevented, and rate limits are essential.',
  'Every gateway should have rate limits, because rate limits prevent a single client from taking the service down.',
].join('\n');

async function byAuthor(author: string, text = ARTICLE): Promise<GraphSnapshot> {
  const read = documentsOf(text);
  return buildGraph(
    { ...read, documents: read.documents.map((document) => ({ ...document, author })) },
    { model: embeddedModel, seed: 1 },
  );
}

const person = (graph: GraphSnapshot, name: string) =>
  graph.entities.find((entity) => entity.name === name && entity.type === 'person');

describe('authors', () => {
  it('stated by the document are people who write about what it is about', async () => {
    const graph = await byAuthor('Tamsin Oyelaran');
    const author = person(graph, 'Tamsin Oyelaran');
    expect(author).toMatchObject({ subtype: 'author' });
    // The text does not name its author: the document is the source.
    expect(author?.sources).toEqual([expect.objectContaining({ document: 'd1' })]);
    expect(factsOf(graph)).toContain('Tamsin Oyelaran | write about | gateway');
  });

  it('say what is said in the first person', async () => {
    const graph = await byAuthor('Tamsin Oyelaran');
    const speakers = new Map(graph.claims.map((claim) => [claim.text, claim.speaker]));
    const own = graph.claims.find(({ text }) => text.includes('three outages'));
    expect(own?.speaker).toBe(person(graph, 'Tamsin Oyelaran')?.id);
    expect([...speakers].filter(([text]) => !/\bI\b/.test(text)).every(([, speaker]) => speaker === undefined)).toBe(true);
  });

  it('are read from the byline, which is their source', async () => {
    const text = `Council votes on toll\nBy Denise Okoro and Samir Haddad\n${ARTICLE}`;
    const graph = await buildText(text);
    for (const name of ['Denise Okoro', 'Samir Haddad']) {
      const [source] = person(graph, name)?.sources ?? [];
      expect(text.slice(source?.start, source?.end)).toBe(name);
    }
  });

  it.each(['Newsroom Staff', 'Reuters', 'Harbour News Team', 'admin'])(
    'that are nobody in particular stay out: %s',
    async (author) => {
      expect((await byAuthor(author)).entities.filter(({ type }) => type === 'person')).toEqual([]);
    },
  );
});

describe('names in reports of other fields', () => {
  it('are taken whole, without the role in front of them', async () => {
    const types = typesOf(
      await buildText(
        'The National Association of Head Teachers supports the plan. Chief Financial Officer Peter Osei expects growth. Competitor Thermia Nord gained market share. Patients at St Brendan’s Hospital wait.',
      ),
    );
    expect(types).toMatchObject({
      'National Association of Head Teachers': 'organisation',
      'Peter Osei': 'person',
      'St Brendan’s Hospital': 'institution',
    });
    expect(Object.keys(types)).not.toEqual(expect.arrayContaining(['Financial']));
    expect(Object.keys(types)).toContain('Thermia Nord');
  });

  it('make no person of a place or a firm that nobody introduced', async () => {
    const types = typesOf(
      await buildText(
        'Patients in Upper Tallow would have to travel far. Analyst Petra Novak of Meridian Research wrote that a run is likely.',
      ),
    );
    expect(types['Upper Tallow']).toBe('place');
    expect(types['Meridian Research']).toBe('organisation');
  });

  it('of those who are told something are not taken for the speaker', async () => {
    const graph = await buildText(
      '"Nurses are already working double shifts, and the merger will make it worse," Ferreira told the Valley Post.',
    );
    expect(graph.claims.map(({ speaker }) => speaker)).not.toContain('media:valley-post');
  });
});
