// One run's file, open for reading: everything a page, a report or a chat asks of it, as of any past round. Never
// changes the run, and keeps up with a run that is still going in another connection.
import { existsSync } from 'node:fs';
import { zstdDecompressSync } from 'node:zlib';
import { ShoalError } from '#foundation';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Framing, Scenario } from '#scenarios/contract';
import { openDatabase } from '#store';
import {
  EVENT_KINDS,
  NONE,
  type EventBatch,
  type Population,
  type RunManifest,
  type RunRecord,
  type WorldEvent,
} from '../contract.ts';
import { decodePopulation, firstAgents, personaOf } from '../population/index.ts';
import { behaviourOf } from '../policies/behaviour.ts';
import { memoryOf } from '../policies/memory/index.ts';
import { interventionPoint } from '../rounds/news.ts';
import { NO_PLATFORM, rowWords } from '../rounds/packed.ts';
import { heardWordsOf } from '../rounds/world-state.ts';
import { followCountsAt } from './follow-counts.ts';
import { groupsAt } from './group-view.ts';
import { artifactsIn, readManifest } from './artifact.ts';
import { createLedger } from './ledger.ts';
import { marketAt } from './market-view.ts';
import { selectPosts } from './post-query.ts';
import { viewPost, type PostSource } from './post-view.ts';
import { readBatch, readInterventions, readSummaries } from './round-log.ts';
import { readChanges } from './segments.ts';
import { MIGRATIONS, ROOM } from './schema.ts';
import { GENESIS } from './digest.ts';
import { createStates } from './states.ts';

/** Throws `not_found` where there is no such file, `record_corrupt` where it is not a run's. */
export function openRecord(path: string): RunRecord {
  if (!existsSync(path)) throw new ShoalError('not_found', `There is no run file ${path}.`, { hint: 'Check the path.' });
  const database = openDatabase(path, { room: ROOM, migrations: MIGRATIONS, readOnly: true });
  if (database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'run'").get() === undefined) {
    database.close();
    throw new ShoalError('record_corrupt', `${path} is not a run file.`, { hint: 'Choose a file that Shoal wrote.' });
  }

  const artifacts = artifactsIn(database, path);
  const missing = (name: string): ShoalError =>
    new ShoalError('not_found', `The run file ${path} has no ${name} yet.`, {
      hint: 'Wait until that stage of the run is done.',
    });
  const artifact = (name: string): unknown => {
    const json = artifacts.json(name);
    return json === undefined ? undefined : JSON.parse(json);
  };
  const blob = (name: string): Uint8Array => {
    return artifacts.bytes(name) ?? fail(missing(name));
  };
  const manifest = once((): RunManifest => {
    return JSON.parse(readManifest(database, path) ?? fail(missing('world'))) as RunManifest;
  });
  const scenario = once(() => artifact('scenario') as Scenario);
  const framing = once((): Framing => (artifact('framing') as Framing | undefined) ?? fail(missing('framing')));
  const population = once(() => decodePopulation(blob('population')));
  const changes = once(() => readChanges(database).map((change) => ({ ...change, leaving: new Set(change.leaving) })));
  const graph = once((): GraphSnapshot => JSON.parse(zstdDecompressSync(blob('graph')).toString()) as GraphSnapshot);
  const ledger = createLedger((round) => readBatch(database, path, round));
  const stateAt = createStates(database, path, population, () =>
    rowWords(heardWordsOf(scenario(), population()), population().issues.length),
  );
  const textRow = database.prepare('SELECT text FROM texts WHERE seq = ?');

  const countRow = database.prepare(
    'SELECT (SELECT count(*) FROM rounds) AS rounds, (SELECT count(*) FROM interventions) AS interventions',
  );
  const roundsNow = (): number => Number(countRow.get()?.['rounds']);

  /** Catches up with what has been committed since the last question. */
  const current = (): typeof ledger => {
    const rounds = roundsNow();
    if (rounds > ledger.rounds) ledger.refresh(rounds);
    return ledger;
  };
  const lastRound = (): number => roundsNow() - 1;
  const checkRound = (round: number): number => {
    if (Number.isInteger(round) && round >= -1 && round <= lastRound()) return round;
    throw new ShoalError('not_found', `Round ${round} is not in ${path}: it has ${lastRound() + 1} rounds, counted from 0.`, {
      hint: 'Ask for a round that has been lived.',
    });
  };

  /** The population with what interventions have added to its talking points. */
  const spoken = (): Population => {
    const base = population();
    const arousal = behaviourOf(scenario())['intervention-arousal'];
    const added = readInterventions(database).map((intervention, index) =>
      interventionPoint(intervention, base.talkingPoints.length + index, arousal),
    );
    return { ...base, talkingPoints: [...base.talkingPoints, ...added] };
  };
  let spokenOf: { readonly interventions: number; readonly population: Population } | undefined;
  const source = (): PostSource => {
    const interventions = Number(countRow.get()?.['interventions']);
    if (spokenOf?.interventions !== interventions) spokenOf = { interventions, population: spoken() };
    return {
      ledger: current(),
      scenario: scenario(),
      population: spokenOf.population,
      modelText: (seq) => {
        const text = textRow.get(seq)?.['text'];
        return typeof text === 'string' ? text : undefined;
      },
    };
  };

  const eventAt = (batch: EventBatch, row: number): WorldEvent => {
    const platform = batch.platform[row] as number;
    return {
      seq: batch.firstSeq + row,
      round: batch.round,
      kind: EVENT_KINDS[batch.kind[row] as number] as WorldEvent['kind'],
      platform: platform === NO_PLATFORM ? undefined : scenario().platforms[platform]?.kind,
      agent: orUndefined(batch.agent[row] as number),
      target: orUndefined(batch.target[row] as number),
      issue: batch.issue[row] as number,
      point: orUndefined(batch.point[row] as number),
      value: batch.value[row] as number,
    };
  };
  const event: RunRecord['event'] = (seq) => {
    const place = current().place(seq);
    return place === undefined ? undefined : eventAt(place.batch, place.row);
  };

  const record: RunRecord = {
    path,
    get manifest() {
      return manifest();
    },
    get scenario() {
      return scenario();
    },
    get framing() {
      return framing();
    },
    get graph() {
      return graph();
    },
    get population() {
      return population();
    },
    get rounds() {
      return roundsNow();
    },
    get finished() {
      return roundsNow() === scenario().clock.rounds;
    },
    get digest() {
      return readSummaries(database, lastRound())[0]?.digest ?? GENESIS;
    },
    summaries: () => readSummaries(database),
    batch: (round) => current().batch(round),
    event,
    events: ({ round, agent, kind, after = -1, limit = Infinity }) => {
      const found: WorldEvent[] = [];
      const wanted = kind === undefined ? undefined : EVENT_KINDS.indexOf(kind);
      const take = (batch: EventBatch, row: number): void => {
        if (batch.firstSeq + row <= after || (wanted !== undefined && batch.kind[row] !== wanted)) return;
        if (round !== undefined && batch.round !== round) return;
        if (found.length < limit) found.push(eventAt(batch, row));
      };
      const known = current();
      if (agent !== undefined) {
        for (const seq of known.ofAgent(agent)) {
          const place = known.place(seq);
          if (place !== undefined) take(place.batch, place.row);
        }
        return found;
      }
      for (let next = round ?? 0; next <= (round ?? known.rounds - 1) && found.length < limit; next++) {
        const batch = known.batch(next);
        if (batch === undefined || batch.firstSeq + batch.count <= after + 1) continue;
        for (let row = 0; row < batch.count; row++) take(batch, row);
      }
      return found;
    },
    post: (seq, round = lastRound()) => viewPost(source(), seq, round),
    posts: (query) => selectPosts(source(), query, checkRound(query.round ?? lastRound())),
    groups: (round) => groupsAt(current(), population(), checkRound(round)),
    market: (round, trades) => {
      const world = { scenario: scenario(), framing: framing(), size: population().size };
      return marketAt(current(), world, checkRound(round), trades);
    },
    stateAt: (round) => stateAt(checkRound(round)),
    isPresent: (agent, round) =>
      changes().every((change) => (round < change.round ? agent < change.before.size : !change.leaving.has(agent))),
    persona: (agent, round = lastRound()) => personaOf(population(), agent, stateAt(checkRound(round))),
    followCounts: (agent, round) => {
      const all = population();
      const { size, populationHash } = changes().find((change) => checkRound(round) < change.round)?.before ?? {
        size: all.size,
        populationHash: all.hash,
      };
      return followCountsAt(current(), firstAgents(all, size, populationHash).ties, agent, round);
    },
    memory: (agent, round, limit) => memoryOf(record, agent, round, limit),
    interventions: () => readInterventions(database),
    artifact,
    close: () => database.close(),
  };
  return record;
}

const orUndefined = (value: number): number | undefined => (value === NONE ? undefined : value);

/** Made when first asked for, and kept. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const fail = (error: ShoalError): never => {
  throw error;
};
