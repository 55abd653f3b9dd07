// How long whole runs take and how much memory they need, by population: `node test/bench/scale.ts [agentsxrounds …]`.
// Each size lives in a process of its own, documents to report, so that peaks do not add up. Prints one table.
import { fork } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadScenario, withOverrides } from '#scenarios';
import { homeAt } from '../../app/home.ts';
import { openSystem } from '../../app/system.ts';

const DEFAULT_SIZES = ['300x36', '1000x48', '10000x24', '100000x24'];

interface Row {
  readonly agents: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly roundsSeconds: number;
  readonly turns: number;
  readonly peakMiB: number;
  readonly fileMiB: number;
}

async function measure(agents: number, rounds: number): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'shoal-bench-'));
  const system = openSystem(homeAt(folder, {}), {});
  try {
    const loaded = withOverrides(await loadScenario('quickstart'), { size: agents, rounds, ensemble: 1 });
    const { id } = system.runs.create(loaded);
    let roundsBegan = 0;
    let roundsEnded = 0;
    const watching = new AbortController();
    const watched = (async () => {
      for await (const event of system.runs.events(id, undefined, watching.signal)) {
        if (event.kind !== 'stage' || event.stage.stage !== 'rounds') continue;
        if (roundsBegan === 0) roundsBegan = performance.now();
        roundsEnded = performance.now();
      }
    })();
    const began = performance.now();
    await system.runs.go(id);
    const seconds = (performance.now() - began) / 1000;
    watching.abort();
    await watched;
    const turns = system.runs
      .record(id)
      .summaries()
      .reduce((sum, round) => sum + round.active, 0);
    return {
      agents,
      rounds,
      seconds,
      roundsSeconds: (roundsEnded - roundsBegan) / 1000,
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

const [first, ...rest] = process.argv.slice(2);
if (first === '--child') {
  const [agents, rounds] = (rest[0] ?? '').split('x').map(Number);
  const row = await measure(agents ?? 0, rounds ?? 0);
  process.send?.(row);
  process.disconnect();
} else {
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} threads, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
  );
  console.log(
    '| agents | rounds | whole run s | rounds s | agent-turns | turns/s | peak MiB | file MiB |\n|--:|--:|--:|--:|--:|--:|--:|--:|',
  );
  for (const size of first === undefined ? DEFAULT_SIZES : [first, ...rest]) {
    const row = await inChild(size);
    const cells = [
      row.agents,
      row.rounds,
      row.seconds.toFixed(1),
      row.roundsSeconds.toFixed(1),
      row.turns,
      Math.round(row.turns / row.roundsSeconds),
      Math.round(row.peakMiB),
      row.fileMiB.toFixed(1),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}
