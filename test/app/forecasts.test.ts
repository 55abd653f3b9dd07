// The ledger of forecasts, from a run to a score, over HTTP and by the command line; and what happens to who edits it.
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LedgerForecastView, LedgerScoreView, LedgerVerdictView, RunView } from '#api/contract';
import { homeAt } from '../../app/home.ts';
import { type RunningServer, startServer } from './helpers.ts';

let server: RunningServer;
let run: string;
const BY = '2100-01-01T00:00:00Z';
const post = async (path: string, body: unknown): Promise<{ status: number; json: unknown }> =>
  server.call(`/api/v1${path}`, body);
const seal = async (over: object = {}): Promise<LedgerForecastView> =>
  LedgerForecastView.parse((await post('/forecasts', { run, by: BY, ...over })).json);
const verdict = async (): Promise<LedgerVerdictView> =>
  LedgerVerdictView.parse((await server.call('/api/v1/forecast-chain')).json);

beforeAll(async () => {
  server = await startServer();
  const made = RunView.parse((await post('/runs', { scenario: 'quickstart', agents: 40, rounds: 3, ensemble: 2 })).json);
  run = made.id;
  await server.rested(run);
}, 120_000);
afterAll(() => server.close());

describe('the ledger of forecasts', () => {
  it('seals what a run says, with its baselines and the hashes of its inputs', async () => {
    const { forecast, state, hash } = await seal();
    expect(state).toBe('open');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(forecast.run).toMatchObject({ id: run, members: 2 });
    expect(Object.keys(forecast.inputs).toSorted()).toEqual(['engine', 'graph', 'scenario']);
    expect(forecast.baselines.map(({ name }) => name)).toContain('persistence');
    expect(forecast.calibration).toContain('not yet calibrated');
  });

  it('refuses what is known already, what has no such question, and outcomes that are none', async () => {
    expect((await post('/forecasts', { run, by: '2001-01-01T00:00:00Z' })).status).toBe(400);
    expect((await post('/forecasts', { run, by: BY, question: 7 })).status).toBe(404);
    const { id } = await seal();
    expect((await post(`/forecasts/${id}/resolve`, { outcome: { option: 'perhaps' }, source: 'news' })).status).toBe(400);
    expect((await post(`/forecasts/${id}/dispute`, { reason: 'no' })).status).toBe(409);
  });

  it('scores what is resolved, and keeps the rest in the count', async () => {
    const { id } = await seal();
    const resolved = LedgerForecastView.parse(
      (await post(`/forecasts/${id}/resolve`, { outcome: { option: 'yes' }, source: 'the count' })).json,
    );
    expect(resolved).toMatchObject({ state: 'resolved', source: 'the count' });
    expect((await post(`/forecasts/${id}/void`, { reason: 'it was wrong' })).status).toBe(409);
    const score = LedgerScoreView.parse((await server.call('/api/v1/forecast-score')).json);
    expect(score.counts).toMatchObject({ sealed: 3, open: 2, resolved: 1 });
    expect(score.options?.skill.map(({ baseline }) => baseline)).toContain('persistence');
    expect(score.options?.diagram.svg).toContain('<svg');
  });

  it('is taken away whole', async () => {
    const { json } = await server.call('/api/v1/forecast-export');
    expect(json).toMatchObject({ format: 'shoal-forecasts', entries: { length: 4 }, forecasts: { length: 3 } });
  });

  it('cannot be edited by a statement, and shows what was done behind its back', async () => {
    expect(await verdict()).toMatchObject({ kind: 'whole', entries: 4 });
    const database = new DatabaseSync(homeAt(server.home, {}).catalog);
    try {
      expect(() => database.exec("UPDATE forecast_entries SET at = '2000-01-01' WHERE seq = 1")).toThrow(/append-only/);
      expect(() => database.exec('DELETE FROM forecast_entries WHERE seq = 4')).toThrow(/append-only/);
      database.exec('DROP TRIGGER forecast_entries_last; DELETE FROM forecast_entries WHERE seq = 4');
      expect(await verdict()).toMatchObject({ kind: 'broken', seq: 4 });
    } finally {
      database.close();
    }
  });
});
