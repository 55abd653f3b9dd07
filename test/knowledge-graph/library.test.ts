import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openGraph, openGraphLibrary, readSnapshot } from '#knowledge-graph';
import { buildCorpus } from './corpora.ts';

describe('the graph library', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shoal-graphs-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was saved, by name, by hash and by the start of a hash, also after reopening', async () => {
    const path = join(folder, 'graphs.sqlite');
    const snapshot = await buildCorpus('story');
    const library = openGraphLibrary(path);
    expect(library.save('light', snapshot)).toMatchObject({
      name: 'light',
      hash: snapshot.hash,
      entities: snapshot.entities.length,
    });
    library.close();
    const again = openGraphLibrary(path);
    for (const key of ['light', snapshot.hash, snapshot.hash.slice(0, 12)])
      expect(again.load(key)).toEqual(JSON.parse(JSON.stringify(snapshot)));
    again.close();
  });

  it('lists names in order, the newest snapshot under each', async () => {
    const library = openGraphLibrary(join(folder, 'graphs.sqlite'));
    const [story, council] = [await buildCorpus('story'), await buildCorpus('council')];
    library.save('b', story);
    library.save('a', story);
    library.save('b', council);
    expect(library.list().map(({ name, hash }) => [name, hash])).toEqual([
      ['a', story.hash],
      ['b', council.hash],
    ]);
    library.close();
  });

  it('reads a graph of the first version, and refuses one of a version that it does not know', async () => {
    const { merges: _, edits: __, ...snapshot } = await buildCorpus('story');
    const relations = snapshot.relations.map(({ id, subject, predicate, object, sources }) => ({
      id,
      subject,
      predicate,
      object,
      sources,
    }));
    const relationTypes = snapshot.ontology.relationTypes.map(({ predicate, from, to, count }) => ({
      predicate,
      from,
      to,
      count,
    }));
    const first = { ...snapshot, version: 1, relations, ontology: { ...snapshot.ontology, relationTypes } };
    const read = readSnapshot(first);
    expect(read).toMatchObject({ version: 2, merges: [], edits: [], hash: snapshot.hash });
    expect(read.relations[0]).toMatchObject({ recorded: 1, expired: undefined, contradicts: [] });
    expect(read.ontology).toEqual(snapshot.ontology);
    expect(openGraph(read).facts({ known: 1 })).toHaveLength(relations.length);
    for (const value of [{ ...first, version: 3 }, { version: 1 }, 'graph'])
      expect(() => readSnapshot(value)).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error);
  });

  it('keeps findings beside the graphs', () => {
    const path = join(folder, 'graphs.sqlite');
    const library = openGraphLibrary(path);
    library.findings.put('k', '[{"entities":[]}]');
    library.close();
    const again = openGraphLibrary(path);
    expect(again.findings.get('k')).toBe('[{"entities":[]}]');
    expect(again.findings.get('other')).toBeUndefined();
    again.close();
  });

  it('says which names it knows when asked for another', () => {
    const library = openGraphLibrary(join(folder, 'graphs.sqlite'));
    expect(() => library.load('nothing')).toThrow(
      expect.objectContaining({ code: 'not_found', details: { known: [] } }) as Error,
    );
    library.close();
  });
});
