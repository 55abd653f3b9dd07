// What tables tell: the name that opens a row has, under each heading, what its cell says.
import { describe, expect, it } from 'vitest';
import { buildGraph, DEFAULT_LIMITS, readDocuments } from '#knowledge-graph';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { factsOf, typesOf } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

async function buildFile(name: string, text: string): Promise<GraphSnapshot> {
  const read = await readDocuments([{ name, bytes: Buffer.from(text) }], { limits: DEFAULT_LIMITS });
  return buildGraph(read, { model: embeddedModel, seed: 1 });
}

const FIRMS = `company,seat,founder,staff
Halvard Systems,Bern,Ines Duarte,120 people
Corvid Security,Oslo,Paul Ndiaye,35 people
`;

describe('facts of tables', () => {
  it('tie the name that opens a row to what stands under each heading', async () => {
    const graph = await buildFile('firms.csv', FIRMS);
    expect(factsOf(graph)).toEqual(
      expect.arrayContaining([
        'Halvard Systems | seat | Bern',
        'Ines Duarte | found | Halvard Systems',
        'Corvid Security | staff | "35 people"',
      ]),
    );
    expect(typesOf(graph)).toMatchObject({ 'Halvard Systems': 'organisation', 'Corvid Security': 'organisation' });
  });

  it('are the same in Markdown, and stand in the words of their row', async () => {
    const graph = await buildFile(
      'tools.md',
      '# Tools\n\n| tool | limits |\n|---|---|\n| go-fish | one run |\n| ada/marten | no API |\n',
    );
    expect(factsOf(graph)).toEqual(['go-fish | limits | "one run"', 'ada/marten | limits | "no API"']);
    const [document] = graph.documents;
    const [source] = graph.relations[0]?.sources ?? [];
    expect(document?.text.slice(source?.start, source?.end)).toBe('go-fish; limits: one run');
  });

  it('do not divide a cell at a colon of its own', async () => {
    const graph = await buildFile('tools.md', '| tool | note |\n|---|---|\n| Marten | fast; price: none |\n| Kestrel | slow |\n');
    expect(factsOf(graph)).toContain('Marten | note | "fast; price: none"');
  });

  it('leave out rows that are about a number, a sum or a sentence', async () => {
    const graph = await buildFile(
      'defects.md',
      '| item | place |\n|---|---|\n| 1 | Marten |\n| Total | Kestrel |\n| The reader drops what it cannot parse | Halvard |\n',
    );
    expect(graph.relations).toEqual([]);
  });
});
