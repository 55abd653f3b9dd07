// The load of the benchmark: keep-alive sockets that send one prepared request after another and look no further into
// the answers than to find their end, so that little of the machine goes into asking.
// Run as its own process: node load.ts <port> <path> <connections> <seconds> <prompt-bytes> <key> <whole|stream> <model>
// Prints one JSON line.
import { connect } from 'node:net';

const [
  port = '',
  path = '',
  connections = '1',
  seconds = '2',
  promptBytes = '1000',
  key = '',
  form = 'whole',
  model = 'gpt-4o-mini',
] = process.argv.slice(2);
const streaming = form === 'stream';
const sentence = 'Will the council close the quay to cars, and what do the traders say about it? ';
const body = JSON.stringify({
  model,
  messages: [
    { role: 'system', content: 'You answer briefly.' },
    { role: 'user', content: sentence.repeat(Math.ceil(Number(promptBytes) / sentence.length)).slice(0, Number(promptBytes)) },
  ],
  max_tokens: 200,
  ...(streaming ? { stream: true } : {}),
});
const request = Buffer.from(
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n` +
    `authorization: Bearer ${key}\r\n${extraHeaders()}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);

/** Peers that are told by headers where to send a request. */
function extraHeaders(): string {
  return (process.env['LOAD_HEADERS'] ?? '')
    .split('|')
    .filter((line) => line !== '')
    .map((line) => `${line}\r\n`)
    .join('');
}

if (process.env['LOAD_READY'] !== undefined) process.stdout.write('ready\n');
/** Requests a second of one connection; 0 = the next as soon as the last has been answered. */
const rate = Number(process.env['LOAD_RATE'] ?? 0) / Number(connections);

const latencies: number[] = [];
const firstTokens: number[] = [];
let errors = 0;
let first = '';
const started = performance.now();
const until = started + Number(seconds) * 1000;

function run(): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(port), '127.0.0.1');
    socket.setNoDelay(true);
    let pending = '';
    let sentAt = 0;
    let sawData = false;
    const next = (): void => {
      if (performance.now() >= until) {
        socket.destroy();
        resolve();
        return;
      }
      pending = '';
      sawData = false;
      sentAt = performance.now();
      socket.write(request);
    };
    const begun = performance.now() + (rate === 0 ? 0 : Math.random() * (1000 / rate));
    let sent = 0;
    const paced = (): void => {
      if (rate === 0) return next();
      const due = begun + (++sent * 1000) / rate - performance.now();
      if (due <= 0) next();
      else setTimeout(next, due);
    };
    const ended = (status: string): void => {
      latencies.push(performance.now() - sentAt);
      if (status !== '200') errors += 1;
      if (first === '') first = pending.slice(0, 600);
      paced();
    };
    // Streams do not begin all at once, or the first tokens would measure a queue of beginnings.
    socket.on('connect', () => (streaming ? setTimeout(next, Math.random() * 1000) : next()));
    socket.on('error', () => {
      errors += 1;
      resolve();
    });
    socket.on('close', () => resolve());
    socket.on('data', (bytes: Buffer) => {
      pending += bytes.toString('latin1');
      const head = pending.indexOf('\r\n\r\n');
      if (head < 0) return;
      if (streaming && !sawData && pending.includes('data: ', head)) {
        sawData = true;
        firstTokens.push(performance.now() - sentAt);
      }
      const length = /content-length: (\d+)/i.exec(pending.slice(0, head))?.[1];
      const complete = length === undefined ? pending.endsWith('0\r\n\r\n') : pending.length >= head + 4 + Number(length);
      if (complete) ended(pending.slice(9, 12));
    });
  });
}

await Promise.all(Array.from({ length: Number(connections) }, run));
const elapsed = (performance.now() - started) / 1000;
const at = (values: number[], share: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return Number((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(3));
};
process.stdout.write(
  `${JSON.stringify({
    requests: latencies.length,
    perSecond: Math.round(latencies.length / elapsed),
    p50: at(latencies, 0.5),
    p99: at(latencies, 0.99),
    firstTokenP50: at(firstTokens, 0.5),
    firstTokenP99: at(firstTokens, 0.99),
    errors,
    ...(process.env['LOAD_SHOW'] === undefined ? {} : { first }),
  })}\n`,
);
