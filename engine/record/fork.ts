// A fork: a run of its own that begins with another's rounds. Its file is a compact copy of what it shares, so it
// needs nothing beside it, whatever becomes of its parent.
// Invariant: the file appears whole or not at all, and the parent is only read.
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { ShoalError } from '#foundation';
import type { Scenario } from '#scenarios/contract';
import type { Database } from '#store';
import type { RunManifest, WorldChange } from '../contract.ts';
import { encodePopulation, withNewcomers } from '../population/index.ts';
import { writeManifest } from './artifact.ts';
import { checkChange } from './check-change.ts';
import { shoalVersion } from './engine-hash.ts';
import { storeIntervention } from './round-log.ts';
import { createRunFile, databaseOf, openRunFile, type RunIdentity } from './run-file.ts';
import { checkEngine, lifeOf, segmentAt, type Life, type StoredChange } from './segments.ts';

/** What stages before the rounds have left; documents follow by their prefix. Results of the parent are its own. */
const SHARED = ['inputs', 'rejected', 'graph', 'framing', 'population', 'world'];

export interface ForkRequest {
  readonly from: string;
  readonly to: string;
  readonly identity: Pick<RunIdentity, 'runId' | 'title' | 'createdAt' | 'scenarioHash'>;
  /** Last round that is shared; −1 = none. */
  readonly round: number;
  readonly change: WorldChange;
}

/** What holds in the fork from its first own round on. */
export interface Forked {
  readonly scenario: Scenario;
  readonly agents: number;
  readonly seed: number;
}

/**
 * Writes the fork's file, ready to be opened and lived on. Throws `not_found` for a round that was not lived,
 * `invalid_input` for a change that does not fit, `conflict` for a run that another engine began.
 */
export function forkRun({ from, to, identity, round, change }: ForkRequest): Forked {
  const parent = openRunFile(from);
  try {
    const life = lifeOf(parent);
    checkEngine(parent, life.manifest);
    const lived = Number(databaseOf(parent).prepare('SELECT count(*) AS n FROM rounds').get()?.['n']);
    if (!Number.isInteger(round) || round < -1 || round >= lived) {
      throw new ShoalError('not_found', `Round ${round} is not in ${from}: it has ${lived} rounds, counted from 0.`, {
        hint: 'Fork at a round that has been lived; −1 is the beginning.',
      });
    }
    const segment = segmentAt(life.segments, round + 1);
    checkChange(segment, round + 1, change);
    if (existsSync(to)) throw new ShoalError('conflict', `${to} exists already.`, { hint: 'Choose another name.' });
    const part = `${to}.part`;
    const clear = (): void => {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(`${part}${suffix}`, { force: true });
    };
    clear();
    try {
      const scenario = change.scenario ?? segment.spec.scenario;
      const { population } = segment.spec;
      const seed = change.seed ?? segment.spec.seed;
      const next = change.add ? withNewcomers(population, change.add, seed, round + 1) : population;
      const fork = createRunFile(part, { ...identity, scenario });
      try {
        const database = databaseOf(fork);
        // Nobody else sees the file yet, and a half-written one is thrown away.
        database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF');
        database.prepare('ATTACH ? AS parent').run(from);
        copyShared(database, round);
        database.exec('DETACH parent');
        applyChange(database, life, round + 1, change);
        if (next.hash !== life.manifest.populationHash) fork.putBlob('population', encodePopulation(next));
        const manifest = forkManifest(life.manifest, { ...identity, seed, populationHash: next.hash, round });
        const model = scenario.models.model;
        const rethought = change.scenario !== undefined && model !== undefined && scenario.models.agentShare > 0;
        writeManifest(database, JSON.stringify(rethought ? { ...manifest, model } : manifest));
      } finally {
        fork.close();
      }
      const descriptor = openSync(part, 'r+');
      fsyncSync(descriptor);
      closeSync(descriptor);
      renameSync(part, to);
      return { scenario, agents: next.size, seed };
    } finally {
      clear();
    }
  } finally {
    parent.close();
  }
}

function copyShared(database: Database, round: number): void {
  database.exec('BEGIN');
  for (const table of ['rounds', 'checkpoints', 'decisions']) {
    database.prepare(`INSERT INTO ${table} SELECT * FROM parent.${table} WHERE round <= ?`).run(round);
  }
  database
    .prepare(
      'INSERT INTO texts SELECT * FROM parent.texts WHERE seq < (SELECT max(first_seq + events) FROM parent.rounds WHERE round <= ?)',
    )
    .run(round);
  // Stored answers of models cost nothing to keep, and whatever is asked again is answered from them.
  database.exec('INSERT INTO cassette SELECT * FROM parent.cassette');
  database.exec('INSERT INTO interventions SELECT * FROM parent.interventions');
  database
    .prepare(
      `INSERT INTO artifacts SELECT * FROM parent.artifacts WHERE name LIKE 'document:%' OR name IN (${SHARED.map(() => '?').join(', ')})`,
    )
    .run(...SHARED);
  database.exec('COMMIT');
}

/** Writes the changes that led here and the new one. Those that the parent's line made later are not part of it. */
function applyChange(database: Database, life: Life, from: number, change: WorldChange): void {
  const { spec, leaving } = segmentAt(life.segments, from);
  const put = database.prepare('INSERT INTO changes VALUES (?, ?)');
  const drop = database.prepare('DELETE FROM interventions WHERE id = ?');
  for (const later of life.changes.filter(({ round }) => round > from)) for (const id of later.news) drop.run(id);
  if (change.dropLaterNews === true) database.prepare('DELETE FROM interventions WHERE round >= ?').run(from);
  const news = (change.news ?? []).map((item) => {
    return storeIntervention(database, { ...item, round: from });
  });
  for (const earlier of life.changes.filter(({ round }) => round < from)) put.run(earlier.round, JSON.stringify(earlier));
  const before = {
    scenario: spec.scenario,
    seed: spec.seed,
    size: spec.population.size,
    populationHash: spec.population.hash,
  };
  // A fork of a fork at the same place: what held before is what held before the first.
  const same = life.changes.find(({ round }) => round === from);
  const stored: StoredChange = {
    round: from,
    before: same?.before ?? before,
    leaving: [...new Set([...(same === undefined ? [] : leaving), ...(change.remove ?? [])])],
    news: [...(same?.news ?? []), ...news],
  };
  put.run(from, JSON.stringify(stored));
}

function forkManifest(
  parent: RunManifest,
  fork: Pick<RunManifest, 'runId' | 'title' | 'createdAt' | 'scenarioHash' | 'seed' | 'populationHash'> & {
    readonly round: number;
  },
): RunManifest {
  const { round, runId, title, createdAt, scenarioHash, seed, populationHash } = fork;
  const line = [...(parent.ancestors ?? []), { runId: parent.runId, title: parent.title, round }];
  return {
    ...parent,
    runId,
    title,
    createdAt,
    scenarioHash,
    seed,
    populationHash,
    shoalVersion: shoalVersion(),
    nodeVersion: process.version,
    ancestors: line.map((ancestor) => ({ ...ancestor, round: Math.min(ancestor.round, round) })),
  };
}
