// What a careless or hostile client may send: every answer is a problem document with advice, and the server lives on.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, RunView, UploadAnswer } from '#api/contract';
import { startServer, type RunningServer } from './helpers.ts';

const SMALL = { agents: 40, rounds: 4, ensemble: 1, threads: 0 };
const JSON_BODY = { 'content-type': 'application/json' };

let server: RunningServer;
let id: string;

beforeAll(async () => {
  server = await startServer();
  const { json } = await server.call('/api/v1/runs', {
    scenario: 'quickstart',
    ...SMALL,
    question: 'Will the ferry stop in May?',
  });
  id = (await server.rested(RunView.parse(json).id)).id;
}, 30_000);
afterAll(() => server.close());

async function refused(path: string, init: RequestInit): Promise<Problem> {
  const response = await fetch(`${server.url}${path}`, init);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const problem = Problem.parse(await response.json());
  expect(problem.status).toBe(response.status);
  expect(problem.hint).toBeTruthy();
  expect(JSON.stringify(problem)).not.toMatch(/\bat \S+ \(|node_modules|file:\/\//);
  expect((await server.call('/healthz')).status).toBe(200);
  return problem;
}

const multipart = (body: string): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'multipart/form-data; boundary=abc' },
  body,
});
const post = (body: string): RequestInit => ({ method: 'POST', headers: JSON_BODY, body });

describe('is refused in plain words', () => {
  it.each<[string, string, RequestInit, number, string]>([
    ['a body that is no JSON', '/api/v1/runs', post('{bad'), 400, 'JSON'],
    ['a body of another kind', '/api/v1/runs', { ...post('<a/>'), headers: { 'content-type': 'application/xml' } }, 400, 'kind'],
    ['a body over the limit', '/api/v1/runs', post(JSON.stringify({ scenario: 'x'.repeat(3_000_000) })), 413, 'The body is over'],
    ['an address that cannot be decoded', '/api/v1/runs/%ff', {}, 400, '%ff'],
    [
      'a multipart body without its end',
      '/api/v1/uploads',
      multipart('--abc\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello'),
      400,
      'not whole',
    ],
    ['a multipart body that is none', '/api/v1/uploads', multipart('garbage'), 400, 'not whole'],
    [
      'a multipart body without boundary',
      '/api/v1/uploads',
      { ...multipart('x'), headers: { 'content-type': 'multipart/form-data' } },
      400,
      'oundary',
    ],
    ['an upload of nothing', '/api/v1/uploads', multipart('--abc--\r\n'), 422, 'no file'],
  ])('%s', async (_name, path, init, status, words) => {
    const problem = await refused(path, init);
    expect(problem.status).toBe(status);
    expect(problem.detail).toContain(words);
  });

  it('a survey by a field that only every object has', async () => {
    const body = JSON.stringify({ question: 'Do you agree?', options: ['yes', 'no'], where: { constructor: 'x' } });
    expect((await refused(`/api/v1/runs/${id}/survey`, post(body))).code).toBe('invalid_input');
  });

  it('a message of nothing but spaces', async () => {
    const problem = await refused(`/api/v1/runs/${id}/agents/0/chat`, post(JSON.stringify({ message: '   ' })));
    expect(problem.code).toBe('invalid_input');
  });

  it('more files than a run takes', async () => {
    const form = new FormData();
    for (let index = 0; index < 201; index++) form.append('files', new Blob(['']), `${index}.txt`);
    const problem = await refused('/api/v1/uploads', { method: 'POST', body: form });
    expect(problem.detail).toContain('200 files');
  });
});

it('asks the question of the request of a bundled scenario', async () => {
  expect(server.system.runs.view(id).question).toBe('Will the ferry stop in May?');
});

it('reads two hundred files at once, whatever their names', async () => {
  const form = new FormData();
  const names = ['议会 Fähre.txt', 'same.txt', 'same.txt', '../../etc/passwd.txt', ''];
  for (let index = 0; index < 200; index++)
    form.append('files', new Blob([`The Norholm Council will end ferry ${index % 190} in May.`]), names[index] ?? `${index}.txt`);
  const response = await fetch(`${server.url}/api/v1/uploads`, { method: 'POST', body: form });
  const { files } = UploadAnswer.parse(await response.json());
  expect(files).toHaveLength(200);
  expect(files.filter((file) => file.sha256 === undefined)).toEqual([]);
  expect(files.slice(0, 5).map((file) => file.name)).toEqual(['议会 Fähre.txt', 'same.txt', 'same.txt', 'passwd.txt', 'unnamed']);
  expect(files[190]?.sha256).toBe(files[0]?.sha256);
}, 20_000);

it('serves none of its own marks beside the page', async () => {
  expect((await server.call('/.sources')).status).toBe(404);
});

const firstEvents = async (headers: Record<string, string>): Promise<string> => {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/api/v1/runs/${id}/stream`, { headers, signal: abort.signal });
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += Buffer.from(chunk).toString();
    if (text.includes('data:')) break;
  }
  abort.abort();
  return text;
};

describe('live events', () => {
  it.each(['1', '99999999999999', '-5', 'garbage', '1e400', ''])(
    'begin with the run for a reader who last saw “%s”',
    async (seen) => {
      expect(await firstEvents({ 'last-event-id': seen })).toContain('event: run\n');
    },
  );

  it('outlive a hundred readers who leave in the middle', async () => {
    await Promise.all(Array.from({ length: 100 }, () => firstEvents({})));
    expect((await server.call(`/api/v1/runs/${id}`)).status).toBe(200);
  });
});
