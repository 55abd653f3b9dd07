// The whole path with nothing replaced: the real app in its own process, two files in, a world lived, a talk, a
// report taken away. The pictures in docs/ are its own: SHOAL_PICTURES=docs/screenshots takes them anew.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPage, startBrowser, type WatchedPage } from './browser.ts';
import { buildPage } from './build-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const home = mkdtempSync(join(tmpdir(), 'shoal-home-'));
/** Beside the home, and gone with it, unless somebody wants them: a test run leaves the checkout as it was. */
const PICTURES = resolve(ROOT, process.env['SHOAL_PICTURES'] ?? join(home, 'pictures'));
const PATIENCE = { timeout: 60_000 } as const;

const COUNCIL = `# Council weighs a harbour bridge toll

The council of Ostrava Bay will vote in March on a toll for the harbour bridge. Mayor Lena Holub said the toll is the only honest way to pay for repairs. "The bridge will not mend itself," said Mayor Lena Holub.

The Shopkeepers Union opposes the toll. "A toll would empty the old town," said Petr Dvorak, chairman of the Shopkeepers Union. The Bay Gazette reported that repairs cost 4.2 million euros.
`;
const FERRY = `Statement of the Blue Ferry Company

The Blue Ferry Company supports the bridge toll. Director Anna Moravec said the ferry can carry 900 cars a day. The Commuters Association criticised the company and opposes the toll. "We pay twice," said Jan Sykora of the Commuters Association.
`;

let app: ChildProcess;
let url = '';
let browser: Browser;
let watched: WatchedPage;

/** Starts `shoal serve` on a free port and waits for the address that it prints. */
function startApp(): Promise<string> {
  app = spawn(process.execPath, [join(ROOT, 'bin/shoal.js'), 'serve', '--port', '0'], {
    cwd: ROOT,
    env: { ...process.env, SHOAL_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer): void => {
      said += chunk.toString('utf8');
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said)?.[0];
      if (address !== undefined) resolve(address);
    };
    app.stdout?.on('data', listen);
    app.stderr?.on('data', listen);
    app.once('exit', (code) => reject(new Error(`The app ended with ${code} before it listened:\n${said}`)));
  });
}

beforeAll(async () => {
  if (!existsSync(join(ROOT, 'dist/page/index.html'))) buildPage(join(ROOT, 'dist/page'));
  mkdirSync(PICTURES, { recursive: true });
  url = await startApp();
  browser = await startBrowser();
  watched = await openPage(browser, { acceptDownloads: true, viewport: { width: 1360, height: 900 } });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  if (app !== undefined && app.exitCode === null) {
    const ended = new Promise((resolve) => app.once('exit', resolve));
    app.kill('SIGINT');
    await ended;
  }
  rmSync(home, { recursive: true, force: true });
}, 30_000);

const picture = async (page: Page, name: string): Promise<void> => {
  await page.waitForTimeout(600);
  await page.screenshot({ path: join(PICTURES, `${name}.png`) });
};
const statusOf = (page: Page): Promise<string | null> => page.locator('main header').textContent();

describe('from two documents to a report', { timeout: 180_000 }, () => {
  it('reads the files at once, says which one it cannot read, and starts', async () => {
    const { page } = watched;
    await page.goto(`${url}/new`);
    await page.getByLabel('Documents').setInputFiles([
      { name: 'council.md', mimeType: 'text/markdown', buffer: Buffer.from(COUNCIL) },
      { name: 'ferry.txt', mimeType: 'text/plain', buffer: Buffer.from(FERRY) },
      { name: 'broken.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4 cut') },
    ]);
    const files = page.getByRole('list', { name: 'Chosen files' });
    await files.getByText(/markdown · en/).waitFor();
    await files.locator('[data-state=refused]').waitFor();
    await page.getByLabel('Question').fill('Will the council approve the bridge toll?');
    await page.getByRole('textbox', { name: 'Agents' }).fill('200');
    await page.getByRole('textbox', { name: 'Rounds' }).fill('24');
    await page.getByLabel('Ensemble').fill('3');
    await page.getByText('Before it starts').waitFor();
    await page.getByText(/^Thinks with/).waitFor();
    await picture(page, 'new-run');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.waitForURL(/\/runs\/[a-z0-9-]+\?tab=progress/);
    expect(new URL(page.url()).searchParams.get('tab')).toBe('progress');
  });

  it('is watched until its report is there', async () => {
    const { page } = watched;
    await expect.poll(() => statusOf(page), { timeout: 120_000 }).toContain('Finished');
    expect(await page.locator('ol > li[data-state=done]').count()).toBe(6);
    await picture(page, 'progress');
  });

  it('answers first, with probability, spread and where opinion began', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Report' }).click();
    const forecast = page.getByRole('region', { name: 'Forecast: Will the council approve the bridge toll?' });
    await forecast.waitFor();
    expect(await forecast.textContent()).toMatch(/range over 3 worlds/);
    await picture(page, 'report');
  });

  it('shows the graph with who the documents name', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Graph' }).click();
    await page.locator('canvas').first().waitFor();
    await picture(page, 'graph');
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('button', { name: /Lena Holub/ }).click();
    const sheet = page.getByRole('complementary', { name: 'About this entity' });
    await sheet.locator('mark').first().waitFor();
    expect(await sheet.textContent()).toContain('the toll is the only honest way');
  });

  it('is scrubbed, and a reload keeps the round', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Theatre' }).click();
    const slider = page.getByRole('slider', { name: 'Round' });
    await slider.focus();
    await page.keyboard.press('Home');
    for (let step = 0; step < 9; step += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(() => new URL(page.url()).searchParams.get('round'), PATIENCE).toBe('9');
    await page.reload();
    await page.getByText('Round 9', { exact: true }).waitFor();
    await page.getByRole('article').first().waitFor();
    await picture(page, 'theatre');
  });

  it('lets an agent answer, and a reload keeps the talk', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Agents' }).click();
    await page.getByRole('region', { name: 'Agents', exact: true }).getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('Chat', { exact: true }).click();
    await drawer.getByRole('textbox').fill('What do you think of the toll, and why?');
    await drawer.getByRole('button', { name: 'Send' }).click();
    await expect.poll(() => drawer.getByRole('listitem').count(), PATIENCE).toBe(2);
    await expect.poll(() => drawer.getByText('is thinking').count(), PATIENCE).toBe(0);
    await page.reload();
    await drawer.getByText('What do you think of the toll, and why?').waitFor();
    expect(await drawer.getByRole('listitem').count()).toBe(2);
    await picture(page, 'chat');
    await page.keyboard.press('Escape');
  });

  it('is taken away in three formats', async () => {
    const { page } = watched;
    await page.getByRole('tab', { name: 'Report' }).click();
    for (const [format, opening] of [
      ['html', /<!doctype html>/i],
      ['md', /^#/],
      ['json', /^\{/],
    ] as const) {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: `.${format}` }).click(),
      ]);
      expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${format}$`));
      expect(readFileSync(await download.path(), 'utf8').trim()).toMatch(opening);
    }
  });

  it('stands in the list, in both colours, and nothing has complained', async () => {
    const { page, complaints } = watched;
    await page.getByRole('link', { name: 'Shoal, list of runs' }).click();
    await page.getByRole('link', { name: 'Will the council approve the bridge toll?' }).waitFor();
    await picture(page, 'runs');
    await page.getByRole('link', { name: 'Will the council approve the bridge toll?' }).click();
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    await page.getByRole('tab', { name: 'Theatre' }).click();
    await page.getByRole('article').first().waitFor();
    await picture(page, 'theatre-dark');
    expect(complaints).toEqual([]);
  });
});
