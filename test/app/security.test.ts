import { describe, expect, it } from 'vitest';
import { LOCAL_PRINCIPAL } from '#gateway';
import type { Principal } from '#gateway/contract';
import { ShoalError } from '#foundation';
import { createDoor, checkBinding, type Door } from '../../app/http/security.ts';

const GOOD = 'sk-shoal-good-secret';
const KEYED: Principal = { ...LOCAL_PRINCIPAL, kind: 'key', keyId: 'good', name: 'good' };
const ACCESS = { requireKeys: false, allowedHosts: ['shoal.example.org'], sessionHours: 1 };

const doorAt = (host: string, access = ACCESS): Door =>
  createDoor({
    host,
    keys: { authenticate: (token) => (token === GOOD ? KEYED : { kind: 'refused', reason: 'unknown' }) },
    sessions: { principalOf: (cookies) => (cookies === 'shoal_session=open' ? KEYED : undefined) },
    access: () => access,
  });

const local = { host: '127.0.0.1:4800' };

describe('at loopback, by Host and Origin', () => {
  const door = doorAt('127.0.0.1', { ...ACCESS, allowedHosts: [] });

  it.each([
    ['a page of our own reads', 'GET', { ...local, 'sec-fetch-site': 'same-origin' }],
    ['a page of our own writes', 'POST', { ...local, origin: 'http://127.0.0.1:4800', 'sec-fetch-site': 'same-origin' }],
    ['a script without an Origin writes', 'POST', local],
    ['localhost by name', 'POST', { host: 'localhost:4800', origin: 'http://localhost:4800' }],
    ['IPv6 loopback', 'GET', { host: '[::1]:4800' }],
    ['a link on another site is followed', 'GET', { ...local, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('%s: let in', (_name, method, headers) => {
    expect(() => door.checkOrigin(method, headers)).not.toThrow();
  });

  it.each([
    ['a rebound name', 'GET', { host: 'evil.example:4800' }],
    ['an address of another machine', 'GET', { host: '192.168.1.5:4800' }],
    ['no Host at all', 'GET', {}],
    ['another site posts', 'POST', { ...local, origin: 'https://evil.example' }],
    ['an https page of the same name posts', 'POST', { ...local, origin: 'https://127.0.0.1:4800' }],
    ['another port of this machine posts', 'POST', { ...local, origin: 'http://127.0.0.1:9999' }],
    [
      'another site posts a form without an Origin',
      'POST',
      { ...local, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    ],
    ['another site fetches', 'GET', { ...local, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
    ['a null origin', 'POST', { ...local, origin: 'null' }],
    ['a name that begins like ours', 'GET', { host: '127.0.0.1.evil.example' }],
  ])('%s: refused', (_name, method, headers) => {
    expect(() => door.checkOrigin(method, headers)).toThrowError(expect.objectContaining({ code: 'origin_refused' }));
  });
});

describe('beyond loopback, by Host and Origin', () => {
  it.each([
    ['192.168.1.5', { host: '192.168.1.5:4800' }],
    ['0.0.0.0', { host: '10.1.2.3:4800' }],
    ['::', { host: '[fd00::1]:4800' }],
    ['192.168.1.5', { host: 'shoal.example.org', origin: 'https://shoal.example.org' }],
    ['192.168.1.5', { host: 'SHOAL.example.org', origin: 'http://SHOAL.example.org' }],
  ])('at %s, %j is let in', (host, headers) => {
    expect(() => doorAt(host).checkOrigin('POST', headers)).not.toThrow();
  });

  it.each([
    ['192.168.1.5', { host: '10.1.2.3:4800' }],
    ['0.0.0.0', { host: 'evil.example' }],
    ['0.0.0.0', { host: 'shoal.example.org', origin: 'https://evil.example' }],
  ])('at %s, %j is refused', (host, headers) => {
    expect(() => doorAt(host).checkOrigin('POST', headers)).toThrowError(expect.objectContaining({ code: 'origin_refused' }));
  });
});

const whoAt = (host: string, headers: Record<string, string>, remote = '127.0.0.1', access = ACCESS): string => {
  const who = doorAt(host, access).identify({ ...local, ...headers }, remote);
  if (!(who instanceof ShoalError)) return who.name;
  expect(who.code).toBe('unauthenticated');
  expect(who.hint).toBeTruthy();
  return String(who.details['reason']);
};

describe('who somebody is', () => {
  it.each([
    ['nobody special', {}, 'local'],
    ['a client that must send some key', { authorization: 'Bearer sk-anything' }, 'local'],
    ['a client that must send some x-api-key', { 'x-api-key': 'anything' }, 'local'],
    ['a key of ours', { authorization: `Bearer ${GOOD}` }, 'good'],
    ['a key of ours, written otherwise', { authorization: `bearer  ${GOOD} ` }, 'good'],
    ['a key of ours as x-api-key', { 'x-api-key': GOOD }, 'good'],
    ['a key of ours beside another', { authorization: 'Bearer x', 'x-api-key': GOOD }, 'good'],
    ['a wrong key of ours', { authorization: 'Bearer sk-shoal-bad' }, 'unknown'],
    ['what came through a proxy', { 'x-forwarded-for': '10.0.0.1' }, 'missing'],
    ['what names a public host', { host: 'shoal.example.org' }, 'missing'],
  ])('at loopback: %s', (_name, headers, name) => {
    expect(whoAt('127.0.0.1', headers)).toBe(name);
  });

  it('at loopback: what the socket says comes from elsewhere', () => {
    expect(whoAt('127.0.0.1', {}, '10.0.0.9')).toBe('missing');
    expect(whoAt('::1', { host: '[::1]:1' }, '::ffff:127.0.0.1')).toBe('local');
  });

  it('with requireKeys: only keys and sign-ins', () => {
    const strict = { ...ACCESS, requireKeys: true };
    expect(whoAt('127.0.0.1', {}, '127.0.0.1', strict)).toBe('missing');
    expect(whoAt('127.0.0.1', { 'x-api-key': GOOD }, '127.0.0.1', strict)).toBe('good');
    expect(whoAt('127.0.0.1', { cookie: 'shoal_session=open' }, '127.0.0.1', strict)).toBe('good');
  });

  it.each([
    ['nobody special', {}, 'missing'],
    ['another key', { authorization: 'Bearer sk-anything' }, 'unknown'],
    ['another scheme', { authorization: 'Basic abc' }, 'missing'],
    ['a key of ours', { authorization: `Bearer ${GOOD}` }, 'good'],
    ['a session', { cookie: 'shoal_session=open' }, 'good'],
    ['a session and a bad key of ours', { cookie: 'shoal_session=open', 'x-api-key': 'sk-shoal-bad' }, 'unknown'],
    ['a session that is none', { cookie: 'shoal_session=shut' }, 'missing'],
  ])('beyond loopback, even from this machine: %s', (_name, headers, name) => {
    expect(whoAt('0.0.0.0', headers)).toBe(name);
  });
});

it('binds beyond loopback only where an administrator has a key', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1', '127.8.8.8']) expect(() => checkBinding(host, false)).not.toThrow();
  for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
    expect(() => checkBinding(host, false)).toThrowError(expect.objectContaining({ code: 'invalid_config' }));
    expect(() => checkBinding(host, true)).not.toThrow();
  }
});
