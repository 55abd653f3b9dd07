// How long it takes to reach any moment of a large run: `npm run bench:reach [agents rounds]`. Lives a run of a synthetic
// population, then forks it, opens the fork, and looks at states and agents. Prints one table of wall and CPU time.
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LookBack, Population } from '#engine/contract';
import { surveyPopulation } from '../../engine/policies/survey/index.ts';
import { divergenceOf } from '../../engine/record/divergence.ts';
import { lookBack } from '../../engine/rounds/look-back.ts';
import { hashPopulation } from '../../engine/population/index.ts';
import { forkRun } from '../../engine/record/fork.ts';
import { openRecord } from '../../engine/record/record.ts';
import { openWorld } from '../../engine/rounds/run.ts';
import { recordedRun } from '../engine/fixtures-run.ts';
import { syntheticSpec } from '../engine/fixtures-world.ts';

const [agents = 100_000, rounds = 72] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'shoal-reach-'));
const [parent, path] = [join(folder, 'run.sqlite'), join(folder, 'fork.sqlite')];
const at = Math.floor((rounds * 60) / 72);

async function row(what: string, work: () => unknown): Promise<void> {
  const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
  const note = await work();
  const { user, system } = process.cpuUsage(cpuBefore);
  const cells = [what, Math.round(performance.now() - began), Math.round((user + system) / 1000)];
  console.log(`| ${cells.join(' | ')} | ${typeof note === 'string' ? note : ''} |`);
}

/** As a population made from documents has them. */
function withSortedTies(population: Population): Population {
  const { offsets, targets } = population.ties;
  for (let agent = 0; agent < population.size; agent++) targets.subarray(offsets[agent], offsets[agent + 1]).sort();
  return { ...population, hash: hashPopulation(population) };
}

try {
  console.log(
    `${cpus()[0]?.model}, ${availableParallelism()} threads, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  console.log(`${agents} agents, ${rounds} rounds\n\n| what | wall ms | CPU ms | |\n|---|--:|--:|---|`);
  await row('living it', async () => {
    const spec = syntheticSpec({ size: agents, rounds, issues: 2, degree: 20 });
    await recordedRun(parent, { ...spec, population: withSortedTies(spec.population) });
    return `${(statSync(parent).size / 2 ** 20).toFixed(0)} MiB`;
  });
  const news = { text: 'The toll is off the table.', issue: 0, stance: -1, reach: 0.5 };
  await row(`writing a fork at round ${at}`, () => {
    const identity = { runId: 'fork', title: 'fork', createdAt: '', scenarioHash: '' };
    forkRun({ from: parent, to: path, identity, round: at, change: { news: [news] } });
    return `${(statSync(path).size / 2 ** 20).toFixed(0)} MiB`;
  });
  let world: Awaited<ReturnType<typeof openWorld>> | undefined;
  await row('opening it, ready for its first round', async () => {
    world = await openWorld(path, { threads: 0 });
  });
  await row('its first round', () => world?.step());
  await row('its further rounds', () => world?.run());
  await world?.close();
  const record = openRecord(parent);
  await row('population, once per open record', () => void record.population);
  await row(`state at round ${at - 2} (cold)`, () => record.stateAt(at - 2));
  await row('state at the last round', () => record.stateAt(rounds - 1));
  await row('state at round 7', () => record.stateAt(7));
  await row(`posts at round ${at} (cold)`, () => record.posts({ round: at }));
  await row('one agent’s memory then', () => record.memory(5, at, 20));
  let look: LookBack | undefined;
  await row('looking back: the world as it was then', () => {
    look = lookBack(parent, at);
  });
  await row('… and one agent’s feed in it', () => look?.(5));
  const forked = openRecord(path);
  await row('divergence of the fork from its parent, all rounds', () => {
    const { rounds: compared } = divergenceOf(record, forked);
    return `distance ${compared.at(-1)?.distance.toFixed(4)} at the end`;
  });
  await row('survey of everyone, with a table by age and region', () => {
    surveyPopulation({ record: forked, question: 'Toll 0?', options: ['yes', 'no'], round: at, by: ['age,region'] });
  });
  forked.close();
  record.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
