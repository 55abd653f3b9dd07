// Documents by address and documents of many parts, over HTTP.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { Problem, UploadAnswer } from '#api/contract';
import { startServer, type RunningServer } from './helpers.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({}, 'documents:\n  allowUrls: true\n');
});
afterAll(() => server.close());

describe('documents by their address', () => {
  it('are not fetched where the configuration does not say so', async () => {
    const plain = await startServer();
    onTestFinished(() => plain.close());
    const { status, json } = await plain.call('/api/v1/uploads/urls', { urls: ['https://news.example/a.html'] });
    expect(status).toBe(403);
    expect(Problem.parse(json).hint).toContain('documents.allowUrls');
  });

  it('are never fetched from the machine that the server runs on', async () => {
    let asked = 0;
    const neighbour = createServer((_, response) => {
      asked += 1;
      response.end('The quay is open.');
    });
    await new Promise<void>((resolve) => neighbour.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void neighbour.close());
    const { port } = neighbour.address() as AddressInfo;
    const urls = [
      `http://127.0.0.1:${port}/`,
      `http://localhost:${port}/`,
      `http://[::ffff:127.0.0.1]:${port}/`,
      'file:///etc/passwd',
    ];
    const { status, json } = await server.call('/api/v1/uploads/urls', { urls });
    expect(status).toBe(200);
    const { files } = UploadAnswer.parse(json);
    expect(files.map(({ name, sha256 }) => ({ name, sha256 }))).toEqual(urls.map((name) => ({ name, sha256: undefined })));
    expect(files.map(({ refused }) => refused)).toEqual([
      ...Array.from({ length: 3 }, () => expect.stringMatching(/private or reserved network/)),
      expect.stringMatching(/not a web address/),
    ]);
    expect(asked).toBe(0);
  });

  it.each([
    [{}],
    [{ urls: [] }],
    [{ urls: 'https://news.example/' }],
    [{ urls: Array.from({ length: 21 }, () => 'https://a.example') }],
  ])('are given as a list: %j is refused', async (body) =>
    expect((await server.call('/api/v1/uploads/urls', body)).status).toBe(400),
  );
});

it('an archive is one upload of several documents, which says which of its parts were not read', async () => {
  const bytes = zipSync({
    'a.txt': encode('The quay is open.'),
    'c.jsonl': encode('{"title":"A","text":"One quay."}\n{"title":"B","text":"Two quays."}\n{"title"\n'),
    'empty.md': new Uint8Array(),
  });
  const form = new FormData();
  form.append('files', new Blob([bytes]), 'all.zip');
  const response = await fetch(`${server.url}/api/v1/uploads`, { method: 'POST', body: form });
  const [file] = UploadAnswer.parse(await response.json()).files;
  expect(file).toMatchObject({ name: 'all.zip', documents: 3, language: 'en' });
  expect(file?.refused).toBeUndefined();
  expect(file?.problems).toEqual([
    expect.stringMatching(/^c\.jsonl › line 3: It is not valid JSON/),
    expect.stringMatching(/^empty\.md: It is empty/),
  ]);
});
