// The ledger of forecasts in a real browser over the real app: a run's forecast is sealed from its report, resolved on its
// sheet, and scored on the list.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { RunView } from '#api/contract';
import { startServer, type RunningServer } from '../app/helpers.ts';
import { openPage, serious, startBrowser, type WatchedPage } from './browser.ts';
import { buildPage } from './build-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'shoal-forecasts-page-'));
let browser: Browser;
let server: RunningServer;
let run: string;

beforeAll(async () => {
  buildPage(folder);
  browser = await startBrowser();
  server = await startServer({}, '', { page: folder });
  const made = await server.call('/api/v1/runs', { scenario: 'quickstart', agents: 40, rounds: 3, ensemble: 2 });
  run = RunView.parse(made.json).id;
  await server.rested(run);
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function visit(path: string): Promise<WatchedPage> {
  const watched = await openPage(browser, { colorScheme: 'light' });
  onTestFinished(() => watched.page.context().close());
  await watched.page.goto(server.url + path);
  return watched;
}

describe('the page of forecasts', () => {
  it('says that nothing is sealed yet', async () => {
    const { page, complaints } = await visit('/forecasts');
    await page.getByText('Nothing is sealed yet').waitFor();
    expect(complaints).toEqual([]);
  });

  it('seals a run’s forecast from its report, takes the outcome, and scores it', async () => {
    const { page, complaints } = await visit(`/runs/${run}?tab=report`);
    await page.getByText('Seal this forecast').click();
    await page.getByLabel('When the outcome should be known').fill('2100-01-31');
    await page.getByRole('button', { name: 'Seal' }).click();
    await page.getByRole('status').getByRole('link').click();
    await page.waitForURL(/\/forecasts\/f-/);
    await page.getByLabel('Where it was looked up').fill('The count');
    await page.getByRole('button', { name: 'Resolve' }).click();
    await page.getByText(/resolved: yes \(The count\)/).waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByRole('link', { name: 'All forecasts' }).click();
    await page.getByText('1 forecast sealed').waitFor();
    await page.getByText(/over 1 question/).waitFor();
    await page.getByText('2 entries, chain whole').waitFor();
    expect(await serious(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.screenshot({ path: process.env['FORECAST_PICTURE'] ?? join(folder, 'forecasts.png'), fullPage: true });
  });
});
