// A process that lives a world of so many agents, rounds and threads into the file given and prints a line per round
// that is safe; its parent kills it.
import { recordedRun } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
const [path = '', ...numbers] = process.argv.slice(2);
const [size = 0, rounds = 0, threads = 0] = numbers.map(Number);
await recordedRun(path, syntheticSpec({ size, rounds, scenario: { interventions } }), {
  threads,
  onRound: ({ round }) => void process.stdout.write(`${round}\n`),
});
