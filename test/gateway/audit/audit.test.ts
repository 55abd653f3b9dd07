import { rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { array, assert, boolean, constantFrom, nat, pre, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AuditVerdict } from '#gateway/contract';
import { entryHash, GENESIS, walkChain, type StoredEntry } from '../../../gateway/policy/audit/chain.ts';
import { open } from '../keys/open-governance.ts';
import { temporaryFolder } from '../open-gateway.ts';

const act = (subject: string, after?: unknown): { actor: string; action: string; subject: string; after?: unknown } => ({
  actor: 'ada',
  action: 'thing.changed',
  subject,
  ...(after === undefined ? {} : { after }),
});

/** A chain as `append` would write it. */
function chainOf(subjects: readonly string[]): StoredEntry[] {
  let previous = GENESIS.hash;
  return subjects.map((subject, index) => {
    const open = { seq: index + 1, at: 'now', actor: 'ada', action: 'a.b', subject, before: '', after: '{"x":1}', previous };
    previous = entryHash(open);
    return { ...open, hash: previous };
  });
}
const headOf = (chain: readonly StoredEntry[]): { seq: number; hash: string } => chain.at(-1) ?? GENESIS;

const whole = (chain: readonly StoredEntry[], kept = chain): AuditVerdict => walkChain(chain, [headOf(kept)]);

describe('any single change of a chain is found', () => {
  const chains = array(string({ maxLength: 4 }), { minLength: 1, maxLength: 12 }).map(chainOf);
  const at = nat();

  it('an untouched chain is whole', () => {
    assert(
      property(chains, (chain) => {
        expect(whole(chain)).toMatchObject({ kind: 'whole', entries: chain.length });
      }),
    );
  });

  it('an edit of any field', () => {
    const field = constantFrom('seq', 'at', 'actor', 'action', 'subject', 'before', 'after', 'previous', 'hash');
    assert(
      property(chains, at, field, (chain, where, name) => {
        const index = where % chain.length;
        const changed = chain.map((entry, position) =>
          position === index ? { ...entry, [name]: name === 'seq' ? entry.seq + 1 : `${entry[name as 'at']} ` } : entry,
        );
        expect(whole(changed, chain)).toMatchObject({ kind: 'broken', seq: index + 1 });
      }),
    );
  });

  it('an edit whose own hash is made to fit', () => {
    assert(
      property(chains, at, (chain, where) => {
        const index = where % chain.length;
        const changed = chain.map((entry, position) => {
          if (position !== index) return entry;
          const open = { ...entry, subject: `${entry.subject}!` };
          return { ...open, hash: entryHash(open) };
        });
        // It is the next entry that no longer follows, or the head that is another one.
        expect(whole(changed, chain)).toMatchObject({ kind: 'broken', seq: Math.min(index + 2, chain.length) });
      }),
    );
  });

  it('a deletion, in the middle as at the end', () => {
    assert(
      property(chains, at, (chain, where) => {
        const index = where % chain.length;
        expect(whole(chain.toSpliced(index, 1), chain)).toMatchObject({ kind: 'broken', seq: index + 1 });
      }),
    );
  });

  it('two entries that change places, with or without their numbers', () => {
    assert(
      property(chains, at, at, boolean(), (chain, one, other, renumbered) => {
        const [left, right] = [one % chain.length, other % chain.length].toSorted((a, b) => a - b) as [number, number];
        pre(left !== right);
        const swapped = chain.with(left, chain[right] as StoredEntry).with(right, chain[left] as StoredEntry);
        const changed = renumbered ? swapped.map((entry, index) => ({ ...entry, seq: index + 1 })) : swapped;
        expect(whole(changed, chain)).toMatchObject({ kind: 'broken', seq: left + 1 });
      }),
    );
  });

  it('an end cut off and written anew', () => {
    assert(
      property(chains, at, (chain, where) => {
        const kept = chain.slice(0, where % chain.length);
        const anew = chainOf([...kept.map((entry) => entry.subject), ...chain.slice(kept.length).map(() => 'forged')]);
        expect(whole(anew, chain).kind).toBe('broken');
      }),
    );
  });
});

const withChain = (count: number): { path: string; headPath: string; tamper: (sql: string) => void } => {
  const folder = temporaryFolder();
  const path = join(folder, 'catalog.sqlite');
  const written = open(path);
  for (let index = 1; index <= count; index++) written.audit.append(act(`s${index}`, { index }));
  expect(written.audit.verify()).toMatchObject({ kind: 'whole', entries: count });
  written.close();
  const tamper = (sql: string): void => {
    const database = new DatabaseSync(path);
    database.exec(sql);
    database.close();
  };
  return { path, headPath: join(folder, 'audit-head.json'), tamper };
};

describe('the audit chain in its file', () => {
  it.each([
    ['an edited word', "UPDATE audit SET actor = 'eve' WHERE seq = 3", 3],
    ['one space inside the JSON', "UPDATE audit SET after = replace(after, ':', ': ') WHERE seq = 2", 2],
    ['JSON that is none any more', "UPDATE audit SET after = '{' WHERE seq = 2", 2],
    ['an entry taken out', 'DELETE FROM audit WHERE seq = 4', 4],
    ['the first one taken out', 'DELETE FROM audit WHERE seq = 1', 1],
    ['the last one cut off', 'DELETE FROM audit WHERE seq = 5', 5],
    ['the whole end cut off', 'DELETE FROM audit WHERE seq > 2', 3],
    ['all of it', 'DELETE FROM audit', 1],
    [
      'two that changed places',
      'UPDATE audit SET seq = -1 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = -1',
      2,
    ],
  ])('shows %s', (_name, sql, seq) => {
    const { path, tamper } = withChain(5);
    tamper(sql);
    const { audit } = open(path);
    expect(audit.verify()).toMatchObject({ kind: 'broken', seq });
    audit.list({});
    // What is written afterwards does not cover it up.
    for (let index = 0; index < 6; index++) audit.append(act('later'));
    expect(audit.verify()).toMatchObject({ kind: 'broken' });
  });

  it('shows a head that is gone or damaged', () => {
    const { path, headPath } = withChain(3);
    rmSync(headPath);
    const { audit } = open(path);
    expect(audit.verify()).toMatchObject({ kind: 'broken', problem: expect.stringContaining('head') as string });
    writeFileSync(headPath, 'nonsense');
    audit.append(act('later'));
    expect(audit.verify().kind).toBe('broken');
  });

  it('passes through a head that was noted elsewhere, and not through another', () => {
    const { path, headPath } = withChain(3);
    const noted = JSON.parse(readFileSync(headPath, 'utf8')) as { seq: number; hash: string };
    const { audit } = open(path);
    audit.append(act('later'));
    expect(audit.verify(noted)).toMatchObject({ kind: 'whole', entries: 4 });
    expect(audit.verify({ ...noted, hash: 'f'.repeat(64) })).toMatchObject({ kind: 'broken', seq: 3 });
    expect(audit.verify({ seq: 9, hash: noted.hash })).toMatchObject({ kind: 'broken', seq: 5 });
  });

  it('goes on after a crash between an entry and its head', () => {
    const { path, headPath } = withChain(2);
    const behind = readFileSync(headPath, 'utf8');
    const first = open(path);
    first.audit.append(act('third'));
    first.close();
    writeFileSync(headPath, behind);
    const { audit } = open(path);
    expect(audit.verify()).toMatchObject({ kind: 'whole', entries: 3 });
    audit.append(act('fourth'));
    expect(JSON.parse(readFileSync(headPath, 'utf8'))).toMatchObject({ seq: 4 });
  });

  it('is one chain when several processes write it', () => {
    const { path, headPath } = withChain(1);
    const writers = [open(path), open(path), open(path)];
    for (let index = 0; index < 30; index++) writers[index % 3]?.audit.append(act(`w${index}`));
    expect(writers[0]?.audit.verify()).toMatchObject({ kind: 'whole', entries: 31 });
    expect(JSON.parse(readFileSync(headPath, 'utf8'))).toMatchObject({ seq: 31 });
  });

  it('pages', () => {
    const { audit } = open();
    for (let index = 1; index <= 5; index++) audit.append(act(`s${index}`));
    expect(audit.list({ after: 1, limit: 2 }).map((entry) => entry.subject)).toEqual(['s2', 's3']);
  });
});
