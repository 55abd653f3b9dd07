// Documents by web address over the real app: offered only where the configuration allows it, and never taken from the
// server's own network.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../app/helpers.ts';
import { openPage, startBrowser } from './browser.ts';
import { buildPage } from './build-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'shoal-addresses-'));
let browser: Browser;

beforeAll(async () => {
  buildPage(folder);
  browser = await startBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function newRun(config: string): Promise<{ page: Page; url: string }> {
  const server = await startServer({}, config, { page: folder });
  onTestFinished(() => server.close());
  const { page } = await openPage(browser, {});
  onTestFinished(() => page.context().close());
  const told = page.waitForResponse(/\/api\/v1\/status$/);
  await page.goto(`${server.url}/new`);
  await told;
  await page.getByRole('option', { name: /rule-based/ }).waitFor({ state: 'attached' });
  return { page, url: server.url };
}

describe('the field for web addresses', () => {
  it('is not there where the configuration does not allow them', async () => {
    const { page } = await newRun('');
    await page.getByLabel('Documents').waitFor({ state: 'attached' });
    expect(await page.getByLabel('Web addresses').count()).toBe(0);
  }, 60_000);

  it('is there where it does, and says why an address of the server’s own network is refused', async () => {
    const { page, url } = await newRun('documents:\n  allowUrls: true\n');
    await page.getByLabel('Web addresses').fill(`${url}/healthz`);
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    const files = page.getByRole('list', { name: 'Chosen files' });
    await files.getByText(/private or reserved network/).waitFor();
    await files.getByRole('button', { name: `Remove ${url}/healthz` }).click();
    await expect.poll(() => files.count(), { timeout: 15_000 }).toBe(0);
  }, 60_000);
});
