// How fast the embedded graph is built, on how many threads, and in how much memory:
// `node test/bench/graph-build.ts [--megabytes 3] [--document 450] [--workers 1,2] [corpus.json …]`.
// Without a file it makes its own corpus. A file is JSON lines of {title, text}, or JSON with such a list under `docs`.
// Each row runs in a process of its own, so that peaks do not add up. CPU seconds count all threads.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildGraph, knowledgeGraphSkills } from '#knowledge-graph';
import type { ReadResult } from '#knowledge-graph/contract';
import { embeddedModel } from '../embedded-model.ts';
import { benchCorpus, documentOf } from './graph-corpus.ts';

interface Row {
  readonly workers: number;
  readonly megabytes: number;
  readonly documents: number;
  readonly entities: number;
  readonly mentions: number;
  readonly relations: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly mainSeconds: number;
  readonly peakMiB: number;
  readonly hash: string;
}

const { values, positionals } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '3' },
    document: { type: 'string', default: '450' },
    workers: { type: 'string', default: '1,2' },
    child: { type: 'string' },
  },
  allowPositionals: true,
});

const corpus = (): ReadResult =>
  positionals.length > 0
    ? { documents: positionals.flatMap(passagesOf).map(({ title, text }, at) => documentOf(at, title, [text])), rejected: [] }
    : benchCorpus(Number(values.megabytes) * 1e6, Number(values.document));

interface Passage {
  readonly title: string;
  readonly text: string;
}

function passagesOf(path: string): readonly Passage[] {
  const body = readFileSync(path, 'utf8');
  if (path.endsWith('.jsonl')) {
    const lines = body.split('\n').filter((line) => line.trim() !== '');
    return lines.map((line) => JSON.parse(line) as Passage);
  }
  return (JSON.parse(body) as { readonly docs: readonly Passage[] }).docs;
}

async function measure(workers: number): Promise<Row> {
  const read = corpus();
  const megabytes = read.documents.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0) / 1e6;
  const cpu = process.cpuUsage();
  const main = process.threadCpuUsage();
  const began = performance.now();
  const graph = await buildGraph(read, { model: embeddedModel(knowledgeGraphSkills), seed: 1, workers });
  const seconds = (performance.now() - began) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const own = process.threadCpuUsage(main);
  return {
    workers,
    megabytes,
    documents: read.documents.length,
    entities: graph.entities.length,
    mentions: graph.mentions.length,
    relations: graph.relations.length,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    mainSeconds: (own.user + own.system) / 1e6,
    peakMiB: process.resourceUsage().maxRSS / 1024,
    hash: graph.hash.slice(0, 12),
  };
}

function inOwnProcess(workers: string): Promise<Row> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), [...process.argv.slice(2), '--child', workers], {
      execArgv: process.execArgv,
    });
    child.once('message', (row) => {
      resolve(row as Row);
      child.disconnect();
    });
    child.once('exit', (code) => reject(new Error(`The process for ${workers} workers ended with code ${code}.`)));
  });
}

if (values.child !== undefined) {
  const row = await measure(Number(values.child));
  process.send?.(row);
} else {
  const rows: Row[] = [];
  for (const workers of values.workers.split(',')) rows.push(await inOwnProcess(workers));
  console.table(rows);
  const [first] = rows;
  for (const row of rows) {
    console.log(
      `${row.workers} workers: ${(row.megabytes / row.cpuSeconds).toFixed(2)} MB per CPU second, ${(row.megabytes / row.seconds).toFixed(2)} MB/s, ${((first?.seconds ?? 0) / row.seconds).toFixed(2)}× the first row`,
    );
  }
  console.log(`Node ${process.version}, ${availableParallelism()} CPUs.`);
}
