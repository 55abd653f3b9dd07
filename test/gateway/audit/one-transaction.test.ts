// A process is killed in the middle of an administrative act: the act and its entry are both there, or neither is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { createGateway } from '#gateway';
import type { OpenedGateway } from '#gateway';
import { ROOT_BUDGET } from '#gateway/contract';
import { WORKER } from '../keys/open-governance.ts';
import { temporaryFolder } from '../open-gateway.ts';

const CHILD = fileURLToPath(new URL('../../fixtures/dying-administrator.ts', import.meta.url));

function open(databasePath: string): OpenedGateway {
  const gateway = createGateway({ databasePath, skills: {}, environment: {} });
  onTestFinished(() => gateway.close());
  return gateway;
}

/** What each act changes, as far as it is there. */
const CHANGED: Readonly<Record<string, (gateway: OpenedGateway) => boolean>> = {
  budget: ({ ledger }) => ledger.balance('team')?.limitNanoUsd === 6_000,
  team: ({ keys, ledger }) => keys.holders('team').length === 1 || ledger.balance(`${ROOT_BUDGET}/team:red`) !== undefined,
  'key-deleted': ({ keys, ledger }) => keys.list().length === 0 || ledger.balances().every(({ id }) => !id.includes('key:')),
};

it.each([
  ['budget', 'before-entry', false],
  ['budget', 'in-commit', false],
  ['budget', 'before-head', true],
  ['team', 'before-entry', false],
  ['team', 'in-commit', false],
  ['team', 'before-head', true],
  ['key-deleted', 'before-entry', false],
  ['key-deleted', 'before-head', true],
] as const)('%s, killed %s: both are there = %s', async (act, moment, there) => {
  const databasePath = join(temporaryFolder(), 'catalog.sqlite');
  const before = open(databasePath);
  before.ledger.open({ id: ROOT_BUDGET, parent: undefined, limitNanoUsd: undefined });
  before.ledger.open({ id: 'team', parent: ROOT_BUDGET, limitNanoUsd: 1_000 });
  before.keys.create(WORKER, 'ada');
  await before.close();

  const child = spawn(process.execPath, [CHILD, databasePath, act, moment], { stdio: 'inherit' });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');

  const after = open(databasePath);
  expect(CHANGED[act]?.(after)).toBe(there);
  expect(after.audit.list({}).map(({ actor }) => actor)).toEqual(there ? ['ada', 'eve'] : ['ada']);
  expect(after.audit.verify()).toMatchObject({ kind: 'whole', entries: there ? 2 : 1 });
});

it('a configuration is entered before it is brought into force', async () => {
  const folder = temporaryFolder();
  const databasePath = join(folder, 'catalog.sqlite');
  const config = join(folder, 'config.yaml');
  writeFileSync(config, 'gateway: { embeddingModel: embedded/rules-1, limits: { queue: 5 } }');
  const child = spawn(process.execPath, [CHILD, databasePath, 'config', 'before-change'], { stdio: 'inherit' });
  const [, signal] = (await once(child, 'close')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
  const acts = open(databasePath).audit.list({});
  expect(acts.at(-1)).toMatchObject({
    actor: 'eve',
    action: 'config.applied',
    subject: 'config.yaml',
    after: { changes: [{ path: 'gateway.limits.queue', before: 10_000, after: 5 }] },
  });
});

it('what is refused in the middle leaves neither the key’s budget nor an entry', () => {
  const gateway = open(join(temporaryFolder(), 'catalog.sqlite'));
  expect(() => gateway.keys.removeHolder('team', 'nobody', 'ada')).toThrow(/no team/);
  expect(() =>
    gateway.audit.record(() => {
      gateway.ledger.open({ id: 'half', parent: ROOT_BUDGET, limitNanoUsd: 5 });
      throw new Error('and no further');
    }),
  ).toThrow('and no further');
  expect(gateway.ledger.balance('half')).toBeUndefined();
  expect(() => gateway.ledger.reserve('half', 1)).toThrow(/no budget called half/);
  expect(gateway.audit.list({})).toEqual([]);
  // The next change is seen, though the number of the one that was undone is used again.
  gateway.ledger.open({ id: 'whole', parent: ROOT_BUDGET, limitNanoUsd: 5 });
  expect(gateway.ledger.reserve('whole', 6)).toMatchObject({ kind: 'denied' });
});
