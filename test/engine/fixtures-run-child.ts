// A process that lives a world of so many agents, rounds and threads into the file given, from wherever that is, and
// prints a line per round that is safe; its parent kills it.
import { existsSync } from 'node:fs';
import { createWorld, openWorld } from '../../engine/rounds/run.ts';
import { openRunFile } from '../../engine/record/run-file.ts';
import { runFileFor } from './fixtures-run.ts';
import { syntheticSpec } from './fixtures-world.ts';

const interventions = [{ round: 2, text: 'The minister has resigned.', issue: 0, stance: 0.9, reach: 0.4 }];
const [path = '', ...numbers] = process.argv.slice(2);
const [size = 0, rounds = 0, threads = 0] = numbers.map(Number);
const spec = syntheticSpec({ size, rounds, scenario: { interventions } });
const options = { threads, onRound: ({ round }: { round: number }) => void process.stdout.write(`${round}\n`) };

const file = existsSync(path) ? openRunFile(path) : runFileFor(path, spec);
// As the stages of a run do it: a world that has begun is opened, one that has not is made.
const world = file.json('world') === undefined ? await createWorld(file, spec, options) : await openWorld(file, options);
await world.run();
await world.close();
file.close();
