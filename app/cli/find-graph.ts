// The graph that a command means: a run's id, a stored graph by name, hash or the first letters of one, or a JSON file.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { ShoalError } from '#foundation';
import { openGraph, readSnapshot } from '#knowledge-graph';
import type { KnowledgeGraph } from '#knowledge-graph/contract';
import type { System } from '../system.ts';

/** Throws `not_found`, and `invalid_input` for a file that holds no graph. */
export const findGraph = (system: System, reference: string): KnowledgeGraph =>
  graphOutside(system, reference) ?? system.graphs.open(reference);

/** One that is no stored graph: of a file or of a run. Throws `invalid_input` for a file that holds no graph. */
export function graphOutside(system: System, reference: string): KnowledgeGraph | undefined {
  if (existsSync(reference) && statSync(reference).isFile()) return openGraph(readSnapshot(parsed(reference)));
  if (existsSync(system.home.runFile(reference))) return openGraph(system.runs.graph(reference));
  return undefined;
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ShoalError('invalid_input', `${path} is not a graph: it is no JSON.`, {
      cause,
      hint: 'Give a file written by `shoal graph build -o`.',
    });
  }
}
