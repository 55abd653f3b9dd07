// Where Shoal keeps things: SHOAL_HOME (default ./data). Only paths; nothing is created here.
import { resolve, join } from 'node:path';

export interface Home {
  readonly folder: string;
  readonly catalog: string;
  readonly runs: string;
  readonly blobs: string;
  readonly config: string;
  readonly library: string;
  runFile(runId: string): string;
  /** Where a run's report files go unless somebody names another folder. */
  reportsOf(runId: string): string;
}

/** `option` (from --home) wins over the environment, which wins over ./data. */
export function homeAt(option: string | undefined, environment: Readonly<Record<string, string | undefined>>): Home {
  const folder = resolve(option ?? environment['SHOAL_HOME'] ?? 'data');
  return {
    folder,
    catalog: join(folder, 'catalog.sqlite'),
    runs: join(folder, 'runs'),
    blobs: join(folder, 'blobs'),
    config: join(folder, 'config.yaml'),
    library: join(folder, 'graphs.sqlite'),
    runFile: (runId) => join(folder, 'runs', `${runId}.sqlite`),
    reportsOf: (runId) => join(folder, 'reports', runId),
  };
}
