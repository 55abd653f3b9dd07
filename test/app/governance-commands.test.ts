// keys, audit and config on the command line, as processes of their own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { KeyMade, KeyView } from '#api/contract';
import { homeAt } from '../../app/home.ts';
import { createServer } from '../../app/http/server.ts';
import { openSystem } from '../../app/system.ts';
import { COMMAND, shoal, temporaryHome, type CommandResult } from './helpers.ts';

const home = temporaryHome();
afterAll(home.remove);
const run = (...args: string[]): Promise<CommandResult> => shoal([...args, '--home', home.folder]);
async function json(...args: string[]): Promise<unknown> {
  const { code, stdout, stderr } = await run(...args, '--json');
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout) as unknown;
}

describe('shoal keys', () => {
  it('makes a key for a team, shows it without its secret, and takes it through its life', async () => {
    await json('keys', 'teams', 'set', 'sea', '--models', 'openai/*,fast', '--concurrency', '3', '--limit', '5');
    const words = await run(
      'keys',
      'create',
      '--name',
      'bot',
      '--team',
      'sea',
      '--scopes',
      'read,invoke',
      '--expires',
      '90d',
      '--limit',
      '1',
    );
    const lines = words.stdout.trimEnd().split('\n');
    expect(lines.at(-2)).toMatch(/shown this once/);
    expect(lines.at(-1)).toMatch(/^sk-shoal-[a-z0-9]{10}-[\w-]{43}$/);
    const [key] = KeyView.array().parse(await json('keys', 'list'));
    expect(key).toMatchObject({ name: 'bot', team: 'sea', scopes: ['read', 'invoke'], disabled: false });
    const id = key?.id ?? '';
    const rotated = KeyMade.parse(await json('keys', 'rotate', id, '--grace', '0'));
    expect(rotated.secret).not.toBe(lines.at(-1));
    expect(await json('keys', 'disable', id)).toMatchObject({ disabled: true });
    expect(await json('keys', 'enable', id)).toMatchObject({ disabled: false });
    const shown = await run('keys', 'show', id);
    for (const secret of [rotated.secret, lines.at(-1) ?? '']) expect(shown.stdout).not.toContain(secret.slice(-40));
    expect(await json('keys', 'teams', 'list')).toMatchObject([{ name: 'sea', models: ['openai/*', 'fast'] }]);
    expect(await json('keys', 'delete', id)).toEqual({ deleted: id });
    expect(await json('keys', 'teams', 'delete', 'sea')).toEqual({ deleted: 'sea' });
  }, 40_000);

  it.each([
    [['keys', 'create', '--name', 'x', '--scopes', 'root'], 'scopes'],
    [['keys', 'create', '--name', 'x', '--expires', '2001-01-01'], '2001-01-01'],
    [['keys', 'create', '--name', 'x', '--team', 'none'], 'none'],
    [['keys', 'create'], '--name'],
    [['keys', 'show', 'none'], 'none'],
    [['keys', 'users', 'set', 'a/b'], 'name'],
    [['audit', 'verify', '--head', 'x'], '--head'],
  ])('%j is refused in plain words', async (args, words) => {
    const { code, stderr, stdout } = await run(...args, '--json');
    expect(code, stderr).toBe(2);
    expect(stderr).toContain(words);
    expect((JSON.parse(stdout) as { error: { hint: string } }).error.hint).toBeTruthy();
  });
});

describe('shoal audit', () => {
  it('lists, verifies and exports the chain, and ends with 1 where it is broken', async () => {
    await json('keys', 'users', 'set', 'ada');
    const entries = (await json('audit', 'list', '--limit', '1000')) as { action: string; actor: string }[];
    expect(entries.at(-1)).toMatchObject({ action: 'user.created', actor: 'command line' });
    await json('keys', 'users', 'set', 'ada', '--concurrency', '3');
    const newest = await run('audit', 'list', '--newest', '--limit', '1');
    expect(newest.stdout).toMatch(/command line {2}user\.changed {2}ada\n {5}limits: \{\} → \{"concurrency":3\}/);
    const { head } = (await json('audit', 'verify')) as { head: { seq: number; hash: string } };
    expect(await json('audit', 'verify', '--head', `${head.seq}:${head.hash}`)).toMatchObject({ kind: 'whole' });
    const out = join(home.folder, 'audit.jsonl');
    await json('audit', 'export', '-o', out);
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(entries.length + 1);

    const database = new DatabaseSync(join(home.folder, 'catalog.sqlite'));
    onTestFinished(() => database.close());
    database.exec(`UPDATE audit SET actor = 'nobody' WHERE seq = ${head.seq}`);
    const broken = await run('audit', 'verify', '--json');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: 'audit_broken', details: { seq: head.seq } } });
    const doctor = await run('doctor', '--json');
    expect(doctor.code).toBe(1);
    expect(JSON.parse(doctor.stdout)).toContainEqual(expect.objectContaining({ name: 'audit', state: 'bad' }));
    database.exec(`UPDATE audit SET actor = 'command line' WHERE seq = ${head.seq}`);
  }, 40_000);
});

describe('shoal config', () => {
  it('shows, compares and applies config.yaml at a running server; doctor shows a bad one', async () => {
    const { folder, remove } = temporaryHome();
    const path = homeAt(folder, {}).config;
    const system = openSystem(homeAt(folder, {}), {});
    const server = await createServer(system);
    await server.listen({ host: '127.0.0.1', port: 0 });
    onTestFinished(async () => {
      await server.close();
      await system.close();
      remove();
    });
    const at = ['--url', `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`, '--home', folder, '--json'];
    const answer = async (...args: string[]): Promise<unknown> => JSON.parse((await shoal([...args, ...at])).stdout) as unknown;

    writeFileSync(path, 'gateway: { limits: { concurrency: 7 } }\n');
    const changes = [{ path: 'gateway.limits.concurrency', before: 64, after: 7 }];
    expect(await answer('config', 'diff')).toMatchObject({ kind: 'pending', changes });
    const applied = await shoal(['config', 'apply', ...at]);
    expect(JSON.parse(applied.stdout)).toEqual({ applied: changes });
    expect(applied.stderr).toContain('~ gateway.limits.concurrency: 64 → 7');
    expect(await answer('config', 'diff')).toEqual({ kind: 'current' });
    expect(JSON.parse((await shoal(['config', 'show', '--home', folder, '--json'])).stdout)).toMatchObject({
      'gateway.limits.concurrency': 7,
    });

    writeFileSync(path, 'gateway: { limits: { concurrency: many } }\n');
    expect(await answer('config', 'apply')).toMatchObject({ error: { code: 'invalid_config' } });
    const doctor = JSON.parse((await shoal(['doctor', '--home', folder, '--json'])).stdout) as unknown;
    expect(doctor).toContainEqual(
      expect.objectContaining({ name: 'config', state: 'bad', advice: expect.stringContaining('goes on') as string }),
    );
    rmSync(path);
  }, 60_000);

  it('says where it looked when no server answers', async () => {
    const { code, stdout } = await run('config', 'diff', '--url', 'http://127.0.0.1:9', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'conflict', hint: expect.stringContaining('--url') as string } });
  });
});

it('serves beyond loopback once an administrator has a key, and then only with keys', async () => {
  const { secret } = KeyMade.parse(await json('keys', 'create', '--name', 'root', '--scopes', 'admin'));
  const child = spawn(process.execPath, [COMMAND, 'serve', '--host', '0.0.0.0', '--port', '0', '--json', '--home', home.folder]);
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  });
  let said = '';
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes('}')) break;
  }
  const { url } = JSON.parse(said) as { url: string };
  const runs = `http://127.0.0.1:${new URL(url).port}/api/v1/runs`;
  expect((await fetch(runs)).status).toBe(401);
  expect((await fetch(runs, { headers: { authorization: `Bearer ${secret}` } })).status).toBe(200);
}, 30_000);
