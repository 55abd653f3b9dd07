// Requests, usage and metrics over HTTP and on the command line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Problem, RequestDetailView, RequestsView, UsageView } from '#api/contract';
import { readPrometheus } from '../gateway/trace/prometheus-text.ts';
import { shoal, startServer, temporaryHome, type RunningServer } from './helpers.ts';
import { homeAt } from '../../app/home.ts';
import { openSystem } from '../../app/system.ts';

let server: RunningServer;
const call = { content: 'x' };

/** A tool call that fails, and five embedded answers that are counted only. */
async function live(system: RunningServer['system'], runId: string): Promise<void> {
  const tool = { name: 'search', description: 'Finds.', parameters: { type: 'object' }, effect: 'write' as const };
  const box = system.gateway.toolBox([{ ...tool, run: () => Promise.reject(new Error('broken')) }], { runId, stage: 'agents' });
  for (let time = 0; time < 3; time++) await box.call('search', call).catch(() => undefined);
  const model = system.gateway.languageModel({ model: 'embedded/rules-1', runId });
  for (let time = 0; time < 5; time++)
    await model.generate({ task: 'none', stage: 'chat', messages: [{ role: 'user', content: 'Hello.' }] });
}

beforeAll(async () => {
  server = await startServer();
  await live(server.system, 'run-1');
});
afterAll(() => server.close());

describe('requests over HTTP', () => {
  it('come in pages that fit together', async () => {
    const first = RequestsView.parse((await server.call('/api/v1/requests?limit=2&run=run-1')).json);
    expect(first.requests).toMatchObject([
      { kind: 'tool', target: 'search', outcome: 'failed', errorType: 'provider_tool_failed' },
      {},
    ]);
    const second = RequestsView.parse((await server.call(`/api/v1/requests?limit=2&run=run-1&before=${first.next}`)).json);
    expect(second.requests).toHaveLength(1);
    const ids = [...first.requests, ...second.requests].map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    const { json } = await server.call(`/api/v1/requests/${ids[0]}`);
    expect(RequestDetailView.parse(json).spans[0]).toMatchObject({ name: 'execute_tool search', kind: 'internal' });
  });

  it.each([
    ['/api/v1/requests?limit=0', 400],
    ['/api/v1/requests?nonsense=1', 400],
    ['/api/v1/requests?since=yesterday', 400],
    ['/api/v1/requests?before=%27', 400],
    ['/api/v1/usage?by=agent', 400],
    ['/api/v1/requests/none-1', 404],
  ])('say what is wrong with %s', async (path, status) => {
    const answer = await server.call(path);
    expect(answer.status).toBe(status);
    expect(Problem.parse(answer.json).hint).toBeTruthy();
  });

  it('are exported as a file', async () => {
    const answer = await fetch(`${server.url}/api/v1/requests.export?form=csv&outcome=failed`);
    expect(answer.headers.get('content-disposition')).toContain('requests.csv');
    expect((await answer.text()).trim().split('\r\n')).toHaveLength(4);
    const { json } = await server.call('/api/v1/requests.export');
    expect(json).toHaveLength(3);
  });
});

describe('usage over HTTP', () => {
  it('adds up by what is asked for', async () => {
    const { json } = await server.call('/api/v1/usage?by=run,stage,day&quantiles=true');
    const day = new Date().toISOString().slice(0, 10);
    const { rows } = UsageView.parse(json);
    expect(rows).toMatchObject([{ group: { run: 'run-1', stage: 'chat', day }, calls: 5, failures: 0, costNanoUsd: 0 }]);
    expect(rows[0]?.quantiles?.latencyP95Ms).toBeGreaterThan(0);
    expect(UsageView.parse((await server.call('/api/v1/usage?until=2020-01-01')).json).rows).toEqual([]);
  });

  it('comes as CSV', async () => {
    const answer = await fetch(`${server.url}/api/v1/usage.csv?by=model`);
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect(await answer.text()).toMatch(/^model,calls,.*\r\nembedded\/rules-1,5,0,/);
  });
});

describe('/metrics', () => {
  it('is text that a scraper takes', async () => {
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const families = readPrometheus(await answer.text());
    const calls = families.get('shoal_gateway_requests_total')?.samples;
    expect(calls).toContainEqual(
      expect.objectContaining({
        labels: { door: 'in-process', model: 'embedded/rules-1', provider: 'embedded', outcome: 'ok', stage: 'chat' },
        value: 5,
      }),
    );
    expect(families.get('shoal_gateway_budget_spent_nano_usd')?.samples.map(({ labels }) => labels['node'])).toContain('shoal');
  });
});

describe('shoal traces', () => {
  const home = temporaryHome();
  beforeAll(async () => {
    const system = openSystem(homeAt(home.folder, {}), {});
    await live(system, '=evil');
    await system.close();
  });
  afterAll(home.remove);
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await shoal(['traces', ...args, '--home', home.folder]);
    return { code, stdout, stderr };
  };

  it('lists, shows, adds up, exports and forgets', async () => {
    const listed = RequestsView.parse(JSON.parse((await run('list', '--since', '1h', '--json')).stdout));
    expect(listed.requests).toHaveLength(3);
    const shown = await run('show', listed.requests[0]?.id ?? '');
    expect(shown.stdout).toContain('execute_tool search');
    const used = await run('usage', '--by', 'run,model');
    expect(used.stdout).toMatch(/=evil +embedded\/rules-1 +5 +0 +0/);
    const file = join(home.folder, 'out.csv');
    expect((await run('export', '-o', file)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain(",'=evil,");
    // What is there is not written over.
    expect(await run('export', '-o', file)).toMatchObject({ code: 1, stderr: expect.stringContaining('exists already') });
    expect((await run('export', '-o', join(home.folder, 'out.txt'))).stderr).toContain('.json or .csv');
    const purged = await run('purge', '--before', new Date(Date.now() + 60_000).toISOString(), '--json');
    expect(JSON.parse(purged.stdout)).toEqual({ what: 'requests', purged: 3 });
    expect((await run('list')).stdout).toBe('No requests.\n');
    const acts = await shoal(['audit', 'list', '--newest', '--limit', '1', '--home', home.folder]);
    expect(acts.stdout).toMatch(/^1 .* command line {2}requests\.purged {2}request log\n$/);
    expect((await run('usage', '--by', 'run')).stdout).toContain('=evil');
  }, 60_000);

  it('says what is wrong', async () => {
    expect(await run('show', 'none')).toMatchObject({ code: 2, stderr: expect.stringContaining('There is no request none') });
    expect((await run('usage', '--by', 'agents')).code).toBe(2);
    expect((await run('list', '--since', 'yesterday')).code).toBe(2);
  }, 60_000);
});
