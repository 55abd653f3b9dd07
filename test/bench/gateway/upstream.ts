// The provider of the benchmark: a plain node:http server on loopback that answers chat completions as OpenAI does,
// after a fixed time, whole or as a stream. It counts what it wrote and who left, so that a run can be checked.
// Run as its own process: node upstream.ts <port> <delay-ms> <events> <interval-ms>
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';

const [port = 0, delayMs = 0, events = 50, intervalMs = 20] = process.argv.slice(2).map(Number);
const counts = { requests: 0, events: 0, abandoned: 0, lastAbandonedAt: 0, inputTokens: 0, outputTokens: 0 };

const USAGE = { prompt_tokens: 300, completion_tokens: 60, total_tokens: 360 };
const answer = Buffer.from(
  JSON.stringify({
    id: 'chatcmpl-benchmark0000000000000000',
    object: 'chat.completion',
    created: 1_790_000_000,
    model: 'gpt-4o-mini',
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content: 'The ferry leaves at eight, and again at noon. '.repeat(9), refusal: null },
        logprobs: null,
        finish_reason: 'stop',
      },
    ],
    usage: USAGE,
    service_tier: 'default',
    system_fingerprint: 'fp_benchmark',
  }),
);

const chunk = (delta: object, finish: string | null, usage: object | null): string =>
  `data: ${JSON.stringify({
    id: 'chatcmpl-benchmark0000000000000000',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'gpt-4o-mini',
    choices: usage === null ? [{ index: 0, delta, logprobs: null, finish_reason: finish }] : [],
    usage,
  })}\n\n`;
const DELTA = Buffer.from(chunk({ content: ' ferry' }, null, null));
const LAST = Buffer.from(chunk({}, 'stop', null) + chunk({}, null, USAGE) + 'data: [DONE]\n\n');

function stream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  let sent = 0;
  response.write(chunk({ role: 'assistant', content: '' }, null, null));
  const timer = setInterval(() => {
    sent += 1;
    counts.events += 1;
    if (sent < events) {
      response.write(DELTA);
      return;
    }
    clearInterval(timer);
    response.end(LAST);
  }, intervalMs);
  response.on('close', () => {
    clearInterval(timer);
    if (response.writableFinished) return;
    counts.abandoned += 1;
    counts.lastAbandonedAt = Date.now();
  });
}

function reply(response: ServerResponse, streaming: boolean): void {
  if (streaming) return stream(response);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': answer.length });
  response.end(answer);
}

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(counts));
    return;
  }
  let streaming = false;
  let tail = '';
  request.on('data', (bytes: Buffer) => {
    tail = (tail + bytes.toString('latin1')).slice(-40_000);
    streaming ||= tail.includes('"stream":true');
  });
  request.on('end', () => {
    counts.requests += 1;
    counts.inputTokens += USAGE.prompt_tokens;
    counts.outputTokens += USAGE.completion_tokens;
    if (delayMs === 0) reply(response, streaming);
    else setTimeout(reply, delayMs, response, streaming);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(port, '127.0.0.1', () => process.stdout.write('ready\n'));
