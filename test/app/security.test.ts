import { describe, expect, it } from 'vitest';
import { checkBinding, checkOrigin } from '../../app/http/security.ts';

const local = { host: '127.0.0.1:4800' };

describe('who may come in', () => {
  it.each([
    ['a page of our own reads', 'GET', { ...local, 'sec-fetch-site': 'same-origin' }],
    ['a page of our own writes', 'POST', { ...local, origin: 'http://127.0.0.1:4800', 'sec-fetch-site': 'same-origin' }],
    ['a script without an Origin writes', 'POST', local],
    ['localhost by name', 'POST', { host: 'localhost:4800', origin: 'http://localhost:4800' }],
    ['IPv6 loopback', 'GET', { host: '[::1]:4800' }],
    ['a link on another site is followed', 'GET', { ...local, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' }],
  ])('%s: let in', (_name, method, headers) => {
    expect(() => checkOrigin(method, headers)).not.toThrow();
  });

  it.each([
    ['a rebound name', 'GET', { host: 'evil.example:4800' }],
    ['no Host at all', 'GET', {}],
    ['another site posts', 'POST', { ...local, origin: 'https://evil.example' }],
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
    expect(() => checkOrigin(method, headers)).toThrowError(expect.objectContaining({ code: 'origin_refused' }));
  });

  it('binds to loopback only', () => {
    for (const host of ['127.0.0.1', 'localhost', '::1', '127.8.8.8']) expect(() => checkBinding(host)).not.toThrow();
    for (const host of ['0.0.0.0', '::', '192.168.1.5', 'example.org']) {
      expect(() => checkBinding(host)).toThrowError(expect.objectContaining({ code: 'invalid_config' }));
    }
  });
});
