import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashOf } from '#foundation';
import { openGraph, openGraphLibrary, readSnapshot, snapshotText } from '#knowledge-graph';
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

  it('keeps lists of any length, and reads what was stored in one piece before', async () => {
    const { hash: _, ...story } = await buildCorpus('story');
    const content = {
      ...story,
      mentions: Array.from({ length: 2000 }, () => story.mentions)
        .flat()
        .slice(0, 45_000),
    };
    const long = { ...content, hash: hashOf(content) };
    const whole = { ...story, hash: hashOf(story) };
    const path = join(folder, 'graphs.sqlite');
    const library = openGraphLibrary(path);
    library.save('long', long);
    const file = new DatabaseSync(path);
    file.prepare('INSERT INTO snapshots VALUES (?, ?, 0, 0, 0, 0)').run(whole.hash, gzipSync(JSON.stringify(whole)));
    file.close();
    expect(library.load('long').mentions).toHaveLength(45_000);
    for (const graph of [long, whole]) expect(library.load(graph.hash)).toEqual(JSON.parse([...snapshotText(graph)].join('')));
    library.close();
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
    library.findings.put([['k', '[{"entities":[]}]']]);
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
