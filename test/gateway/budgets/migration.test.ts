// A catalogue from before budgets had windows: what was spent stays spent, and what a dead process had leased is spent.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openDatabase } from '#store';
import { temporaryFolder } from '../open-gateway.ts';
import { createMachine } from './machine.ts';

/** The tables of the first version, as far as budgets go. */
const FIRST_VERSION = `
  CREATE TABLE gateway_owners (
    id TEXT PRIMARY KEY, pid INTEGER NOT NULL, started TEXT NOT NULL, boot TEXT NOT NULL, epoch INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE budget_nodes (
    id TEXT PRIMARY KEY, parent TEXT REFERENCES budget_nodes (id), limit_nano INTEGER, spent_nano INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE TABLE budget_leases (
    owner TEXT NOT NULL, node TEXT NOT NULL REFERENCES budget_nodes (id), amount_nano INTEGER NOT NULL,
    PRIMARY KEY (owner, node)
  ) STRICT, WITHOUT ROWID;
  INSERT INTO gateway_owners VALUES ('7-dead', 7, 'long ago', 'boot-1-', 0);
  INSERT INTO budget_nodes VALUES ('shoal', NULL, NULL, 500), ('shoal/run:a', 'shoal', 1000, 500);
  INSERT INTO budget_leases VALUES ('7-dead', 'shoal/run:a', 60)`;

it('budgets of the first version are taken over', () => {
  const path = join(temporaryFolder(), 'catalog.sqlite');
  openDatabase(path, { room: 'gateway', migrations: [FIRST_VERSION] }).close();
  const { ledger, quit } = createMachine(path).start();
  expect(ledger.balance('shoal/run:a')).toMatchObject({
    parent: 'shoal',
    limitNanoUsd: 1000,
    limitTokens: undefined,
    window: { kind: 'none' },
    edge: 'hard',
    spentNanoUsd: 560,
    reservedNanoUsd: 0,
    headroomNanoUsd: 440,
  });
  expect(ledger.balance('shoal')).toMatchObject({ limitNanoUsd: undefined, spentNanoUsd: 500 });
  expect(ledger.reserve('shoal/run:a', 440)).toMatchObject({ kind: 'held' });
  expect(ledger.reserve('shoal/run:a', 1)).toMatchObject({ kind: 'denied' });
  quit();
});
