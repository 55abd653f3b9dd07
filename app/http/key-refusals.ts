// What somebody is told whose key does not open: why, and what to do, but never which keys there are. `expired` and
// `disabled` are said only to who holds the whole secret.
import { ShoalError } from '#foundation';
import type { Principal, RefusedKey } from '#gateway/contract';

export function principalOr(answer: Principal | RefusedKey): Principal | ShoalError {
  return answer.kind === 'refused' ? refusedKey(answer.reason) : answer;
}

const REFUSALS: Readonly<Record<RefusedKey['reason'], readonly [says: string, hint: string]>> = {
  unknown: [
    'The key is not one of this Shoal.',
    'Check that it is whole; an administrator can make another: npx shoal keys create',
  ],
  expired: ['The key has expired.', 'Ask an administrator for another one: npx shoal keys rotate'],
  disabled: ['The key is disabled.', 'Ask an administrator to enable it: npx shoal keys enable'],
};

export function refusedKey(reason: RefusedKey['reason']): ShoalError {
  const [says, hint] = REFUSALS[reason];
  return new ShoalError('unauthenticated', says, { hint, details: { reason } });
}

export function keyNeeded(): ShoalError {
  return new ShoalError('unauthenticated', 'A key is needed here.', {
    hint: 'Send it as `Authorization: Bearer sk-shoal-…` or `x-api-key`, or sign in at /sign-in. Make one: npx shoal keys create',
    details: { reason: 'missing' },
  });
}
