import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shoal, temporaryHome } from './helpers.ts';

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
});

describe('files instead of a scenario', () => {
  it('runs on what can be read and names what cannot', async () => {
    const folder = join(home.folder, 'files');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'news.txt'),
      'The Norholm Council will end the ferry in May, Mayor Ada Lind said. "It costs too much," said Lind. The Shopkeepers Union opposes it.',
    );
    writeFileSync(join(folder, 'broken.pdf'), '%PDF-1.7 not really');
    const result = await shoal([
      'run',
      join(folder, 'news.txt'),
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
  });
});

describe('bad input', () => {
  it.each([
    [['run', 'no-such-scenario'], 2, 'no-such-scenario'],
    [['run', 'quickstart', '--agents', 'many'], 2, '--agents'],
    [['run', 'nothere.pdf', '--question', 'Will it?'], 2, 'nothere.pdf'],
    [['resume', 'none'], 2, 'none'],
    [['replay', 'none'], 2, 'none'],
    [['runn'], 2, 'run'],
    [['serve', '--host', '0.0.0.0'], 2, '0.0.0.0'],
    [['survey', 'none', 'What?', '--options', 'a,b'], 2, 'none'],
  ])('%j ends with %i and says “%s”', async (args, code, words) => {
    const result = await shoal([...args, '--home', home.folder]);
    expect(result.code, result.stderr).toBe(code);
    expect(result.stderr).toContain(words);
  });
});
