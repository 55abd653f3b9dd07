// Budgets by HTTP and by the command line: one catalogue, and a server sees at once what the command line has set.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BudgetView } from '#api/contract';
import { startServer, shoal, type RunningServer } from './helpers.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

async function send(method: string, path: string, body?: unknown): Promise<{ status: number; json: Record<string, unknown> }> {
  const response = await fetch(`${server.url}/api/v1/budgets${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
  return { status: response.status, json: (await response.json()) as Record<string, unknown> };
}
const command = async (...args: string[]): Promise<{ code: number | null; json: unknown; text: string }> => {
  const { code, stdout } = await shoal(['budgets', ...args, '--json', '--home', server.home]);
  return { code, json: JSON.parse(stdout), text: stdout };
};
const team = `/${encodeURIComponent('shoal/team:a')}`;

describe('/api/v1/budgets', () => {
  it('opens, shows, changes, extends and closes a budget, and says what each act did', async () => {
    const opened = await send('PUT', team, { limitUsd: 12.5, limitTokens: 1000, window: 'rolling 24h' });
    expect(opened).toMatchObject({
      status: 200,
      json: { act: 'open', after: { id: 'shoal/team:a', parent: 'shoal', limitUsd: 12.5, limitTokens: 1000, headroomUsd: 12.5 } },
    });
    expect(opened.json).not.toHaveProperty('before');
    const changed = await send('PUT', team, { limitTokens: null, edge: 'soft', alertPercents: [90] });
    expect(changed.json).toMatchObject({
      act: 'change',
      before: { limitTokens: 1000, edge: 'hard' },
      after: { limitUsd: 12.5, edge: 'soft', window: 'rolling 24h', alertPercents: [90] },
    });
    expect(changed.json['after']).not.toHaveProperty('limitTokens');
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const extended = await send('POST', `${team}/extend`, { usd: 1, until });
    expect(extended.json).toMatchObject({
      act: 'extend',
      after: { headroomUsd: 13.5, extensions: [{ usd: 1, tokens: 0, until }] },
    });
    const { json } = await server.call('/api/v1/budgets');
    expect((json as BudgetView[]).map(({ id }) => id)).toEqual(['shoal', 'shoal/team:a']);
    expect((await send('DELETE', team)).json).toMatchObject({ act: 'close', after: { closed: true } });
    expect((await send('PUT', team, {})).json).toMatchObject({ act: 'open', after: { closed: false, limitUsd: 12.5 } });
  });

  it.each([
    ['GET', '/nowhere', undefined, 404, 'not_found'],
    ['DELETE', '/nowhere', undefined, 404, 'not_found'],
    ['PUT', '/x', { parent: 'nowhere' }, 404, 'not_found'],
    ['PUT', '/x', { limitUsd: -1 }, 400, 'invalid_input'],
    ['PUT', '/x', { limit: 1 }, 400, 'invalid_input'],
    ['PUT', '/x', { window: 'fortnight' }, 400, 'invalid_input'],
    ['POST', '/shoal/extend', { usd: 1, until: '2020-01-01T00:00:00Z' }, 400, 'invalid_input'],
    ['POST', '/shoal/extend', { until: '2120-01-01T00:00:00Z' }, 400, 'invalid_input'],
    ['POST', '/shoal/add', { usd: 1 }, 409, 'conflict'],
    ['POST', '/shoal/add', { usd: -1 }, 400, 'invalid_input'],
    ['POST', '/shoal/add', {}, 400, 'invalid_input'],
    ['POST', '/nowhere/add', { usd: 1 }, 404, 'not_found'],
    ['DELETE', '?closedBefore=yesterday', undefined, 400, 'invalid_input'],
  ])('%s %s with %j is refused with %i', async (method, path, body, status, code) => {
    expect(await send(method, path, body)).toMatchObject({ status, json: { code } });
  });

  it('adds what two people add at the same moment, one by the page and one by the command line', async () => {
    await send('PUT', '/topped', { limitUsd: 1, limitTokens: 10 });
    const [, added] = await Promise.all([
      Promise.all([1, 2, 3].map((usd) => send('POST', '/topped/add', { usd }))),
      command('add', 'topped', '--usd', '0.5', '--tokens', '5'),
    ]);
    expect(added).toMatchObject({ code: 0, json: { act: 'raise' } });
    expect((await send('GET', '/topped')).json).toMatchObject({ limitUsd: 7.5, limitTokens: 15 });
    const { json } = await server.call('/api/v1/audit?order=newest&limit=4');
    expect(json).toMatchObject(Array.from({ length: 4 }, () => ({ action: 'budget.raised', subject: 'topped' })));
  });

  it('lists closed ones when asked, and forgets old ones', async () => {
    await send('PUT', '/over', { limitUsd: 1 });
    const { json } = await send('DELETE', '/over');
    expect(json).toMatchObject({ act: 'close', after: { closed: true, closedAt: expect.any(String) as string } });
    const listed = async (query: string): Promise<readonly string[]> =>
      ((await server.call(`/api/v1/budgets${query}`)).json as BudgetView[]).map(({ id }) => id);
    expect(await listed('')).not.toContain('over');
    expect(await listed('?closed=true')).toContain('over');
    // Closed a moment ago: what is under way there may still have to be booked.
    const closedBefore = new Date(Date.now() + 1000).toISOString();
    expect(await send('DELETE', `?closedBefore=${closedBefore}`)).toMatchObject({ status: 200, json: { purged: 0 } });
    expect((await command('purge', '--before', '1d')).json).toEqual({ purged: 0 });
    expect((await server.call('/api/v1/audit?order=newest&limit=2')).json).toMatchObject([
      { action: 'budget.purged', actor: 'command line' },
      { action: 'budget.purged', after: { closedBefore, purged: 0 } },
    ]);
  });

  it('lists alerts, newest first', async () => {
    const { ledger } = server.system.gateway;
    await send('PUT', '/alerting', { limitUsd: 0.000001 });
    const held = ledger.reserve('alerting', 1000);
    ledger.settle(held.kind === 'held' ? held.id : '', 900);
    // Booked within about a second.
    const alerts = async (): Promise<readonly { percent: number }[]> =>
      (await server.call('/api/v1/budget-alerts?node=alerting&limit=5')).json as readonly { percent: number }[];
    while ((await alerts()).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await alerts()).toMatchObject([
      { node: 'alerting', measure: 'usd', percent: 80, spent: 9e-7, limit: 1e-6 },
      { percent: 50 },
    ]);
    expect((await command('alerts', 'alerting')).json).toMatchObject([{ percent: 80 }, { percent: 50 }]);
  });
});

describe('shoal budgets', () => {
  it('sets what a running server then keeps', async () => {
    const { ledger } = server.system.gateway;
    const set = await command('set', 'shoal/team:b', '--usd', '0.5', '--tokens', '2000', '--window', 'day Europe/Berlin');
    expect(set).toMatchObject({
      code: 0,
      json: { act: 'open', after: { limitUsd: 0.5, limitTokens: 2000, window: 'day Europe/Berlin' } },
    });
    expect(ledger.reserve('shoal/team:b', 600_000_000)).toMatchObject({ kind: 'denied', headroomNanoUsd: 500_000_000 });
    expect(ledger.reserve('shoal/team:b', 400_000_000)).toMatchObject({ kind: 'held' });
    await command('extend', 'shoal/team:b', '--usd', '0.2', '--until', '2h');
    while (ledger.reserve('shoal/team:b', 250_000_000).kind === 'denied') await new Promise((resolve) => setTimeout(resolve, 50));
    const shown = (await command('show', 'shoal/team:b')).json as BudgetView;
    expect(shown).toMatchObject({ limitUsd: 0.5, extensions: [{ usd: 0.2 }] });
    expect(shown.reservedUsd).toBeGreaterThanOrEqual(0.65);
  });

  it('lists as a table for people, and takes limits away', async () => {
    expect((await command('set', 'shoal/team:c', '--usd', '3', '--edge', 'soft', '--alerts', '75')).code).toBe(0);
    expect((await command('set', 'shoal/team:c', '--usd', 'none')).json).toMatchObject({
      before: { limitUsd: 3 },
      after: { edge: 'soft' },
    });
    const { stdout } = await shoal(['budgets', 'list', '--home', server.home]);
    expect(stdout).toMatch(/shoal\/team:c +\$0\.00 +\$0\.00 +none +0\/none +none \(soft\)/);
    await command('close', 'shoal/team:c');
    expect((await shoal(['budgets', 'list', '--home', server.home])).stdout).not.toContain('team:c');
    expect((await shoal(['budgets', 'list', '--all', '--home', server.home])).stdout).toContain('team:c');
  });

  it.each([
    [['set', 'x', '--usd', 'much'], /limitUsd/],
    [['set', 'x', '--edge', 'blunt'], /edge/],
    [['extend', 'shoal', '--usd', '1', '--until', 'soon'], /--until takes a time to come, not “soon”/],
    [['show', 'nowhere'], /no budget called nowhere/],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await shoal(['budgets', ...args, '--home', server.home]);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });
});
