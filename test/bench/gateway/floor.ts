// The floor of the benchmark: the least that a proxy on Node can do. Bare node:http in, undici dispatch out, no key, no
// budget, no log. Run as its own process: node floor.ts <port> <upstream-port>
import { createServer } from 'node:http';
import { Pool } from 'undici';

const [port = 0, upstream = 0] = process.argv.slice(2).map(Number);
const pool = new Pool(`http://127.0.0.1:${upstream}`, { connections: 512 });
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const controllers: { abort(reason: Error): void }[] = [];
    response.on('close', () => {
      if (!response.writableFinished) controllers[0]?.abort(new Error('the client left'));
    });
    pool.dispatch(
      {
        path: request.url ?? '/',
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: 'Bearer upstream' },
        body: chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks),
      },
      {
        onRequestStart: (controller) => void controllers.push(controller),
        onResponseStart: (_controller, status, headers) => {
          response.writeHead(status, headers as Record<string, string>);
        },
        onResponseData: (_controller, chunk) => void response.write(chunk),
        onResponseEnd: () => void response.end(),
        onResponseError: () => response.destroy(),
      },
    );
  });
});
server.keepAliveTimeout = 60_000;
server.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
