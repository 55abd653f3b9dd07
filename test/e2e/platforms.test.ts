// A market's panel and a chat's groups in a real browser over the real app, as of a round. SHOAL_PICTURES=<folder> takes
// pictures.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadScenario, withOverrides } from '#scenarios';
import type { Scenario } from '#scenarios/contract';
import { startServer, type RunningServer } from '../app/helpers.ts';
import { openPage, serious, startBrowser } from './browser.ts';
import { buildPage } from './build-page.ts';

const PICTURES = process.env['SHOAL_PICTURES'];
const folder = mkdtempSync(join(tmpdir(), 'shoal-platforms-page-'));
let browser: Browser;
let server: RunningServer;

beforeAll(async () => {
  buildPage(folder);
  browser = await startBrowser();
  server = await startServer({}, '', { page: folder });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A short run on other platforms than its scenario's. */
async function lived(name: string, platforms: (before: Scenario['platforms']) => Scenario['platforms']): Promise<string> {
  const loaded = withOverrides(await loadScenario(name), { size: 150, rounds: 14, ensemble: 1 });
  const { id } = server.system.runs.create({
    ...loaded,
    scenario: { ...loaded.scenario, platforms: platforms(loaded.scenario.platforms) },
  });
  await server.system.runs.go(id, { threads: 0 });
  return id;
}

async function theatre(run: string, name: string, search = ''): Promise<{ page: Page; complaints: readonly string[] }> {
  const watched = await openPage(browser);
  onTestFinished(() => watched.page.context().close());
  await watched.page.goto(`${server.url}/runs/${run}?tab=theatre${search}`);
  if (PICTURES !== undefined) {
    mkdirSync(resolve(PICTURES), { recursive: true });
    await watched.page.waitForTimeout(3000);
    await watched.page.screenshot({ path: join(resolve(PICTURES), `${name}.png`), fullPage: true });
  }
  return watched;
}

describe('a market in the theatre', () => {
  it('shows prices, their course, the book and who traded last', async () => {
    const run = await lived('market-announcement', (before) =>
      before.map((platform) => (platform.kind === 'market' ? { kind: 'market', market: { mechanism: 'auction' } } : platform)),
    );
    const { page, complaints } = await theatre(run, 'auction');
    const panel = page.getByRole('region', { name: 'Market' });
    await panel.getByRole('list', { name: 'Prices' }).getByText('A merger with Norrvik Motors').waitFor();
    await panel.getByText('Agents trade shares of every answer with one another').waitFor();
    expect(
      await panel
        .getByRole('list', { name: 'Prices' })
        .getByText(/^\d+¢$/)
        .count(),
    ).toBe(3);
    const book = panel.getByRole('table', { name: 'Bids' });
    await book.waitFor();
    await panel.getByLabel('Order book').selectOption('The sale of the storage division');
    expect(
      await panel
        .getByRole('table', { name: /Bids|Asks/ })
        .getByText(/^\d+¢$/)
        .count(),
    ).toBeGreaterThan(1);
    await panel.getByRole('table', { name: 'Last trades' }).getByRole('link').first().click();
    await page.waitForURL(/agent=\d+/);
    expect(await serious(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);
});

describe('a chat in the theatre', () => {
  it('shows groups as of the round, and in which one a message was written', async () => {
    const run = await lived('unfinished-story', (before) => before);
    const { page, complaints } = await theatre(run, 'groups', '&platform=chat');
    const groups = page.getByRole('region', { name: 'Groups' });
    await groups
      .getByText(/\d+ members?, \d+ messages?/)
      .first()
      .waitFor();
    await page
      .getByText(/^in the group “.+’s group on .+”$/)
      .first()
      .waitFor();
    const now = await groups.innerText();
    await page.goto(`${server.url}/runs/${run}?tab=theatre&round=0`);
    await groups
      .getByText(/members?|Nobody has made a group/)
      .first()
      .waitFor();
    expect(await groups.innerText()).not.toBe(now);
    expect(await serious(page)).toEqual([]);
    expect(complaints).toEqual([]);
  }, 90_000);
});
