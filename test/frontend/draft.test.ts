// A draft becomes a request only when it is complete, and then says no more than it must.
import { describe, expect, it } from 'vitest';
import { FIRST_DRAFT, requestOf } from '../../frontend/new-run/draft.ts';
import type { Upload, UploadState } from '../../frontend/shared/use-uploads.ts';
import { SCENARIOS } from './fixture-world.ts';

const upload = (state: UploadState): Upload => ({ key: 'k', source: new File(['x'], 'notes.txt'), state });
const read = upload({ kind: 'read', file: { name: 'notes.txt', bytes: 1, sha256: 'a'.repeat(64) } });
const asked = { ...FIRST_DRAFT, question: 'Will it rain?' };

describe('a draft', () => {
  it('needs a document that was read and a question', () => {
    expect(requestOf(asked, undefined, []).kind).toBe('incomplete');
    expect(requestOf(asked, undefined, [upload({ kind: 'refused', reason: 'no text' })]).kind).toBe('incomplete');
    expect(requestOf(FIRST_DRAFT, undefined, [read]).kind).toBe('incomplete');
    expect(requestOf(asked, undefined, [read]).kind).toBe('complete');
  });

  it('waits while a file is on its way', () => {
    expect(requestOf(asked, undefined, [read, upload({ kind: 'sending' })])).toMatchObject({ kind: 'incomplete' });
  });

  it('leaves refused files out', () => {
    const complete = requestOf(asked, undefined, [read, upload({ kind: 'refused', reason: 'no text' })]);
    expect(complete).toMatchObject({ request: { uploads: [{ name: 'notes.txt' }], question: 'Will it rain?' } });
  });

  it('of a scenario repeats its question only where the person changed it', () => {
    const [scenario] = SCENARIOS;
    const same = requestOf({ ...FIRST_DRAFT, question: scenario?.questions[0] ?? '' }, scenario, []);
    expect(same).toMatchObject({ request: { scenario: 'quickstart' } });
    expect(same.kind === 'complete' && 'question' in same.request).toBe(false);
    expect(requestOf(asked, scenario, [])).toMatchObject({ request: { question: 'Will it rain?' } });
  });

  it('speaks of share and budget only where a provider’s model is chosen', () => {
    const embedded = requestOf(asked, undefined, [read]);
    expect(embedded.kind === 'complete' && 'budgetUsd' in embedded.request).toBe(false);
    const paid = requestOf({ ...asked, model: 'openai/gpt-5-mini' }, undefined, [read]);
    expect(paid).toMatchObject({ request: { model: 'openai/gpt-5-mini', budgetUsd: 1, agentShare: 0.05 } });
  });
});
