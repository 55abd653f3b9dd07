import { describe, expect, it } from 'vitest';
import { KeyPatch, KeyRequest, type KeyView } from '#api/contract';
import { draftOf, NEW_KEY, patchOf, requestOf, stateOf } from '../../frontend/keys/key-draft.ts';

const KEY: KeyView = {
  id: 'k1',
  name: 'Desk',
  scopes: ['invoke'],
  models: ['openai/*', 'fast'],
  limits: { concurrency: 4 },
  allowUnpriced: false,
  expiresAt: '2030-01-31T22:59:59.000Z',
  budget: 'shoal/key:k1',
  disabled: false,
  createdAt: '2026-11-01T00:00:00.000Z',
};

describe('the draft of a key', () => {
  it('asks for nothing that was left empty', () => {
    expect(KeyRequest.parse(requestOf({ ...NEW_KEY, name: ' Desk ' }))).toEqual({
      name: 'Desk',
      scopes: ['invoke'],
      limits: {},
      allowUnpriced: false,
    });
  });

  it('takes patterns with commas, and the end of the last day', () => {
    const request = requestOf({ ...NEW_KEY, name: 'Desk', models: 'openai/*, fast,', expires: '2030-01-31' });
    expect(request.models).toEqual(['openai/*', 'fast']);
    expect(new Date(request.expiresAt ?? '').getTime()).toBe(new Date('2030-01-31T23:59:59').getTime());
    expect(KeyRequest.safeParse(request).success).toBe(true);
  });

  it('changes nothing when nothing was changed, and sends only what was', () => {
    const before = draftOf(KEY);
    expect(patchOf(before, before)).toEqual({});
    const patch = patchOf(before, { ...before, models: '', expires: '', name: 'Night desk' });
    expect(KeyPatch.parse(patch)).toEqual({ name: 'Night desk', models: null, expiresAt: null });
  });

  it('knows a key that is past its end, and one that is disabled before that', () => {
    const now = Date.parse('2031-01-01T00:00:00Z');
    expect(stateOf(KEY, now)).toBe('expired');
    expect(stateOf(KEY, Date.parse('2029-01-01T00:00:00Z'))).toBe('active');
    expect(stateOf({ ...KEY, disabled: true }, now)).toBe('disabled');
  });
});
