// The rounds alone: agent-turns a second for 0, 1 and 2 threads, with and without a record, beside what this machine's
// memory allows in the same minute. `npm run bench:rounds [agentsxrounds]`; prints one table.
import { availableParallelism, cpus, loadavg } from 'node:os';
import { gatherLines, triadBytes } from './memory-limit.ts';
import { live, scaleWorld } from './scale-world.ts';

/**
 * Lines of the cache that one turn must fetch at the least: the cards of a feed of 20 and of a quarter as many that
 * are refused, the newest posts of 20 followed accounts, and the agent's own columns and row of ties.
 */
const LINES_PER_TURN = 25 + 20 + 20;

const [agents = 100_000, rounds = 24] = (process.argv[2] ?? '').split('x').filter(Boolean).map(Number);
const spec = await scaleWorld(agents, rounds);
const lines = gatherLines();
console.log(
  `${cpus()[0]?.model}, ${availableParallelism()} threads, load ${loadavg()[0]?.toFixed(1)}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`,
);
console.log(
  `Memory on one thread: triad ${(triadBytes() / 1e9).toFixed(1)} GB/s, ${(lines / 1e6).toFixed(0)} M lines/s gathered at random\n`,
);
console.log(`${agents} agents, ${rounds} rounds\n`);
console.log('| threads | record | s | turns/s | CPU µs a turn | share of the gather limit |\n|--:|---|--:|--:|--:|--:|');
for (const [threads, recorded] of [
  [0, false],
  [1, false],
  [2, false],
  [2, true],
] as const) {
  const { seconds, cpuSeconds, turns } = await live(spec, threads, recorded);
  const share = ((turns / seconds) * LINES_PER_TURN) / (lines * Math.max(1, threads));
  const cells = [
    threads,
    recorded ? 'yes' : 'no',
    seconds.toFixed(1),
    Math.round(turns / seconds),
    ((1e6 * cpuSeconds) / turns).toFixed(1),
    `${(100 * share).toFixed(0)} %`,
  ];
  console.log(`| ${cells.join(' | ')} |`);
}
