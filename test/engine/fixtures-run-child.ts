// A process that lives a world into the file given and prints a line per round; its parent kills it.
import { recordedRun } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
await recordedRun(process.argv[2] ?? '', syntheticSpec({ size: 300, rounds: 60, scenario: { interventions } }), {
  threads: 0,
  onRound: ({ round }) => void process.stdout.write(`${round}\n`),
});
