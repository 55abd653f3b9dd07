// What providers say of their limits, in the forms in which they say it.
import { describe, expect, it } from 'vitest';
import { readRateLimits, retryAfterMs } from '../../../gateway/models/providers/rate-limits.ts';

const NOW = Date.parse('2026-11-25T12:00:00Z');

describe('limits in the headers of an answer', () => {
  it('are read as OpenAI, Groq and others write them', () => {
    const headers = {
      'x-ratelimit-limit-requests': '5000',
      'x-ratelimit-limit-tokens': '160000',
      'x-ratelimit-remaining-requests': '4999',
      'x-ratelimit-remaining-tokens': '159976',
      'x-ratelimit-reset-requests': '17ms',
      'x-ratelimit-reset-tokens': '6m0.5s',
    };
    expect(readRateLimits(headers, NOW)).toEqual({
      limitRequests: 5000,
      limitTokens: 160_000,
      remainingRequests: 4999,
      remainingTokens: 159_976,
      resetRequestsMs: 17,
      resetTokensMs: 360_500,
    });
  });

  it('are read as Anthropic writes them', () => {
    const headers = {
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-25T12:00:30Z',
      'anthropic-ratelimit-tokens-remaining': '1000',
      'anthropic-ratelimit-tokens-reset': '2026-11-25T11:59:00Z',
      'retry-after': '30',
    };
    expect(readRateLimits(headers, NOW)).toEqual({
      limitRequests: 50,
      remainingRequests: 0,
      remainingTokens: 1000,
      resetRequestsMs: 30_000,
      resetTokensMs: 0,
      retryAfterMs: 30_000,
    });
  });

  it.each([
    ['seconds from now', '12', 12_000],
    ['seconds since 1970', String(NOW / 1000 + 5), 5000],
    ['milliseconds since 1970', String(NOW + 2500), 2500],
    ['hours and minutes', '1h2m', 3_720_000],
  ])('are reset in %s', (_form, text, ms) => {
    expect(readRateLimits({ 'x-ratelimit-reset': text }, NOW)).toEqual({ resetRequestsMs: ms });
  });

  it('are not there where nothing is said, or nothing that can be read', () => {
    expect(readRateLimits({ 'content-type': 'application/json' })).toBeUndefined();
    expect(
      readRateLimits({ 'x-ratelimit-remaining-requests': 'many', 'x-ratelimit-reset-tokens': '', 'retry-after': 'x' }),
    ).toBeUndefined();
    expect(readRateLimits({ 'x-ratelimit-remaining-requests': '-1' })).toBeUndefined();
  });

  it('are read off the first of several headers of one name', () => {
    expect(readRateLimits({ 'x-ratelimit-remaining-requests': ['7', '8'] })).toEqual({ remainingRequests: 7 });
  });
});

describe('when to come back', () => {
  it.each([
    [{ 'retry-after-ms': '250' }, 250],
    [{ 'x-ms-retry-after-ms': '250' }, 250],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Wed, 25 Nov 2026 12:00:10 GMT' }, 10_000],
    [{ 'retry-after': 'Wed, 25 Nov 2026 11:00:00 GMT' }, 0],
    [{ 'retry-after': '-5' }, undefined],
  ])('%j', (headers, ms) => {
    expect(retryAfterMs(headers, '', NOW)).toBe(ms);
  });
});
