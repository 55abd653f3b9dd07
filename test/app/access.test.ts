// Keys over real HTTP: who may do what at a server that is bound beyond loopback, and that secrets stay where they were
// shown.
import { readdirSync, readFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEntryView, AuditVerdictView, KeyMade, KeyView, Problem, SessionView } from '#api/contract';
import type { Scope } from '#gateway/contract';
import { newKeyOf } from '../../app/key-requests.ts';
import { guardRoutes } from '../../app/http/guard-routes.ts';
import { createServer } from '../../app/http/server.ts';
import { scopeOf } from '../../app/http/scopes.ts';
import { homeAt } from '../../app/home.ts';
import { openSystem, type System } from '../../app/system.ts';
import { temporaryHome } from './helpers.ts';

const home = temporaryHome();
const logged: string[] = [];
const answers: string[] = [];
let system: System;
let server: FastifyInstance;
const secrets = {} as Record<Scope, string>;

beforeAll(async () => {
  system = openSystem(homeAt(home.folder, {}), {});
  for (const scope of ['admin', 'operate', 'read', 'invoke'] as const) {
    const { gateway } = system;
    secrets[scope] = gateway.keys.create(
      newKeyOf({ name: scope, scopes: [scope], limits: {}, allowUnpriced: false }),
      'test',
    ).secret;
  }
  server = await createServer(system, { host: '0.0.0.0', log: (line) => logged.push(line) });
  await server.ready();
});
afterAll(async () => {
  await server.close();
  await system.close();
  home.remove();
});

type Answer = {
  readonly status: number;
  readonly json: unknown;
  readonly body: string;
  readonly headers: Record<string, unknown>;
};
async function ask(method: InjectOptions['method'], url: string, scope?: Scope, more: InjectOptions = {}): Promise<Answer> {
  const { headers, ...rest } = more;
  const response = await server.inject({
    method: method ?? 'GET',
    url,
    headers: { host: '10.0.0.1', ...(scope === undefined ? {} : { authorization: `Bearer ${secrets[scope]}` }), ...headers },
    ...rest,
  });
  answers.push(response.body, JSON.stringify(response.headers));
  const isJson = String(response.headers['content-type']).includes('json');
  return {
    status: response.statusCode,
    json: isJson ? response.json() : undefined,
    body: response.body,
    headers: response.headers,
  };
}

describe('beyond loopback', () => {
  it.each<[InjectOptions['method'], string, readonly (Scope | undefined)[]]>([
    ['GET', '/healthz', [undefined, 'invoke', 'read', 'operate', 'admin']],
    ['GET', '/api/v1/runs', ['read', 'operate', 'admin']],
    ['GET', '/api/v1/keys', ['read', 'operate', 'admin']],
    ['GET', '/api/v1/audit', ['read', 'operate', 'admin']],
    ['GET', '/api/v1/config/pending', ['read', 'operate', 'admin']],
    ['GET', '/openapi.json', ['read', 'operate', 'admin']],
    ['GET', '/nothing-here', ['read', 'operate', 'admin']],
    ['POST', '/api/v1/estimate', ['operate', 'admin']],
    ['DELETE', '/api/v1/runs/none', ['operate', 'admin']],
    ['POST', '/api/v1/keys', ['admin']],
    ['DELETE', '/api/v1/keys/none', ['admin']],
    ['PUT', '/api/v1/teams/none', ['admin']],
    ['POST', '/api/v1/config/apply', ['admin']],
  ])('%s %s is for %j only', async (method, url, allowed) => {
    const everybody = [undefined, 'invoke', 'read', 'operate', 'admin'] as const;
    const answered = await Promise.all(
      everybody.map((scope) => ask(method, url, scope, method === 'GET' ? {} : { payload: { bad: 1 } })),
    );
    const letIn = everybody.filter((_scope, index) => ![401, 403].includes(answered[index]?.status ?? 0));
    expect(letIn).toEqual(allowed);
    const refusals = answered.filter(({ status }) => [401, 403].includes(status));
    expect(refusals).toHaveLength(everybody.length - allowed.length);
    for (const { status, json, headers } of refusals) {
      const problem = Problem.parse(json);
      expect(problem.hint).toBeTruthy();
      expect([problem.code, headers['www-authenticate']]).toEqual(
        status === 401 ? ['unauthenticated', 'Bearer'] : ['forbidden', undefined],
      );
    }
    expect(answered[0]?.status === 403).toBe(false);
  });

  it('does not tell a key that was never made from a wrong secret', async () => {
    const wrong = [`${secrets.admin.slice(0, -5)}aaaaa`, 'sk-shoal-zzzzzzzzzz-zzzz', 'sk-other'];
    const bodies = await Promise.all(
      wrong.map(
        async (token) => (await ask('GET', '/api/v1/runs', undefined, { headers: { authorization: `Bearer ${token}` } })).body,
      ),
    );
    expect(new Set(bodies).size).toBe(1);
  });

  it('refuses hosts that are not its own before it asks for a key', async () => {
    const { json } = await ask('GET', '/api/v1/runs', 'admin', { headers: { host: 'evil.example' } });
    expect(json).toMatchObject({ code: 'origin_refused' });
  });
});

describe('a key over HTTP', () => {
  it('is made, shown without its secret, rotated, disabled and deleted, each in the audit chain', async () => {
    const before = system.gateway.audit.list({}).length;
    expect((await ask('PUT', '/api/v1/teams/sea', 'admin', { payload: { models: ['openai/*'], limitUsd: 2 } })).status).toBe(200);
    const made = KeyMade.parse(
      (
        await ask('POST', '/api/v1/keys', 'admin', {
          payload: { name: 'bot', scopes: ['invoke', 'read'], team: 'sea', limitUsd: 1 },
        })
      ).json,
    );
    answers.splice(-2);
    expect(system.gateway.ledger.balance(made.key.budget)).toMatchObject({ limitNanoUsd: 1e9, parent: 'shoal/team:sea' });
    const url = `/api/v1/keys/${made.key.id}`;
    const with_ = { headers: { 'x-api-key': made.secret } };
    expect((await ask('GET', '/api/v1/runs', undefined, with_)).status).toBe(200);
    expect(KeyView.parse((await ask('GET', url, 'read')).json)).toMatchObject({ name: 'bot', team: 'sea' });
    const patch = { payload: { disabled: true, models: ['openai/gpt-4o'], expiresAt: '2099-01-01T00:00:00+02:00' } };
    expect((await ask('PATCH', url, 'admin', patch)).json).toMatchObject({
      disabled: true,
      expiresAt: '2098-12-31T22:00:00.000Z',
    });
    expect((await ask('GET', '/api/v1/runs', undefined, with_)).json).toMatchObject({ details: { reason: 'disabled' } });
    const freed = (await ask('PATCH', url, 'admin', { payload: { disabled: false, models: null } })).json;
    expect(freed).toMatchObject({ disabled: false });
    expect(freed).not.toHaveProperty('models');
    const rotated = KeyMade.parse((await ask('POST', `${url}/rotate`, 'admin', { payload: { graceHours: 0 } })).json);
    answers.splice(-2);
    expect((await ask('GET', '/api/v1/runs', undefined, with_)).json).toMatchObject({ details: { reason: 'expired' } });
    expect((await ask('DELETE', '/api/v1/teams/sea', 'admin')).status).toBe(409);
    expect((await ask('DELETE', url, 'admin')).status).toBe(204);
    expect((await ask('DELETE', url, 'admin')).status).toBe(404);
    const entries = AuditEntryView.array().parse((await ask('GET', `/api/v1/audit?after=${before}`, 'read')).json);
    expect(entries.map(({ action }) => action)).toEqual([
      'team.created',
      'key.created',
      'key.disabled',
      'key.enabled',
      'key.rotated',
      'key.deleted',
    ]);
    expect(new Set(entries.map(({ actor }) => actor)).size).toBe(1);
    expect(entries[0]?.actor).toMatch(/^key:[a-z0-9]{10} \(admin\)$/);
    expect(AuditVerdictView.parse((await ask('GET', '/api/v1/audit/verify', 'read')).json).kind).toBe('whole');
    secretsShown.push(made.secret, rotated.secret);
  });

  it.each([
    ['no name', { scopes: ['read'] }],
    ['a scope that is none', { name: 'x', scopes: ['root'] }],
    ['a key that nothing reads', { name: 'x', colour: 'red' }],
    ['a team that would be a path', { name: 'x', team: 'a/b' }],
    ['no request at all a minute', { name: 'x', limits: { requestsPerMinute: 0 } }],
  ])('is not made with %s', async (_name, payload) => {
    const { status, json } = await ask('POST', '/api/v1/keys', 'admin', { payload });
    expect(status).toBe(400);
    expect(Problem.parse(json).hint).toBeTruthy();
  });
});

const cookieOf = ({ headers }: Answer): string => String(headers['set-cookie']).split(';')[0] ?? '';
const form = (key: string): InjectOptions => ({
  payload: `key=${key}`,
  headers: { 'content-type': 'application/x-www-form-urlencoded', host: '10.0.0.1', origin: 'http://10.0.0.1' },
});

describe('signing in at the page', () => {
  it('a person without a key who opens the page is asked for one', async () => {
    const { status, body } = await ask('GET', '/', undefined, { headers: { accept: 'text/html' } });
    expect(status).toBe(401);
    expect(body).toContain('<form method="post" action="/api/v1/session">');
  });

  it('by form: a cookie that no script reads and no other site sends, until signing out', async () => {
    const opened = await ask('POST', '/api/v1/session', undefined, form(secrets.operate));
    expect(opened).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(opened.headers['set-cookie']).toMatch(/^shoal_session=[\w-]{43}; Path=\/; Max-Age=43200; HttpOnly; SameSite=Strict$/);
    const cookie = cookieOf(opened);
    const signedIn = { headers: { cookie } };
    expect(SessionView.parse((await ask('GET', '/api/v1/session', undefined, signedIn)).json)).toMatchObject({ name: 'operate' });
    expect((await ask('GET', '/api/v1/runs', undefined, signedIn)).status).toBe(200);
    expect((await ask('POST', '/api/v1/keys', undefined, { ...signedIn, payload: { name: 'x' } })).status).toBe(403);
    expect((await ask('DELETE', '/api/v1/session', undefined, signedIn)).status).toBe(204);
    expect((await ask('GET', '/api/v1/runs', undefined, signedIn)).status).toBe(401);
  });

  it('by JSON, behind a proxy that speaks TLS', async () => {
    const opened = await ask('POST', '/api/v1/session', undefined, {
      payload: { key: secrets.read },
      headers: { 'x-forwarded-proto': 'https' },
    });
    expect(opened.status).toBe(201);
    expect(opened.headers['set-cookie']).toMatch(/; Secure$/);
    expect(SessionView.parse(opened.json)).toMatchObject({ kind: 'key', scopes: ['read'] });
  });

  it('with a wrong key: the form again, with the reason', async () => {
    const { status, body } = await ask('POST', '/api/v1/session', undefined, form('sk-shoal-<b>wrong'));
    expect(status).toBe(401);
    expect(body).toContain('role="alert"');
    expect(body).not.toContain('<b>');
    expect((await ask('POST', '/api/v1/session', undefined, { payload: { key: 'x' } })).json).toMatchObject({
      code: 'unauthenticated',
    });
  });

  it('ends with its key', async () => {
    const { keys } = system.gateway;
    const { key, secret } = keys.create(newKeyOf({ name: 'guest', scopes: ['read'], limits: {}, allowUnpriced: false }), 'test');
    const cookie = cookieOf(await ask('POST', '/api/v1/session', undefined, { payload: { key: secret } }));
    expect((await ask('GET', '/api/v1/runs', undefined, { headers: { cookie } })).status).toBe(200);
    keys.rotate(key.id, 0, 'test');
    expect((await ask('GET', '/api/v1/runs', undefined, { headers: { cookie } })).status).toBe(401);
    secretsShown.push(secret);
  });
});

const secretsShown: string[] = [];

it('no secret is in any file of the home, any log line, or any answer but the one that made it', () => {
  const files = readdirSync(home.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.map((file) => file.name)).toContain('catalog.sqlite-wal');
  const places = [...files.map((file) => readFileSync(join(file.parentPath, file.name), 'latin1')), ...logged, ...answers];
  const all = [...Object.values(secrets), ...secretsShown];
  expect(all).toHaveLength(7);
  for (const secret of all) expect(places.filter((text) => text.includes(secret.slice(-40)))).toEqual([]);
});

describe('the scope of a route', () => {
  it('is one that the table names, or the server does not start', () => {
    const bare = fastify();
    guardRoutes(bare, { checkOrigin: () => undefined, identify: () => expect.fail() });
    expect(() => bare.get('/api/v1/new-thing', async () => ({}))).toThrow(/no scope.*scopes\.ts/);
    expect(() => bare.get('/api/v1/runs/new', async () => ({}))).not.toThrow();
  });

  it('never lets anybody change things without at least operating', () => {
    const paths = [
      '/api/v1/keys/x',
      '/api/v1/teams/x',
      '/api/v1/users/x',
      '/api/v1/budgets/x',
      '/api/v1/config/apply',
      '/api/v1/audit',
    ];
    for (const path of paths) expect(scopeOf('POST', path)).toBe('admin');
    expect(scopeOf('POST', '/api/v1/runs')).toBe('operate');
    expect(scopeOf('POST', '/api/v1/graphs')).toBe('operate');
    expect(scopeOf('POST', '/v1/chat/completions')).toBe('invoke');
    expect(scopeOf('POST', '/')).toBeUndefined();
    expect(scopeOf('GET', '/api/v1/runsabc')).toBeUndefined();
  });
});

it('a real socket with a foreign Host is refused, with a key it is let in by address', async () => {
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const statusWith = (host: string): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { host, authorization: `Bearer ${secrets.read}` };
      httpRequest({ port, host: '127.0.0.1', path: '/api/v1/runs', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end();
    });
  expect(await statusWith('evil.example')).toBe(403);
  expect(await statusWith(`127.0.0.1:${port}`)).toBe(200);
});
