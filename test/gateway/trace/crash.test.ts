// A process that is killed while it logs: rows and sums are of the same calls.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../open-gateway.ts';
import { openTraces } from './entries.ts';

const CHILD = fileURLToPath(new URL('../../fixtures/logging-child.ts', import.meta.url));

it.each([2, 30])('after SIGKILL usage is the sum of the rows that were kept (%i thousand calls)', async (thousands) => {
  const databasePath = join(temporaryFolder(), 'catalog.sqlite');
  const child = spawn(process.execPath, [CHILD, databasePath], { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
    if (said.length >= thousands) child.kill('SIGKILL');
  });
  await new Promise((resolve) => child.once('close', resolve));
  const opened = openTraces({}, { databasePath });
  const rows = JSON.parse([...opened.traces.exportRequests({}, 'json')].join('')) as { costNanoUsd: number; runId: string }[];
  expect(rows.length).toBeGreaterThanOrEqual(thousands * 1000 - 2000);
  for (const { group, calls, costNanoUsd } of opened.traces.usage({ by: ['run'] })) {
    const kept = rows.filter(({ runId }) => runId === group.run);
    expect([calls, costNanoUsd]).toEqual([kept.length, kept.reduce((sum, row) => sum + row.costNanoUsd, 0)]);
  }
});
