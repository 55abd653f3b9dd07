// Facts of technical and policy prose: about topics, in the passive, and what such prose only seems to say.
import { describe, expect, it } from 'vitest';
import { buildGraph } from '#knowledge-graph';
import type { Document } from '#knowledge-graph/contract';
import { buildText, documentsOf, factsOf, typesOf } from '../corpora.ts';
import { embeddedModel } from '../embedded-model.ts';

const factsIn = async (text: string): Promise<readonly string[]> => factsOf(await buildText(text));

describe('technical prose says', () => {
  it.each([
    ['where something is built into', 'Kestrel is built into a single package.', 'Kestrel | be built into | "a single package"'],
    ['what something has', 'Kestrel has a weight attribute.', 'Kestrel | have | "weight attribute"'],
    ['what there is none of', 'Kestrel provides no firm guarantees.', 'Kestrel | NOT provide | "firm guarantees"'],
    [
      'what there is only one of',
      'Halvard Systems provides only a single source file.',
      'Halvard Systems | provide | "a single source file"',
    ],
    ['what was published', 'Halvard Press published the harbour report.', 'Halvard Press | publish | "harbour report"'],
    [
      'what a topic does, in words',
      'The cache files contain a list of icon names.',
      'cache files | contain | "a list of icon names"',
    ],
  ])('%s', async (_, text, expected) => {
    expect(await factsIn(text)).toContain(expected);
  });

  it.each([
    [
      'that the thing does what doing something to it does',
      'Raising the Kestrel limit requires the approval of Halvard Systems.',
    ],
    ['what something is only let do', 'Marten lets Kestrel use the Halvard database.'],
    ['who uses what, after another verb', 'Marten explains how Kestrel runs jobs, using Halvard Systems.'],
    ['what a note leaves open', 'Kestrel retried three slow jobs by the client'],
    ['what those who are asked should do', 'Halvard Systems may ask the owners to read the plan or use Kestrel.'],
  ])('not %s', async (_, text) => {
    const facts = await factsIn(text);
    expect(facts.filter((fact) => /require|Kestrel \| use|using|\| use \|| retry /.test(fact))).toEqual([]);
  });

  it('what holds under a condition as possible only', async () => {
    const graph = await buildText('Pages load fast when Kestrel uses Marten.');
    expect(graph.relations.map(({ predicate, modality }) => [predicate, modality])).toContainEqual(['use', 'possible']);
  });
});

describe('names in technical texts', () => {
  it('are no letters that count items', async () => {
    const names = Object.keys(
      typesOf(await buildText('B. Budget and caps of Kestrel Systems.', 'C. Brown said that Kestrel Systems grew.')),
    );
    expect(names.join()).not.toContain('B. Budget');
    expect(names.join()).toContain('Brown');
  });
});

describe('passages in another language', () => {
  it('are read for names, and the graph says so', async () => {
    const read = documentsOf('Mara Voss leads Acme Corp.\nMara Voss leads Norden Capital.');
    const [document] = read.documents as [Document];
    const [english, foreign] = document.blocks;
    const blocks = [english, { ...foreign, language: 'fr' }] as Document['blocks'];
    const graph = await buildGraph({ ...read, documents: [{ ...document, blocks }] }, { model: embeddedModel, seed: 1 });
    expect(factsOf(graph)).toEqual(['Mara Voss | lead | Acme Corp']);
    expect(graph.extractor.notes?.join()).toContain('Passages in other languages than their documents (fr)');
  });
});
