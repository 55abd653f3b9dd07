// Graphs whose passages a provider has embedded: over HTTP and by command, with what they cost and what goes wrong.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meaningOf } from '../fixtures/meaning.ts';
import { startOpenAiServer, type OpenAiServer } from '../fixtures/openai-server.ts';
import { shoal, startServer, temporaryHome, type RunningServer } from './helpers.ts';

const KEY = 'sk-test-key';
const MODEL = 'openai/text-embedding-3-small';
const NOTES = [
  'The ferry to the islands will be dearer from May.',
  'Every physician of the county clinic took part in a walkout over lengthy shifts.',
  'Pupils of the harbour school had no lessons on Monday.',
];
const ANSWER = NOTES[1];
const MORE = 'The old bakery sells its last loaf this week, the owner said.';
const PARAPHRASE = 'Why have doctors, each doctor on long hours, stopped work?';

let provider: OpenAiServer;
beforeAll(async () => {
  provider = await startOpenAiServer({ apiKey: KEY, embed: meaningOf });
});
afterAll(() => provider.close());

const inputsFrom = (from: number): readonly unknown[] => provider.seen.slice(from).flatMap(({ body }) => body['input']);

describe('/api/v1/graphs with vectors', () => {
  let server: RunningServer;
  beforeAll(async () => {
    server = await startServer({ OPENAI_API_KEY: KEY, OPENAI_BASE_URL: provider.baseUrl, ANTHROPIC_API_KEY: KEY });
  });
  afterAll(() => server.close());

  const uploadsOf = (...texts: readonly string[]) =>
    texts.map((text, at) => ({
      sha256: server.system.blobs.put(new TextEncoder().encode(text)),
      name: `${text.slice(4, 12)}${at}.txt`,
    }));
  const make = (name: string, embeddingModel: string) =>
    server.call('/api/v1/graphs', { name, uploads: uploadsOf(...NOTES), vectors: true, embeddingModel });
  const found = async (name: string, more = ''): Promise<readonly string[]> => {
    const { status, json } = await server.call(`/api/v1/graphs/${name}/search?q=${encodeURIComponent(PARAPHRASE)}${more}`);
    expect(status, JSON.stringify(json)).toBe(200);
    return (json as { hits: { kind: string; text: string }[] }).hits
      .filter(({ kind }) => kind === 'passage')
      .map(({ text }) => text);
  };
  const names = async (): Promise<readonly string[]> =>
    ((await server.call('/api/v1/graphs')).json as { name: string }[]).map(({ name }) => name);

  it('finds what words alone miss, says what the vectors took, and embeds only what is new', async () => {
    const made = await make('clinic', MODEL);
    expect(made, JSON.stringify(made.json)).toMatchObject({
      status: 201,
      json: { vectors: { embeddingModel: MODEL, embedded: 3, kept: 0 } },
    });
    const { inputTokens, costUsd } = (made.json as { vectors: { inputTokens: number; costUsd: number } }).vectors;
    expect(inputTokens).toBeGreaterThan(20);
    expect(costUsd).toBeCloseTo(inputTokens * 20e-9, 12);
    expect((await server.call('/api/v1/graphs')).json).toMatchObject([{ name: 'clinic', embeddingModel: MODEL }]);

    expect((await found('clinic'))[0]).toBe(ANSWER);
    expect(await found('clinic', '&vectors=false')).not.toContain(ANSWER);

    const before = provider.seen.length;
    expect(await server.call('/api/v1/graphs/clinic/documents', { uploads: uploadsOf(MORE) })).toMatchObject({ status: 200 });
    expect(inputsFrom(before)).toEqual([MORE]);
    await server.call('/api/v1/graphs/clinic/edits', { kind: 'type-map', from: { type: 'place' }, to: { type: 'institution' } });
    expect(inputsFrom(before)).toEqual([MORE]);
    expect((await found('clinic'))[0]).toBe(ANSWER);
  }, 60_000);

  it('asks nobody where none are wanted', async () => {
    const before = provider.seen.length;
    const made = await server.call('/api/v1/graphs', { name: 'plain', uploads: uploadsOf(...NOTES) });
    expect(made.json).not.toHaveProperty('vectors');
    expect(await found('plain')).not.toContain(ANSWER);
    expect(provider.seen.length).toBe(before);
  }, 60_000);

  it('stores nothing where the provider has no embeddings, and says what to do', async () => {
    const { status, json } = await make('without', 'anthropic/claude-haiku-4-5');
    expect(status).toBe(400);
    expect(json).toMatchObject({
      code: 'invalid_input',
      hint: expect.stringMatching(/openai\/text-embedding-3-small.*without vectors/) as unknown,
    });
    expect(await names()).not.toContain('without');
  }, 60_000);

  it('is cancelled while vectors are waited for, and stores nothing', async () => {
    provider.script({ kind: 'silence' });
    const before = provider.seen.length;
    const making = make('stopped', 'openai/text-embedding-3-large');
    await expect.poll(() => provider.seen.length, { timeout: 20_000 }).toBe(before + 1);
    expect((await server.call('/api/v1/graph-builds')).json).toMatchObject([{ name: 'stopped', step: 'embedding' }]);
    await fetch(`${server.url}/api/v1/graph-builds/stopped`, { method: 'DELETE' });
    expect(await making).toMatchObject({ status: 499, json: { code: 'cancelled' } });
    expect(await names()).not.toContain('stopped');
  }, 60_000);

  it('tells how to search on when the provider fails at a query', async () => {
    provider.script({ kind: 'error', status: 400, message: 'no such model' });
    const { status, json } = await server.call(`/api/v1/graphs/clinic/search?q=doctor`);
    expect(status).toBe(502);
    expect(json).toMatchObject({ code: 'model_rejected', hint: expect.stringContaining('vectors=false') as unknown });
  }, 60_000);
});

describe('shoal graph build --vectors', () => {
  const home = temporaryHome();
  afterAll(home.remove);
  const graph = (...args: readonly string[]) =>
    shoal(['graph', ...args, '--json', '--home', home.folder], {
      environment: { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: provider.baseUrl },
    });

  it('builds, reports and searches', async () => {
    const files = NOTES.map((text, at) => {
      const path = join(home.folder, `note-${at}.txt`);
      writeFileSync(path, text);
      return path;
    });
    const built = await graph('build', ...files, '--name', 'clinic', '--vectors', '--embedding-model', MODEL);
    expect(built.code, built.stderr).toBe(0);
    expect(built.stderr).toMatch(/vectors: 3 passages; \d+ tokens, \$0\.0000\d+ \(openai\/text-embedding-3-small\)/);
    const found = async (...more: readonly string[]): Promise<readonly string[]> => {
      const { code, stdout, stderr } = await graph('search', 'clinic', PARAPHRASE, ...more);
      expect(code, stderr).toBe(0);
      return (JSON.parse(stdout) as { kind: string; text: string }[])
        .filter(({ kind }) => kind === 'passage')
        .map(({ text }) => text);
    };
    expect((await found())[0]).toBe(ANSWER);
    expect(await found('--no-vectors')).not.toContain(ANSWER);

    const mistaken = await graph('build', ...files, '--name', 'other', '--embedding-model', MODEL);
    expect(mistaken).toMatchObject({ code: 2 });
    expect(mistaken.stdout).toContain('without --vectors');
  }, 120_000);
});
