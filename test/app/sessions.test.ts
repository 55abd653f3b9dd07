import { describe, expect, it } from 'vitest';
import { ShoalError } from '#foundation';
import { createSessions, sessionCookie, type Sessions } from '../../app/http/sessions.ts';
import { newKeyOf } from '../../app/key-requests.ts';
import { open } from '../gateway/keys/open-governance.ts';

const HOUR_MS = 3_600_000;
const GUEST = newKeyOf({ name: 'guest', scopes: ['read'], limits: {}, allowUnpriced: false });

function openSessions(): { sessions: Sessions; secret: string; clock: { ms: number }; signIn: () => string } {
  const { keys, clock } = open();
  const { secret } = keys.create(GUEST, 'test');
  const sessions = createSessions(
    keys,
    () => 2,
    () => clock.ms,
  );
  const signIn = (): string => {
    const opened = sessions.open(secret);
    if (opened instanceof ShoalError) throw opened;
    return sessionCookie(opened.token, opened.seconds, false).split(';')[0] ?? '';
  };
  return { sessions, secret, clock, signIn };
}

describe('a session', () => {
  it('lasts as long as the configuration says, and no longer', () => {
    const { sessions, clock, signIn } = openSessions();
    const cookie = signIn();
    clock.ms += 2 * HOUR_MS - 1;
    expect(sessions.principalOf(`theme=dark; ${cookie}; other=1`)?.name).toBe('guest');
    clock.ms += 1;
    expect(sessions.principalOf(cookie)).toBeUndefined();
  });

  it('is another one each time, and closing one leaves the others', () => {
    const { sessions, signIn } = openSessions();
    const [one, other] = [signIn(), signIn()];
    expect(one).not.toBe(other);
    sessions.close(one);
    expect(sessions.principalOf(one)).toBeUndefined();
    expect(sessions.principalOf(other)?.name).toBe('guest');
  });

  it('is not opened by the key itself, nor by nothing', () => {
    const { sessions, secret } = openSessions();
    for (const cookies of [undefined, '', `shoal_session=${secret}`, 'shoal_session=', 'xshoal_session=1'])
      expect(sessions.principalOf(cookies)).toBeUndefined();
  });

  it('gives way to newer ones when there are very many', () => {
    const { sessions, signIn } = openSessions();
    const first = signIn();
    const second = signIn();
    for (let count = 0; count < 9_999; count++) signIn();
    expect(sessions.principalOf(first)).toBeUndefined();
    expect(sessions.principalOf(second)?.name).toBe('guest');
  });
});
