// The audit chain over HTTP: either way round, page by page, as a file; and that changes of budgets are part of it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntryView, AuditVerdictView } from '#api/contract';
import { type RunningServer, startServer } from './helpers.ts';

let server: RunningServer;
const entries = async (query: string): Promise<AuditEntryView[]> =>
  AuditEntryView.array().parse((await server.call(`/api/v1/audit${query}`)).json);
const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(`${server.url}${path}`, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });

beforeAll(async () => {
  server = await startServer({});
  for (const name of ['one', 'two', 'three']) await server.call('/api/v1/keys', { name });
});
afterAll(() => server.close());

describe('the audit chain', () => {
  it('is read newest first, from before an entry', async () => {
    expect((await entries('?order=newest&limit=2')).map(({ seq }) => seq)).toEqual([3, 2]);
    expect((await entries('?order=newest&before=2')).map(({ seq }) => seq)).toEqual([1]);
    expect((await entries('?after=1')).map(({ seq }) => seq)).toEqual([2, 3]);
  });

  it('holds every change of a budget: what was set, and by whom', async () => {
    const id = encodeURIComponent('shoal/desk');
    await send('PUT', `/api/v1/budgets/${id}`, { limitUsd: 2 });
    await send('PUT', `/api/v1/budgets/${id}`, { limitUsd: 3, edge: 'soft' });
    await send('POST', `/api/v1/budgets/${id}/extend`, { usd: 1, until: '2100-01-01T00:00:00Z' });
    await send('DELETE', `/api/v1/budgets/${id}`);
    const acts = (await entries('?after=3')).map(({ action, subject, actor }) => [action, subject, actor]);
    expect(acts).toEqual(['opened', 'changed', 'extended', 'closed'].map((act) => [`budget.${act}`, 'shoal/desk', 'local']));
    const [change] = await entries('?after=4&limit=1');
    expect(change).toMatchObject({ before: { limitUsd: 2, edge: 'hard' }, after: { limitUsd: 3, edge: 'soft' } });
  });

  it('is taken away whole, one entry a line, and verifies', async () => {
    const response = await send('GET', '/api/v1/audit.export');
    expect(response.headers.get('content-disposition')).toContain('audit.jsonl');
    const lines = (await response.text()).trimEnd().split('\n');
    expect(lines.map((line) => AuditEntryView.parse(JSON.parse(line)))).toEqual(await entries(''));
    expect(AuditVerdictView.parse((await server.call('/api/v1/audit/verify')).json)).toMatchObject({ kind: 'whole', entries: 7 });
  });
});
