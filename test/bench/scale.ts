// How long whole runs take and how much memory they need, by population: `npm run bench -- [agentsxrounds[@threads] …]`.
// Each size lives in a process of its own, documents to report, so that peaks do not add up. Prints one table.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { homeAt } from '../../app/home.ts';
import { openSystem } from '../../app/system.ts';
import { scaleScenario } from './scale-scenario.ts';

const DEFAULT_SIZES = ['1000x72', '10000x72', '100000x72', '1000000x72'];
const HEAD = [
  'agents',
  'rounds',
  'whole run s',
  'population s',
  'rounds s',
  'CPU s',
  'active %',
  'turns/s',
  'peak MiB',
  'peak B/agent',
  'file MiB',
];

interface Row {
  readonly agents: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly populationSeconds: number;
  readonly roundsSeconds: number;
  /** Of all threads, the whole run. */
  readonly cpuSeconds: number;
  readonly turns: number;
  readonly peakMiB: number;
  readonly fileMiB: number;
}

async function measure(agents: number, rounds: number, threads: number | undefined): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
  const system = openSystem(homeAt(folder, {}), {});
  try {
    const { id } = system.runs.create(await scaleScenario(agents, rounds));
    const spans = new Map<string, { began: number; ended: number }>();
    const watching = new AbortController();
    const watched = (async () => {
      for await (const event of system.runs.events(id, undefined, watching.signal)) {
        if (event.kind !== 'stage') continue;
        const now = performance.now();
        const { began } = spans.get(event.stage.stage) ?? { began: now };
        spans.set(event.stage.stage, { began, ended: now });
      }
    })();
    const began = performance.now();
    await system.runs.go(id, threads === undefined ? {} : { threads });
    const seconds = (performance.now() - began) / 1000;
    watching.abort();
    await watched;
    const span = (stage: string): number => {
      const { began: from, ended } = spans.get(stage) ?? { began: 0, ended: 0 };
      return (ended - from) / 1000;
    };
    const turns = system.runs
      .record(id)
      .summaries()
      .reduce((sum, round) => sum + round.active, 0);
    const { user, system: kernel } = process.cpuUsage();
    return {
      agents,
      rounds,
      seconds,
      populationSeconds: span('population'),
      roundsSeconds: span('rounds'),
      cpuSeconds: (user + kernel) / 1e6,
      turns,
      peakMiB: process.resourceUsage().maxRSS / 1024,
      fileMiB: statSync(system.home.runFile(id)).size / 2 ** 20,
    };
  } finally {
    await system.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const inChild = (size: string): Promise<Row> =>
  new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(import.meta.url), ['--child', size], {
      execArgv: ['--disable-warning=ExperimentalWarning'],
    });
    child.on('message', (row) => resolve(row as Row));
    child.on('exit', (code) => code !== 0 && reject(new Error(`${size} ended with ${code}`)));
  });

const cellsOf = (row: Row): readonly (string | number)[] => [
  row.agents,
  row.rounds,
  row.seconds.toFixed(1),
  row.populationSeconds.toFixed(1),
  row.roundsSeconds.toFixed(1),
  row.cpuSeconds.toFixed(1),
  ((100 * row.turns) / (row.agents * row.rounds)).toFixed(1),
  Math.round(row.turns / row.roundsSeconds),
  Math.round(row.peakMiB),
  Math.round((row.peakMiB * 2 ** 20) / row.agents),
  row.fileMiB.toFixed(1),
];

const [first, ...rest] = process.argv.slice(2);
if (first === '--child') {
  const [agents = 0, rounds = 0, threads] = (rest[0] ?? '').split(/[x@]/).map(Number);
  const row = await measure(agents, rounds, threads);
  if (process.send === undefined) console.log(row);
  else {
    process.send(row);
    process.disconnect();
  }
} else {
  const date = new Date().toISOString().slice(0, 10);
  console.log(`${cpus()[0]?.model}, ${availableParallelism()} threads, Node ${process.version}, ${date}\n`);
  console.log(`| ${HEAD.join(' | ')} |\n|${HEAD.map(() => '--:|').join('')}`);
  for (const size of first === undefined ? DEFAULT_SIZES : [first, ...rest]) {
    console.log(`| ${cellsOf(await inChild(size)).join(' | ')} |`);
  }
}
