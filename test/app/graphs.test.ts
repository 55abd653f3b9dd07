// Graphs that stand by themselves, by command and over HTTP: grown, asked in both times, edited by hand.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DocumentTextView, EntityView, GraphBuildView, GraphView } from '#api/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import { shoal, startServer, temporaryHome, type RunningServer } from './helpers.ts';

const FIRST = '# Notes\n\nMara Voss has led Acme Corp. since 2019. Voss opposes Kestrel Systems.\n';
const SECOND = '# Change\n\nRuth Fielding has led Acme Corp. since 2024. Kestrel Systems acquired Norden Capital.\n';

const ENDS = 'path?from=person:mara-voss&to=person:ruth-fielding';

describe('shoal graph', () => {
  const home = temporaryHome();
  afterAll(home.remove);
  const fileOf = (name: string, text: string): string => {
    const path = join(home.folder, name);
    writeFileSync(path, text);
    return path;
  };
  const graph = async (...args: readonly string[]): Promise<unknown> => {
    const { code, stdout, stderr } = await shoal(['graph', ...args, '--json', '--home', home.folder]);
    if (code !== 0) throw new Error(`${stdout}${stderr}`);
    return JSON.parse(stdout);
  };

  it('builds, adds, asks in both times, splits, renames a relation and takes it back', async () => {
    const [first, second] = [fileOf('first.md', FIRST), fileOf('second.md', SECOND)];
    await graph('build', first, '--name', 'acme');
    const grown = (await graph('add', 'acme', second)) as GraphSnapshot;
    const whole = (await graph('build', first, second, '--name', 'whole')) as GraphSnapshot;
    expect(grown.hash).toBe(whole.hash);

    const leaders = async (...at: readonly string[]): Promise<readonly string[]> =>
      ((await graph('facts', 'acme', 'Acme Corp', ...at)) as GraphSnapshot['relations'])
        .filter(({ predicate }) => predicate === 'lead')
        .map(({ subject }) => subject);
    expect(await leaders('--as-of', '2025')).toEqual(['person:ruth-fielding']);
    expect(await leaders('--as-of', '2025', '--known', '1')).toEqual(['person:mara-voss']);

    const merges = (await graph('merges', 'acme')) as GraphSnapshot['merges'];
    expect(merges).toMatchObject([{ name: 'Voss', into: 'Mara Voss', reason: 'name-part' }]);
    await graph('split', 'acme', 'person:mara-voss', 'Voss');
    await graph('ontology', 'acme', 'map-relation', 'oppose', 'object to');
    const edited = (await graph('show', 'acme')) as GraphSnapshot;
    expect(edited.edits).toEqual([
      { kind: 'split', from: 'Mara Voss', name: 'Voss' },
      { kind: 'relation-map', from: 'oppose', to: 'object to' },
    ]);
    expect(edited.merges).toEqual([]);
    expect(edited.ontology.relationTypes.map(({ predicate }) => predicate)).toContain('object to');
    // A build of the same name keeps what the person decided.
    expect(((await graph('build', first, second, '--name', 'acme')) as GraphSnapshot).hash).toBe(edited.hash);

    expect(await graph('path', 'acme', 'Ruth Fielding', 'Norden Capital')).toEqual(null);
    expect(await graph('path', 'acme', 'Ruth Fielding', 'Mara Voss')).toMatchObject([
      { subject: 'person:ruth-fielding' },
      { subject: 'person:mara-voss' },
    ]);
    await graph('undo', 'acme', '2');
    expect(await graph('undo', 'acme', '1')).toMatchObject({ hash: whole.hash, edits: [] });
  }, 240_000);

  const failed = async (...args: readonly string[]) => {
    const { code, stdout } = await shoal(['graph', ...args, '--json', '--home', home.folder]);
    return { exit: code, ...(JSON.parse(stdout) as { error: { code: string; message: string; hint: string } }).error };
  };

  it('says what is wrong with an edit, and what to do', async () => {
    await graph('build', fileOf('only.md', FIRST), '--name', 'only');
    expect(await failed('merge', 'only', 'Mara Voss', 'Nobody')).toMatchObject({
      exit: 2,
      code: 'not_found',
      message: 'Nothing in the graph is called “Nobody”.',
    });
    expect(await failed('merge', 'only', 'Mara Voss', 'Voss')).toMatchObject({ code: 'conflict' });
    expect(await failed('ontology', 'only', 'paint')).toMatchObject({ code: 'invalid_input' });
    expect(await failed('undo', 'only', '3')).toMatchObject({ code: 'not_found' });
    expect(await failed('facts', 'only', '--as-of', 'soon')).toMatchObject({ code: 'invalid_input' });
  }, 60_000);
});

describe('/api/v1/graphs', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer();
    await server.system.graphs.build('acme', [{ name: 'first.md', bytes: new TextEncoder().encode(FIRST) }]);
  }, 60_000);
  afterAll(() => server.close());
  const get = async (path: string): Promise<Record<string, unknown>> =>
    (await server.call(`/api/v1/graphs/acme/${path}`)).json as Record<string, unknown>;

  const led = async (query: string): Promise<unknown> =>
    ((await get(`facts?entity=organisation:acme-corp&${query}`))['facts'] as { predicate: string; subject: string }[])
      .filter(({ predicate }) => predicate === 'lead')
      .map(({ subject }) => subject);

  it('lists graphs, and pages facts and merges', async () => {
    expect((await server.call('/api/v1/graphs')).json).toMatchObject([{ name: 'acme', documents: 1 }]);
    const page = await get('facts?limit=1');
    expect(page).toMatchObject({ total: 2, next: 1 });
    expect(await get('facts?limit=1&after=1')).not.toHaveProperty('next');
    expect(await get('merges')).toMatchObject({ merges: [{ name: 'Voss', excerpts: [{ text: 'Voss' }] }] });
    expect(await get('ontology')).toMatchObject({
      relationTypes: expect.arrayContaining([
        expect.objectContaining({ predicate: 'lead', cardinality: 'one-subject' }),
      ]) as unknown,
    });
  });

  it('adds an uploaded document and answers as of both times', async () => {
    const sha256 = server.system.blobs.put(new TextEncoder().encode(SECOND));
    const grown = await server.call('/api/v1/graphs/acme/documents', { uploads: [{ sha256, name: 'second.md' }] });
    expect(grown).toMatchObject({ status: 200, json: { documents: 2, known: [] } });
    const again = await server.call('/api/v1/graphs/acme/documents', { uploads: [{ sha256, name: 'second.md' }] });
    expect(again.json).toMatchObject({ documents: 2, known: ['second.md'] });
    expect(await led('asOf=2021')).toEqual(['person:mara-voss']);
    expect(await led('asOf=2025')).toEqual(['person:ruth-fielding']);
    expect(await led('asOf=2025&known=1')).toEqual(['person:mara-voss']);
    expect((await server.call('/api/v1/graphs/acme/facts?asOf=soon')).status).toBe(400);
  });

  it('takes edits one after the other, and takes them back', async () => {
    const before = await get('edits');
    const edits = [
      { kind: 'split', from: 'Mara Voss', name: 'Voss' },
      { kind: 'type-map', from: { type: 'organisation' }, to: { type: 'institution' } },
    ];
    const answers = await Promise.all(edits.map((edit) => server.call('/api/v1/graphs/acme/edits', edit)));
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect(await get('edits')).toMatchObject({ edits });
    expect((await server.call('/api/v1/graphs/acme/edits', { kind: 'merge', into: 'Mara Voss', name: 'Nobody' })).status).toBe(
      404,
    );
    for (const place of [2, 1]) await fetch(`${server.url}/api/v1/graphs/acme/edits/${place}`, { method: 'DELETE' });
    expect(await get('edits')).toEqual(before);
  });

  it('builds one of uploads under a free name, and says what could not be read', async () => {
    const [good, bad] = [FIRST, '%PDF-1.7 and no more'].map((text) => server.system.blobs.put(new TextEncoder().encode(text)));
    const body = {
      name: 'made',
      uploads: [
        { sha256: good, name: 'first.md' },
        { sha256: bad, name: 'broken.pdf' },
      ],
    };
    const made = await server.call('/api/v1/graphs', body);
    expect(made).toMatchObject({ status: 201, json: { name: 'made', documents: 1, rejected: [{ name: 'broken.pdf' }] } });
    expect(await server.call('/api/v1/graphs', body)).toMatchObject({ status: 409, json: { code: 'conflict' } });
    expect((await server.call('/api/v1/graphs', { name: ' ', uploads: body.uploads })).status).toBe(400);
  });

  it('tells how far a build is, stays free meanwhile, and cancels it', async () => {
    const large = Array.from(
      { length: 2500 },
      (_, at) => `Ann Miller${at} has led Corp${at % 90} Bank since ${1950 + (at % 70)}. `,
    );
    const sha256 = server.system.blobs.put(new TextEncoder().encode(large.join('')));
    const making = (name: string) => server.call('/api/v1/graphs', { name, uploads: [{ sha256, name: 'large.txt' }] });
    const builds = async () => GraphBuildView.array().parse((await server.call('/api/v1/graph-builds')).json);
    const ended = (name: string) => fetch(`${server.url}/api/v1/graph-builds/${name}`, { method: 'DELETE' });

    const stopped = making('stopped');
    await expect.poll(builds, { timeout: 60_000 }).toMatchObject([{ name: 'stopped', step: 'extracting' }]);
    expect((await ended('stopped')).status).toBe(200);
    expect(await stopped).toMatchObject({ status: 499, json: { code: 'cancelled' } });
    expect(await builds()).toEqual([]);
    expect((await ended('stopped')).status).toBe(404);

    const seen = new Set<number>();
    const made = making('large');
    for (let isMade = false; !isMade; isMade = await Promise.race([made.then(() => true), setTimeout(20, false)]))
      for (const { percent } of await builds()) seen.add(percent);
    expect(await made).toMatchObject({ status: 201, json: { name: 'large', documents: 1 } });
    // The rules work in another thread: the server answers while they do.
    expect(seen.size).toBeGreaterThan(2);
    const alone = await server.system.graphs.build('alone', [{ name: 'large.txt', bytes: server.system.blobs.get(sha256) }]);
    expect((await made).json).toMatchObject({ hash: alone.hash });
  }, 240_000);

  it('gives the map, entities as of a date, a search by mode, and the merges of one entity', async () => {
    const view = GraphView.parse((await server.call('/api/v1/graphs/acme')).json);
    expect(view.dates).toEqual(['2019', '2024']);
    expect(view.nodes.map(({ name }) => name)).toContain('Mara Voss');
    const acme = async (query: string): Promise<EntityView> =>
      EntityView.parse(await get(`entities/organisation:acme-corp?${query}`));
    expect((await acme('asOf=2020')).relations).toMatchObject([{ subject: 'person:mara-voss', verified: true }]);
    expect((await acme('asOf=2025&known=1')).relations).toMatchObject([{ subject: 'person:mara-voss' }]);
    expect(await get('search?q=Acme&mode=global')).toMatchObject({ hits: [{ kind: 'community' }] });
    expect(await get('merges?entity=person:mara-voss')).toMatchObject({ total: 1, merges: [{ name: 'Voss' }] });
    expect(await get('merges?entity=organisation:acme-corp')).toMatchObject({ total: 0 });
    expect((await server.call('/api/v1/graphs/acme/entities/person:nobody')).status).toBe(404);
  });

  it('gives the shortest chain of facts, by date, with their words', async () => {
    expect(await get(ENDS)).toMatchObject({
      found: true,
      facts: [
        { subjectName: 'Mara Voss', objectName: 'Acme Corp', excerpt: { text: expect.stringContaining('led') as unknown } },
        { subjectName: 'Ruth Fielding', objectName: 'Acme Corp' },
      ],
    });
    expect(await get(`${ENDS}&asOf=2020`)).toMatchObject({ found: false, facts: [] });
    expect((await server.call('/api/v1/graphs/acme/path?from=person:mara-voss&to=person:nobody')).status).toBe(404);
    expect((await server.call('/api/v1/graphs/acme/path?from=person:mara-voss')).status).toBe(400);
  });

  it('shows a document around a place, to the character', async () => {
    const view = DocumentTextView.parse(await get('documents/d1?at=10'));
    expect(view).toMatchObject({ start: 0, end: view.document.characters, document: { name: 'first.md' } });
    expect(view.blocks.map(({ start, end }) => view.text.slice(start, end))).toContain('Notes');
    expect((await server.call('/api/v1/graphs/acme/documents/d9')).status).toBe(404);
    const long = new TextEncoder().encode(
      Array.from({ length: 3000 }, (_, index) => `Line ${index} of the long report says little.`).join('\n\n'),
    );
    await server.system.graphs.build('long', [{ name: 'long.txt', bytes: long }]);
    const middle = DocumentTextView.parse((await server.call('/api/v1/graphs/long/documents/d1?at=60000')).json);
    expect(middle.start).toBeGreaterThan(0);
    expect(middle.start).toBeLessThan(60_000);
    expect(middle.end).toBeLessThan(middle.document.characters);
    expect(middle.text).toHaveLength(middle.end - middle.start);
    expect(middle.text).toMatch(/^Line \d+ of/);
  });
});
