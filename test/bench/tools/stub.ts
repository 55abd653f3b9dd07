// The tool server of the benchmark: the least that answers, in revision 2026-07-28. Run as its own process:
// node stub.ts <port>
import { createServer } from 'node:http';

const port = Number(process.argv[2] ?? 0);
const SCHEMA = { type: 'object', properties: { query: { type: 'string' }, limit: { type: 'integer' } }, required: ['query'] };
const RESULTS: Readonly<Record<string, object>> = {
  'server/discover': { supportedVersions: ['2026-07-28'], capabilities: { tools: {} }, ttlMs: 0, cacheScope: 'public' },
  'tools/list': { tools: [{ name: 'find', description: 'Finds.', inputSchema: SCHEMA }], ttlMs: 0, cacheScope: 'public' },
  'tools/call': { content: [{ type: 'text', text: 'The ferry leaves at eight, and again at noon. '.repeat(9) }] },
};
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { id, method } = JSON.parse(Buffer.concat(chunks).toString()) as { readonly id: number; readonly method: string };
    const body = JSON.stringify({ jsonrpc: '2.0', id, result: { resultType: 'complete', ...RESULTS[method] } });
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
