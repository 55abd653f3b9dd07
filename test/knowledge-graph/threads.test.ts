import { describe, expect, it } from 'vitest';
import { buildGraph } from '#knowledge-graph';
import type { Document } from '#knowledge-graph/contract';
import { extractCorpus } from '../../knowledge-graph/extraction/extract.ts';
import { extractInThreads } from '../../knowledge-graph/extraction/extract-in-threads.ts';
import { benchCorpus } from '../bench/graph-corpus.ts';
import { readCorpus } from './corpora.ts';
import { embeddedModel } from './embedded-model.ts';

const LARGE = benchCorpus(410_000, 6000);

const inputsOf = (documents: readonly Document[]) => documents.map((document) => ({ document }));

describe('extraction in threads', () => {
  it('finds what one thread finds, in English and Chinese, authors among it', async () => {
    const read = await readCorpus('council', 'chinese', 'french', 'gateway');
    const documents = read.documents.map((document) => ({ ...document, author: 'Ada Quill' }));
    const { findings } = await extractCorpus(documents, { model: embeddedModel });
    for (const workers of [1, 2, 3]) {
      const threaded = await extractInThreads(inputsOf(documents), { workers });
      expect(threaded.map(({ document }) => document.id)).toEqual(findings.map(({ document }) => document.id));
      for (const [at, { extraction }] of threaded.entries()) {
        expect(extraction.entities).toEqual(findings[at]?.extraction.entities);
        expect(extraction.relations).toEqual(findings[at]?.extraction.relations);
        expect(extraction.claims).toEqual(findings[at]?.extraction.claims);
      }
    }
  });

  it('gives the same graph for any number of workers', { timeout: 240_000 }, async () => {
    const hashes = new Set<string>();
    for (const workers of [1, 2, 3]) hashes.add((await buildGraph(LARGE, { model: embeddedModel, seed: 1, workers })).hash);
    expect(hashes.size).toBe(1);
  });

  it('tells where it is, up to the last document', { timeout: 60_000 }, async () => {
    const seen: number[] = [];
    await extractInThreads(inputsOf(LARGE.documents), { workers: 2, onProgress: ({ done }) => seen.push(done) });
    expect(seen.length).toBeGreaterThan(1);
    expect(seen).toEqual(seen.toSorted((left, right) => left - right));
    expect(seen.at(-1)).toBe(LARGE.documents.length);
  });

  it('stops when it is cancelled', { timeout: 60_000 }, async () => {
    const stop = new AbortController();
    const reading = extractInThreads(inputsOf(LARGE.documents), {
      workers: 1,
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });

  it('says which documents a thread died over', async () => {
    const documents = LARGE.documents.slice(0, 2) as [Document, Document];
    const filename = new URL('failing-worker.ts', import.meta.url).href;
    await expect(extractInThreads(inputsOf(documents), { workers: 1, filename })).rejects.toMatchObject({
      code: 'worker_failed',
      message: expect.stringContaining(documents[0].name) as string,
    });
  });
});
