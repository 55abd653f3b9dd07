import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '#store';
import { buildText } from '../knowledge-graph/corpora.ts';
import { TWO_HOPS } from '../knowledge-graph/retrieval/two-hops.ts';
import { COMMAND, shoal, temporaryHome } from './helpers.ts';

const home = temporaryHome();
afterAll(home.remove);

const SMALL = ['--agents', '120', '--rounds', '16', '--ensemble', '2'];
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;

describe('shoal run', () => {
  let first: Record<string, unknown>;
  beforeAll(async () => {
    const { code, stdout, stderr } = await shoal([
      'run',
      'quickstart',
      ...SMALL,
      '--threads',
      '1',
      '--json',
      '--home',
      home.folder,
    ]);
    if (code !== 0) throw new Error(stderr);
    first = json(stdout);
  }, 60_000);

  it('prints one JSON document with the numbers of the contract', () => {
    expect(first).toMatchObject({ agents: 120, rounds: 16, costUsd: 0, costNanoUsd: 0 });
    for (const name of ['runId', 'digest', 'events', 'turns', 'elapsedMs', 'tokens', 'forecast', 'report'])
      expect(first).toHaveProperty(name);
    const files = first['report'] as Record<string, string>;
    for (const format of ['md', 'html', 'json']) expect(readFileSync(files[format] ?? '').byteLength).toBeGreaterThan(1000);
  });

  it('gives the same digest with two threads, and in a replay', async () => {
    const two = json((await shoal(['run', 'quickstart', ...SMALL, '--threads', '2', '--json', '--home', home.folder])).stdout);
    expect(two['digest']).toBe(first['digest']);
    const replay = await shoal(['replay', String(first['runId']), '--json', '--home', home.folder]);
    expect(replay.code, replay.stderr).toBe(0);
    expect(json(replay.stdout)).toMatchObject({ identical: true, replayed: first['digest'] });
  });

  it('another seed is another world', async () => {
    const other = json((await shoal(['run', 'quickstart', ...SMALL, '--seed', '7', '--json', '--home', home.folder])).stdout);
    expect(other['digest']).not.toBe(first['digest']);
  });

  it.each([
    ['SIGKILL', null, /./],
    ['SIGINT', 130, /npx shoal resume/],
  ] as const)(
    'a run ended by %s half-way is resumed to the same digest',
    async (signal, code, words) => {
      const broken = await shoal(['run', 'quickstart', ...SMALL, '--agents', '3000', '--home', home.folder], {
        killWhen: { said: /✓ population/, afterMs: 150, signal },
      });
      expect(broken.code).toBe(code);
      expect(broken.stderr).toMatch(words);
      const id = /run ([a-z0-9-]+):/.exec(broken.stderr)?.[1] ?? '';
      const resumed = await shoal(['resume', id, '--json', '--home', home.folder]);
      expect(resumed.code, resumed.stderr).toBe(0);
      const unbroken = await shoal(['run', 'quickstart', ...SMALL, '--agents', '3000', '--json', '--home', home.folder]);
      expect(json(resumed.stdout)['digest']).toBe(json(unbroken.stdout)['digest']);
    },
    90_000,
  );

  it('talks, asks, and moves house as one file', async () => {
    const id = String(first['runId']);
    const chat = await shoal(['chat', id, '0', 'What do you think?', '--json', '--home', home.folder]);
    expect(chat.code, chat.stderr).toBe(0);
    expect(chat.stdout.length).toBeGreaterThan(50);
    const survey = await shoal(['survey', id, 'Do you agree?', '--options', 'yes,no,unsure', '--json', '--home', home.folder]);
    expect(json(survey.stdout)['asked']).toBe(120);
    const file = join(home.folder, 'moved.sqlite');
    expect((await shoal(['export', id, '-o', file, '--home', home.folder])).code).toBe(0);
    const elsewhere = temporaryHome();
    try {
      const imported = await shoal(['import', file, '--json', '--home', elsewhere.folder]);
      expect(imported.code, imported.stderr).toBe(0);
      const replay = await shoal(['replay', id, '--json', '--home', elsewhere.folder]);
      expect(json(replay.stdout)).toMatchObject({ identical: true, replayed: first['digest'] });
    } finally {
      elsewhere.remove();
    }
  }, 60_000);

  it('takes in no file that would write outside the folder of runs, or that is another database', async () => {
    const file = join(home.folder, 'evil.sqlite');
    expect((await shoal(['export', String(first['runId']), '-o', file, '--home', home.folder])).code).toBe(0);
    const database = openDatabase(file, { room: 'test', migrations: [] });
    database.exec("UPDATE run SET manifest = json_set(manifest, '$.runId', '../../evil'), manifest_sha256 = NULL");
    database.close();
    const evil = await shoal(['import', file, '--json', '--home', home.folder]);
    expect(evil.code).toBe(1);
    expect(evil.stderr).toContain('../../evil');
    const other = await shoal(['import', join(home.folder, 'catalog.sqlite'), '--home', home.folder]);
    expect(other.code).toBe(1);
    expect(other.stderr).toContain('not a run file');
  }, 20_000);
});

describe('files instead of a scenario', () => {
  it('runs on what can be read and names what cannot', async () => {
    const folder = join(home.folder, 'files');
    mkdirSync(folder);
    // A small initial and a digit: the report names the file at the head of a sentence.
    const news =
      'The Norholm Council will end the ferry in May, Mayor Ada Lind said. "It costs too much," said Lind. The Shopkeepers Union opposes it.';
    for (const name of ['news.txt', 'news-2.txt']) writeFileSync(join(folder, name), news);
    writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7 not really');
    const result = await shoal([
      'run',
      join(folder, 'news-2.txt'),
      join(folder, 'broken.pdf'),
      '--question',
      'Will the council end the ferry?',
      ...SMALL,
      '--json',
      '--home',
      home.folder,
    ]);
    expect(result.code, result.stderr).toBe(0);
    const report = readFileSync((json(result.stdout)['report'] as { md: string }).md, 'utf8');
    expect(report).toContain('broken.pdf');
    expect(report).toMatch(/^.*News-2\.txt: /m);
  });

  it('scores the graph on labelled data and writes what it found', async () => {
    const data = join(home.folder, 'two-hops.json');
    const predictions = join(home.folder, 'found.json');
    writeFileSync(data, JSON.stringify(TWO_HOPS));
    const scored = await shoal(['graph', 'eval', 'retrieval', '--data', data, '--predictions', predictions, '--json']);
    expect(scored.code, scored.stderr).toBe(0);
    expect(json(scored.stdout)).toMatchObject({ task: 'retrieval', scores: { 'recall@2': 1 } });
    expect(json(readFileSync(predictions, 'utf8'))).toMatchObject({ name: 'two-hops' });
    expect(await shoal(['graph', 'eval', 'retrieval', '--data', join(home.folder, 'none.json')])).toMatchObject({ code: 2 });
  });

  it('builds, shows and searches a graph alone', async () => {
    const news = join(home.folder, 'files', 'news.txt');
    const out = join(home.folder, 'graph.json');
    const built = await shoal(['graph', 'build', news, '-o', out, '--json', '--home', home.folder]);
    expect(built.code, built.stderr).toBe(0);
    const graph = json(built.stdout);
    for (const name of ['documents', 'chunks', 'entities', 'mentions', 'relations', 'claims', 'communities'])
      expect(graph).toHaveProperty(name);
    const hash = String(graph['hash']).slice(0, 12);
    expect((await shoal(['graph', 'show', hash, '--home', home.folder])).stdout).toContain('Norholm');
    expect((await shoal(['graph', 'search', out, 'ferry', '--home', home.folder])).stdout).toContain('ferry');
    const wider = ['graph', 'search', out, 'ferry', '--mode', 'drift', '--as-of', '2026', '--json', '--home', home.folder];
    expect(JSON.parse((await shoal(wider)).stdout)).toContainEqual(expect.objectContaining({ kind: 'passage' }));
    const undated = await shoal(['graph', 'search', out, 'ferry', '--as-of', 'then', '--home', home.folder]);
    expect(undated).toMatchObject({ code: 2, stderr: expect.stringContaining('"then" is no date') });
  });
});

describe('a graph in the formats of other programs', () => {
  it('goes to a file, or to standard output', { timeout: 60_000 }, async () => {
    const out = join(home.folder, 'small-graph.json');
    const file = join(home.folder, 'graph.gexf');
    writeFileSync(out, JSON.stringify(await buildText('Mara Voss leads Acme Corp in Ferrow.')));
    expect((await shoal(['graph', 'export', out, '--format', 'gexf', '-o', file, '--home', home.folder])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/Mara Voss[^]*<\/gexf>\n$/);
    const facts = await shoal(['graph', 'export', out, '--format', 'csv-facts', '--home', home.folder]);
    expect(facts.stdout).toMatch(/^id,kind,subject[^]*Mara Voss,lead,Acme Corp/);
  });
});

describe('bad input', () => {
  const EMPTY = join(tmpdir(), `shoal-test-${process.pid}-empty.txt`);
  afterAll(() => rmSync(EMPTY, { force: true }));

  it.each([
    [['run', 'no-such-scenario'], 2, 'no-such-scenario'],
    [['run', 'quickstart', '--agents', 'many'], 2, '--agents'],
    [['run', 'nothere.pdf', '--question', 'Will it?'], 2, 'nothere.pdf'],
    [['graph', 'build', 'https://news.example/a.html'], 1, 'without leave'],
    [['run', 'https://news.example/a.html', '--question', 'Will it?'], 1, 'without leave'],
    [['run', 'https://news.example/a.html'], 1, 'without leave'],
    [['graph', 'build', 'http://127.0.0.1:4800/a.html', '--allow-url'], 1, 'private or reserved network'],
    [['graph', 'build', 'file:///etc/hostname', '--allow-url'], 2, 'not a web address'],
    [['resume', 'none'], 2, 'none'],
    [['replay', 'none'], 2, 'none'],
    [['runn'], 2, 'run'],
    [['serve', '--host', '0.0.0.0'], 2, '0.0.0.0'],
    [['survey', 'none', 'What?', '--options', 'yes,no'], 2, 'none'],
    [['survey', 'none', 'What?', '--options', 'yes'], 2, 'options'],
    [['chat', 'none', '0', '  '], 2, 'message'],
    [['estimate', EMPTY, '--question', 'Will it?'], 2, 'empty.txt'],
    [['run', EMPTY], 2, 'question'],
    [['run', EMPTY, '--question', 'Will it?'], 2, 'empty.txt'],
    [['run', 'quickstart', '--out', EMPTY], 1, 'exists already'],
    [['graph', 'show', EMPTY], 2, 'not a graph'],
    [['graph', 'export', EMPTY, '--format', 'gexf'], 2, 'not a graph'],
    [['import', EMPTY], 1, 'empty.txt'],
    [['serve', '--port', '99999'], 2, '65535'],
    [['serve', '--host', '127.0.0.300', '--port', '0'], 2, '127.0.0.300'],
    [['export', 'none', '-o', 'x'], 2, 'none'],
    [['report', 'none', '--format', 'pdf'], 2, 'pdf'],
    [[], 2, 'Usage'],
  ])('%j ends with %i and says “%s”', async (args, code, words) => {
    writeFileSync(EMPTY, '');
    const result = await shoal([...args, '--json', '--home', home.folder]);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stderr).toContain(words);
    expect(result.stderr).not.toMatch(/\n +at /);
    expect((json(result.stdout)['error'] as { hint: string }).hint).toBeTruthy();
  });

  it('of a reader who leaves is no fault', async () => {
    const child = spawn(process.execPath, [COMMAND, 'doctor', '--behaviour', '--home', home.folder]);
    child.stdout.destroy();
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    expect(words).toBe('');
    expect(code).toBe(0);
  });

  it('from files of a home that is damaged, or no folder: says which file, in words', async () => {
    const broken = temporaryHome();
    try {
      const bad = async (args: readonly string[], words: string): Promise<void> => {
        const result = await shoal([...args, '--json', '--home', broken.folder]);
        expect(result.code, result.stderr).toBeGreaterThan(0);
        expect(result.stderr).toContain(words);
        expect(result.stderr).not.toMatch(/\n +at /);
        expect(json(result.stdout)['error']).toBeTruthy();
      };
      writeFileSync(join(broken.folder, 'config.yaml'), 'gateway:\n  nonsense: 1\n');
      await bad(['runs'], 'config.yaml');
      rmSync(join(broken.folder, 'config.yaml'));
      mkdirSync(join(broken.folder, 'config.yaml'));
      await bad(['runs'], 'folder');
      rmSync(join(broken.folder, 'config.yaml'), { recursive: true });
      writeFileSync(
        join(broken.folder, 'catalog.sqlite'),
        'not a database, but long enough to be read as the head of one '.repeat(80),
      );
      await bad(['runs'], 'catalog.sqlite');
      rmSync(join(broken.folder, 'catalog.sqlite'));
      mkdirSync(join(broken.folder, 'catalog.sqlite'));
      await bad(['run', 'quickstart'], 'catalog.sqlite');
    } finally {
      broken.remove();
    }
  }, 20_000);
});
