// From what a person types (a run id or a path) to a run's file.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ShoalError } from '#foundation';
import type { Home } from '../home.ts';

/** What the ids of runs are made of; they are names of files too. */
export const RUN_ID = /^[a-z0-9-]{1,80}$/;

/** Throws `not_found`. A path wins only when it ends in .sqlite. */
export function runPath(home: Home, reference: string): string {
  const path = reference.endsWith('.sqlite') ? resolve(reference) : home.runFile(reference);
  if (RUN_ID.test(reference) || reference.endsWith('.sqlite')) if (existsSync(path)) return path;
  throw new ShoalError('not_found', `There is no run ${reference}.`, { hint: 'See `npx shoal runs`.' });
}
