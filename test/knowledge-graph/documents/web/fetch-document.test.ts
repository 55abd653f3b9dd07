// Against a real server on this machine, which the network that is handed in calls public.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { isPublicAddress } from '../../../../knowledge-graph/documents/web/public-address.ts';
import type { Network } from '../../../../knowledge-graph/documents/web/checked-addresses.ts';
import { fetchDocument } from '../../../../knowledge-graph/documents/web/fetch-document.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

interface Upstream {
  readonly port: number;
  readonly requests: IncomingMessage[];
}

async function upstream(answer: Answer): Promise<Upstream> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, requests };
}

/** Names of the test's own; this machine stands for a public host. */
const network = (names: Readonly<Record<string, readonly string[]>>): Network => ({
  resolve: (host) => Promise.resolve(names[host] ?? []),
  allows: (address) => address === '127.0.0.1' || isPublicAddress(address),
});
const NEWS = network({ 'news.example': ['127.0.0.1'], 'inside.example': ['192.168.0.7'] });

const page: Answer = (_, response) =>
  response.setHeader('content-type', 'text/html; charset=utf-8').end('<p>The quay is open.</p>');

describe('fetching a document', () => {
  it('gives its bytes under host and path, without the query, and sends nothing of ours', async () => {
    const { port, requests } = await upstream(page);
    const file = await fetchDocument(`http://news.example:${port}/a/story.html?token=secret#part`, { network: NEWS });
    expect({ ...file, bytes: Buffer.from(file.bytes).toString() }).toEqual({
      name: `news.example:${port}/a/story.html`,
      bytes: '<p>The quay is open.</p>',
    });
    const [request] = requests;
    expect(request?.url).toBe('/a/story.html?token=secret');
    expect(Object.keys(request?.headers ?? {}).toSorted()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(request?.headers.host).toBe(`news.example:${port}`);
  });

  it('connects to the address that was checked, though the name means another one a moment later', async () => {
    const { port, requests } = await upstream(page);
    const answers = [['127.0.0.1'], ['10.0.0.1']];
    const resolve = vi.fn(() => Promise.resolve(answers.shift() ?? []));
    await fetchDocument(`http://rebind.example:${port}/`, { network: { ...NEWS, resolve } });
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(requests).toHaveLength(1);
  });

  it('refuses a host on this machine where nothing else is said', async () => {
    const { port, requests } = await upstream(page);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433']) {
      await expect(fetchDocument(`http://${host}:${port}/`)).rejects.toMatchObject({ code: 'forbidden' });
    }
    expect(requests).toEqual([]);
  });

  it('takes no proxy from the environment', async () => {
    const proxy = await upstream((_, response) => response.end('from the proxy'));
    const { port } = await upstream(page);
    for (const name of ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY']) {
      vi.stubEnv(name, `http://127.0.0.1:${proxy.port}`);
    }
    onTestFinished(() => void vi.unstubAllEnvs());
    await fetchDocument(`http://news.example:${port}/`, { network: NEWS });
    expect(proxy.requests).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308])('follows a redirect (%i) to a public host', async (status) => {
    const { port, requests } = await upstream((request, response) => {
      if (request.url === '/new.html') page(request, response);
      else response.writeHead(status, { location: '/new.html' }).end();
    });
    const { name } = await fetchDocument(`http://news.example:${port}/old`, { network: NEWS });
    expect(name).toBe(`news.example:${port}/new.html`);
    expect(requests.map(({ url }) => url)).toEqual(['/old', '/new.html']);
  });

  it.each([
    ['http://inside.example/admin', 'forbidden'],
    ['http://169.254.169.254/latest/meta-data/', 'forbidden'],
    ['http://[::ffff:10.0.0.1]/', 'forbidden'],
    ['//inside.example/', 'forbidden'],
    ['file:///etc/passwd', 'invalid_input'],
    ['http://user:secret@news.example/', 'invalid_input'],
    ['http://news.example:6/', 'invalid_input'],
  ])('does not follow a redirect to %s', async (location, code) => {
    const { port, requests } = await upstream((_, response) => response.writeHead(302, { location }).end());
    await expect(fetchDocument(`http://news.example:${port}/`, { network: NEWS })).rejects.toMatchObject({ code });
    expect(requests).toHaveLength(1);
  });

  it('gives up on redirects without end', async () => {
    const { port, requests } = await upstream((_, response) => response.writeHead(302, { location: '/again' }).end());
    await expect(fetchDocument(`http://news.example:${port}/`, { network: NEWS })).rejects.toThrow(/more than 5 times/);
    expect(requests).toHaveLength(6);
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ])('unpacks %s and counts what it unpacks to', async (encoding, pack) => {
    const { port } = await upstream((request, response) => {
      const body = request.url === '/bomb' ? Buffer.alloc(4_000_000) : Buffer.from('The quay is open.');
      response.writeHead(200, { 'content-type': 'text/plain', 'content-encoding': encoding }).end(pack(body));
    });
    const from = (path: string) => fetchDocument(`http://news.example:${port}${path}`, { network: NEWS, maxBytes: 1_000_000 });
    expect(Buffer.from((await from('/small')).bytes).toString()).toBe('The quay is open.');
    await expect(from('/bomb')).rejects.toMatchObject({ code: 'document_too_large' });
  });

  it('is refused when it is too large, whether the server says so or only sends on', async () => {
    const { port } = await upstream((request, response) => {
      response.setHeader('content-type', 'text/plain');
      if (request.url === '/said') response.setHeader('content-length', 5000).end(Buffer.alloc(5000));
      else {
        response.on('error', () => undefined);
        const more = (): void => void (response.destroyed || (response.write(Buffer.alloc(1000)), setImmediate(more)));
        more();
      }
    });
    for (const path of ['/said', '/unsaid']) {
      const fetching = fetchDocument(`http://news.example:${port}${path}`, { network: NEWS, maxBytes: 4000 });
      await expect(fetching).rejects.toMatchObject({ code: 'document_too_large' });
    }
  });

  it.each<[string, Answer, RegExp]>([
    ['a picture', (_, response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x'), /sends image\/png/],
    ['a film', (_, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end('x'), /sends video\/mp4/],
    ['not found', (_, response) => response.writeHead(404).end(), /answers 404/],
    ['a redirect to nowhere', (_, response) => response.writeHead(302).end(), /answers 302/],
    [
      'an unknown packing',
      (_, response) => response.writeHead(200, { 'content-encoding': 'zstd' }).end('x'),
      /packs the document/,
    ],
    ['broken packing', (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'), /broke off/],
    [
      'half an answer',
      (_, response) =>
        void (response.writeHead(200, { 'content-length': 100 }), response.write('x'), setTimeout(() => response.destroy(), 20)),
      /broke off/,
    ],
    ['nothing', (_, response) => response.destroy(), /could not be reached or broke off/],
  ])('says what is wrong with %s', async (_, answer, reason) => {
    const { port } = await upstream(answer);
    const fetching = fetchDocument(`http://news.example:${port}/`, { network: NEWS });
    await expect(fetching).rejects.toMatchObject({ code: 'document_unreadable', message: expect.stringMatching(reason) });
  });

  it('says so when the name is not known or nobody answers there', async () => {
    await expect(fetchDocument('http://nowhere.example/', { network: NEWS })).rejects.toThrow(/no host named nowhere\.example/);
  });

  it('ends at its time limit, be it the name or the server that takes so long', async () => {
    const { port } = await upstream(
      (_, response) => void response.writeHead(200, { 'content-type': 'text/plain' }).write('slow'),
    );
    const slow = fetchDocument(`http://news.example:${port}/`, { network: NEWS, timeoutMs: 150 });
    await expect(slow).rejects.toThrow(/within 0\.15 s/);
    const hanging: Network = { ...NEWS, resolve: () => Promise.withResolvers<readonly string[]>().promise };
    await expect(fetchDocument('http://news.example/', { network: hanging, timeoutMs: 150 })).rejects.toThrow(/within 0\.15 s/);
  });

  it('ends when it is cancelled', async () => {
    const { port } = await upstream(() => undefined);
    const controller = new AbortController();
    const fetching = fetchDocument(`http://news.example:${port}/`, { network: NEWS, signal: controller.signal });
    setTimeout(() => controller.abort(), 50);
    await expect(fetching).rejects.toMatchObject({ code: 'cancelled' });
  });
});
