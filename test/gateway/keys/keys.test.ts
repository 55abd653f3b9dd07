import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Principal, RefusedKey } from '#gateway/contract';
import { withoutTokens } from '../../../gateway/policy/keys/token.ts';
import { temporaryFolder, until } from '../open-gateway.ts';
import { ADMIN, open, WORKER } from './open-governance.ts';

const HOUR_MS = 3_600_000;
const reasonOf = (answer: Principal | RefusedKey): string => (answer.kind === 'refused' ? answer.reason : answer.name);

describe('a virtual key', () => {
  it('opens for its whole secret and for nothing else', () => {
    const { keys } = open();
    const { key, secret } = keys.create(WORKER, 'test');
    expect(secret).toMatch(/^sk-shoal-[a-z0-9]{10}-[\w-]{43}$/);
    expect(secret).toContain(key.id);
    expect(keys.authenticate(secret)).toMatchObject({ kind: 'key', keyId: key.id, name: 'worker' });
    for (const wrong of [secret.slice(0, -1), `${secret}a`, `sk-shoal-${key.id}-`, '', 'sk-shoal-none-none'])
      expect(keys.authenticate(wrong)).toEqual({ kind: 'refused', reason: 'unknown' });
  });

  it('says expired or disabled only to who holds the whole secret', () => {
    const { keys, clock } = open();
    const { key, secret } = keys.create({ ...WORKER, expiresAt: new Date(clock.ms + HOUR_MS).toISOString() }, 'test');
    keys.change(key.id, { disabled: true }, 'test');
    expect(reasonOf(keys.authenticate(secret))).toBe('disabled');
    keys.change(key.id, { disabled: false }, 'test');
    expect(reasonOf(keys.authenticate(secret))).toBe('worker');
    clock.ms += HOUR_MS;
    expect(reasonOf(keys.authenticate(secret))).toBe('expired');
    expect(reasonOf(keys.authenticate(`${secret.slice(0, -4)}aaaa`))).toBe('unknown');
    keys.change(key.id, { expiresAt: undefined }, 'test');
    expect(reasonOf(keys.authenticate(secret))).toBe('worker');
    keys.remove(key.id, 'test');
    expect(reasonOf(keys.authenticate(secret))).toBe('unknown');
  });

  it('has two secrets for as long as the grace of a rotation lasts', () => {
    const { keys, clock } = open();
    const { key, secret: first } = keys.create(WORKER, 'test');
    const { secret: second, key: rotated } = keys.rotate(key.id, HOUR_MS, 'test');
    expect(rotated.oldSecretUntil).toBe(new Date(clock.ms + HOUR_MS).toISOString());
    expect([first, second].map((secret) => reasonOf(keys.authenticate(secret)))).toEqual(['worker', 'worker']);
    clock.ms += HOUR_MS;
    expect([first, second].map((secret) => reasonOf(keys.authenticate(secret)))).toEqual(['expired', 'worker']);
    const { secret: third } = keys.rotate(key.id, 0, 'test');
    expect([first, second, third].map((secret) => reasonOf(keys.authenticate(secret)))).toEqual(['unknown', 'expired', 'worker']);
  });

  it('a later rotation with a longer grace does not lengthen an earlier one', () => {
    const { keys, clock } = open();
    const { key, secret } = keys.create(WORKER, 'test');
    keys.rotate(key.id, HOUR_MS, 'test');
    keys.rotate(key.id, 10 * HOUR_MS, 'test');
    clock.ms += HOUR_MS;
    expect(reasonOf(keys.authenticate(secret))).toBe('expired');
  });

  it('is narrowed by its team and its user', () => {
    const { keys } = open();
    keys.setHolder('team', { name: 'sea', models: ['openai/*'], limits: { concurrency: 4, requestsPerMinute: 10 } }, 'test');
    keys.setHolder('user', { name: 'ada', models: undefined, limits: { tokensPerMinute: 7 } }, 'test');
    const wish = { ...WORKER, team: 'sea', user: 'ada', models: ['*'], limits: { concurrency: 9, requestsPerMinute: 2 } };
    const { secret, key } = keys.create(wish, 'test');
    expect(keys.authenticate(secret)).toMatchObject({
      team: 'sea',
      user: 'ada',
      models: ['*'],
      narrowedBy: [['openai/*']],
      limits: { concurrency: 4, requestsPerMinute: 2, tokensPerMinute: 7 },
      budget: `shoal/team:sea/user:ada/key:${key.id}`,
    });
    keys.setHolder('team', { name: 'sea', models: undefined, limits: { concurrency: 1 } }, 'test');
    expect(keys.authenticate(secret)).toMatchObject({ limits: { concurrency: 1, requestsPerMinute: 2 } });
    expect(keys.authenticate(secret)).not.toHaveProperty('narrowedBy');
  });

  it('opens its budget and those above it, with limits only where they are given', () => {
    const { keys, opened } = open();
    keys.setHolder('team', { name: 'sea', models: undefined, limits: {}, limitNanoUsd: 5 }, 'test');
    const { key } = keys.create({ ...WORKER, team: 'sea', limitNanoUsd: 3 }, 'test');
    expect(opened).toEqual([
      ['shoal/team:sea', 'shoal', 5],
      ['shoal/team:sea', 'shoal', undefined],
      [`shoal/team:sea/key:${key.id}`, 'shoal/team:sea', 3],
    ]);
  });

  it('needs its team and user to be there, and they stay while a key names them', () => {
    const { keys } = open();
    expect(() => keys.create({ ...WORKER, team: 'none' }, 'test')).toThrow(/no team called none/);
    keys.setHolder('team', { name: 'sea', models: undefined, limits: {} }, 'test');
    const { key } = keys.create({ ...WORKER, team: 'sea' }, 'test');
    expect(() => keys.removeHolder('team', 'sea', 'test')).toThrowError(expect.objectContaining({ code: 'conflict' }));
    keys.remove(key.id, 'test');
    keys.removeHolder('team', 'sea', 'test');
    expect(keys.holders('team')).toEqual([]);
    expect(() => keys.removeHolder('team', 'sea', 'test')).toThrowError(expect.objectContaining({ code: 'not_found' }));
  });

  it('of an administrator counts only while it opens', () => {
    const { keys, clock } = open();
    expect(keys.hasAdmin()).toBe(false);
    keys.create(WORKER, 'test');
    expect(keys.hasAdmin()).toBe(false);
    const { key } = keys.create({ ...ADMIN, expiresAt: new Date(clock.ms + HOUR_MS).toISOString() }, 'test');
    expect(keys.hasAdmin()).toBe(true);
    keys.change(key.id, { disabled: true }, 'test');
    expect(keys.hasAdmin()).toBe(false);
    keys.change(key.id, { disabled: false }, 'test');
    clock.ms += HOUR_MS;
    expect(keys.hasAdmin()).toBe(false);
  });

  it('leaves every act in the audit chain, and its secret nowhere', () => {
    const folder = temporaryFolder();
    const governance = open(join(folder, 'catalog.sqlite'));
    const { keys, audit } = governance;
    const { key, secret } = keys.create(WORKER, 'ada');
    const { secret: second } = keys.rotate(key.id, 0, 'ada');
    keys.change(key.id, { disabled: true }, 'bob');
    keys.change(key.id, { disabled: false }, 'bob');
    keys.change(key.id, { name: 'other' }, 'bob');
    keys.remove(key.id, 'bob');
    expect(audit.list({}).map(({ actor, action, subject }) => [actor, action, subject === key.id])).toEqual([
      ['ada', 'key.created', true],
      ['ada', 'key.rotated', true],
      ['bob', 'key.disabled', true],
      ['bob', 'key.enabled', true],
      ['bob', 'key.changed', true],
      ['bob', 'key.deleted', true],
    ]);
    expect(audit.list({ after: 4, limit: 1 })[0]).toMatchObject({ before: { name: 'worker' }, after: { name: 'other' } });
    expect(audit.verify()).toMatchObject({ kind: 'whole', entries: 6 });
    for (const name of readdirSync(folder)) {
      const bytes = readFileSync(join(folder, name));
      for (const one of [secret, second]) expect(bytes.includes(one.slice(-43)), name).toBe(false);
    }
    governance.close();
  });

  it('is not made where its act cannot be recorded', () => {
    const { keys } = open();
    const unspeakable = { ...WORKER, limits: { concurrency: Number.NaN } };
    expect(() => keys.create(unspeakable, 'test')).toThrow(/no JSON form/);
    expect(keys.list()).toEqual([]);
  });

  it('that another process changes is seen within a second or so', async () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const here = open(path);
    const there = open(path);
    const { key, secret } = here.keys.create(WORKER, 'test');
    await until(() => there.keys.authenticate(secret).kind === 'key');
    there.keys.change(key.id, { disabled: true }, 'test');
    await until(() => here.keys.authenticate(secret).kind === 'refused');
    expect(reasonOf(here.keys.authenticate(secret))).toBe('disabled');
  });

  it('remembers when it was last used, written behind', () => {
    const path = join(temporaryFolder(), 'catalog.sqlite');
    const first = open(path);
    const { key, secret } = first.keys.create(WORKER, 'test');
    expect(first.keys.view(key.id).lastUsedAt).toBeUndefined();
    first.keys.authenticate(secret);
    const used = new Date(first.clock.ms).toISOString();
    expect(first.keys.view(key.id).lastUsedAt).toBe(used);
    first.close();
    expect(open(path).keys.view(key.id).lastUsedAt).toBe(used);
  });

  it('is taken out of texts that are shown', () => {
    const { keys } = open();
    const { secret } = keys.create(WORKER, 'test');
    expect(withoutTokens(`a ${secret}, b ${secret}.`)).toBe('a [redacted], b [redacted].');
    expect(withoutTokens('nothing here')).toBe('nothing here');
  });
});
