// Many rows: the write-ahead log is moved into the file by a thread, and the thread ends with the log.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createRequestLog } from '../../../gateway/trace/request-log.ts';
import { openTraceTables } from '../../../gateway/trace/tables.ts';
import { temporaryFolder, until } from '../open-gateway.ts';
import { entry, START } from './entries.ts';

it('a log that is written fast keeps its write-ahead log small, and leaves none behind', async () => {
  const path = join(temporaryFolder(), 'catalog.sqlite');
  const log = createRequestLog(openTraceTables(path), () => START);
  let written = 0;
  const write = async (rows: number): Promise<void> => {
    for (const end = written + rows; written < end; written++) {
      log.add(entry({ id: `a-${written}` }), false);
      if (written % 500 === 499) await turn();
    }
    log.flush();
  };
  await write(15_000);
  const pages = (): number => Number(log.database.prepare('PRAGMA wal_autocheckpoint').get()?.['wal_autocheckpoint']);
  await until(() => pages() > 1000);
  await write(20_000);
  // All of it can reach the file without this connection doing anything.
  await until(() => statSync(path).size > 35_000 * 100);
  log.close();
  await until(() => !existsSync(`${path}-wal`));
  const reopened = openTraceTables(path);
  expect(reopened.prepare('SELECT count(*) AS n FROM trace_requests').get()?.['n']).toBe(35_000);
  reopened.close();
});
