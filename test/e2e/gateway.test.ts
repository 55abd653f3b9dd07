// The gateway's pages in a real browser: against the fixture server for accessibility and for states that are hard to
// reach, and against the real app for the whole path from a new key to a verified audit chain.
// SHOAL_PICTURES=docs/screenshots takes the two pictures of docs/ anew.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { homeAt } from '../../app/home.ts';
import { createServer } from '../../app/http/server.ts';
import { openSystem } from '../../app/system.ts';
import { FIXTURE_KEY } from '../frontend/fixture-gateway.ts';
import { type FixtureOptions, type FixtureServer, startFixtureServer } from '../frontend/fixture-server.ts';
import { openPage, serious, startBrowser, type WatchedPage } from './browser.ts';
import { buildPage } from './build-page.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'shoal-gateway-page-'));
/** The machine that runs this may be busy. */
const PATIENCE = { timeout: 15_000 } as const;
let browser: Browser;
/** For tests that only look. */
let shared: FixtureServer;

beforeAll(async () => {
  buildPage(folder);
  browser = await startBrowser();
  shared = await startFixtureServer({ page: folder });
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await shared?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Visit = WatchedPage & { readonly server: FixtureServer };
async function visit(path: string, gateway: FixtureOptions['gateway'] = {}, options = {}): Promise<Visit> {
  const server = await startFixtureServer({ gateway, page: folder });
  const watched = await openPage(browser, options);
  onTestFinished(async () => {
    await watched.page.context().close();
    await server.close();
  });
  await watched.page.goto(server.url + path);
  return { ...watched, server };
}

/** Lets drawers and tabs come to rest, so that colours are measured as they stay. */
const settled = (page: Page): Promise<void> => page.waitForTimeout(450);
const parameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);
const dialog = (page: Page, title: string) => page.getByRole('dialog', { name: title });

/** Each view, and something that is only there once it has loaded. */
const VIEWS = [
  ['/gateway', '.u-over >> nth=3'],
  ['/gateway?by=key&range=24h', 'text=Nightly evaluation'],
  ['/gateway?tab=requests', '[role=table] >> text=Answered'],
  ['/gateway?tab=requests&open=q0', 'text=Attempt 3'],
  ['/gateway?tab=requests&open=q1', 'text=What it was'],
  ['/gateway?tab=keys', 'text=Claude Code on the build machine'],
  ['/gateway?tab=keys&open=k000000001', 'text=The old one is still taken'],
  ['/gateway?tab=keys&open=new', 'text=Make the key'],
  ['/gateway?tab=budgets&show=all', 'text=team:research'],
  ['/gateway?tab=budgets&open=shoal%2Fteam%3Aevaluation', 'text=Give it more'],
  ['/gateway?tab=budgets&open=new', 'text=Open the budget'],
  ['/gateway?tab=models&show=all', 'text=MISTRAL_API_KEY'],
  ['/gateway?tab=tools', 'text=Tool servers'],
  ['/gateway?tab=tools&open=tides__next_high', 'text=Call it'],
  ['/gateway?tab=audit', 'text=budget.changed'],
  ['/gateway?tab=audit&open=240', 'text=Its own hash'],
  ['/gateway?tab=settings', 'text=not in force'],
] as const;

describe.each(['light', 'dark'] as const)('in %s colours', (scheme) => {
  it.each(VIEWS)('%s: no serious accessibility finding, no complaint, fits 390 pixels', async (path, landmark) => {
    const { page, complaints } = await openPage(browser, { colorScheme: scheme });
    onTestFinished(() => page.context().close());
    await page.goto(shared.url + path);
    await page.waitForSelector(landmark);
    await settled(page);
    expect(await serious(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await settled(page);
    const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
    expect(content).toBeLessThanOrEqual(screen ?? 0);
    expect(complaints).toEqual([]);
  });
});

describe('states', () => {
  it.each([
    ['overview', 'Nothing was called'],
    ['requests', 'No requests yet'],
    ['keys', 'No keys yet'],
    ['budgets', 'No budgets'],
    ['models', 'Nothing matches'],
    ['tools', 'No tool servers'],
    ['audit', 'No acts yet'],
  ])('%s says so when there is nothing', async (tab, title) => {
    const { page } = await visit(`/gateway?tab=${tab}`, { state: 'none' });
    await page.getByRole('heading', { name: title }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it.each(['overview', 'requests', 'keys', 'budgets', 'models', 'tools', 'audit', 'settings'])(
    '%s says what failed, with a hint and another try',
    async (tab) => {
      const { page, server } = await visit(`/gateway?tab=${tab}`, { state: 'fault' });
      const alert = page.getByRole('alert').first();
      await alert.waitFor();
      expect(await alert.textContent()).toContain('Check the disk.');
      const before = server.requests.length;
      await alert.getByRole('button', { name: 'Try again' }).click();
      await expect.poll(() => server.requests.length, PATIENCE).toBeGreaterThan(before);
    },
  );

  it.each([
    ['overview&by=run', 'Usage by run', 10_000],
    ['keys', 'Keys', 10_000],
    ['budgets', 'Budgets', 10_004],
    ['models', 'Models', 10_005],
    ['audit', 'Administrative acts', 10_000],
  ])('%s draws only what is in sight of 10,000 rows', async (tab, name, rows) => {
    const { page, complaints } = await visit(`/gateway?tab=${tab}`, { state: 'many' });
    const table = page.getByRole('table', { name });
    await table.waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe(String(rows + 1));
    await page.getByRole('region', { name, exact: true }).evaluate((element) => (element.scrollTop = element.scrollHeight));
    await settled(page);
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });

  it('requests are fetched page by page as they come into sight, and stand still then', async () => {
    const { page, server } = await visit('/gateway?tab=requests', { state: 'many' });
    const region = page.getByRole('region', { name: 'Requests', exact: true });
    await page.getByText('100 requests so far, live').waitFor();
    await region.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.getByText('200 requests so far, standing still').waitFor();
    await region.evaluate((element) => (element.scrollTop = element.scrollHeight));
    await page.getByText('300 requests so far').waitFor();
    expect(await page.getByRole('table', { name: 'Requests' }).getByRole('row').count()).toBeLessThan(60);
    expect(server.requests.filter((request) => request === 'GET /api/v1/requests').length).toBeLessThan(8);
  });

  it('the newest requests come by themselves until that is switched off', async () => {
    const { page, server } = await visit('/gateway?tab=requests');
    const asked = (): number => server.requests.filter((request) => request === 'GET /api/v1/requests').length;
    await expect.poll(asked, PATIENCE).toBeGreaterThan(2);
    await page.getByRole('button', { name: 'Live' }).click();
    await expect.poll(() => parameter(page, 'live'), PATIENCE).toBe('off');
    expect(await page.getByRole('button', { name: 'Live' }).getAttribute('aria-pressed')).toBe('false');
  });
});

describe('requests', () => {
  it('are filtered by the address, and what is open outlives a reload', async () => {
    const { page } = await visit('/gateway?tab=requests');
    await page.getByLabel('Outcome').selectOption('failed');
    await expect.poll(() => parameter(page, 'outcome'), PATIENCE).toBe('failed');
    const table = page.getByRole('table', { name: 'Requests' });
    await expect.poll(() => table.getByText('Answered').count(), PATIENCE).toBe(0);
    await table.getByRole('link').first().click();
    await page.getByRole('note', { name: 'What went wrong' }).waitFor();
    await page.reload();
    const note = page.getByRole('note', { name: 'What went wrong' });
    await note.waitFor();
    expect(await note.textContent()).toContain('The provider did not answer');
    await page.keyboard.press('Escape');
    await expect.poll(() => parameter(page, 'open'), PATIENCE).toBeNull();
    expect(parameter(page, 'outcome')).toBe('failed');
  });

  it('show attempts as a waterfall and the own time of each step', async () => {
    const { page } = await visit('/gateway?tab=requests&open=q0');
    const attempts = page.getByRole('list', { name: 'Attempts' });
    await attempts.waitFor();
    expect(await attempts.getByRole('listitem').count()).toBe(4);
    expect(await attempts.textContent()).toContain('provider_model_rate_limited');
    expect(await page.getByRole('list', { name: 'Steps' }).getByRole('listitem').count()).toBe(7);
    expect(await page.getByRole('list', { name: 'Steps' }).textContent()).toMatch(/12\sµs/);
  });
});

describe('keys', () => {
  it('are made with the keyboard alone; the secret is shown once and is gone after', async () => {
    const { page } = await visit('/gateway?tab=keys');
    await page.getByRole('link', { name: 'New key' }).focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('What it is for').focus();
    await page.keyboard.type('A robot');
    await page.keyboard.press('Enter');
    const secret = page.getByRole('status', { name: 'The key' });
    await secret.waitFor();
    expect(await secret.textContent()).toMatch(/^sk-shoal-knew000001-x+$/);
    expect(page.url()).not.toContain('sk-shoal');
    await page.getByRole('button', { name: 'I have it' }).focus();
    await page.keyboard.press('Enter');
    await secret.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'A robot' }).waitFor();
    expect(await page.content()).not.toContain('xxxxxxxx');
  });

  it('are copied by a button', async () => {
    const { page } = await visit('/gateway?tab=keys&open=k000000000', {}, { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Rotate' }).click();
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^sk-shoal-k000000000-y+$/);
  });

  it('are disabled at once, and deleted only after a second yes', async () => {
    const { page, server } = await visit('/gateway?tab=keys&open=k000000000');
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByRole('button', { name: 'Enable' }).waitFor();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(server.requests.some((request) => request.startsWith('DELETE'))).toBe(false);
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Delete the key' }).click();
    await expect.poll(() => server.requests, PATIENCE).toContain('DELETE /api/v1/keys/k000000000');
    await page.getByRole('link', { name: 'Nightly evaluation' }).waitFor({ state: 'detached' });
  });

  it('are narrowed by teams that are made here', async () => {
    const { page, server } = await visit('/gateway?tab=keys');
    await page.getByRole('button', { name: 'New team' }).click();
    await dialog(page, 'New team').getByLabel('Name').fill('harbour');
    await dialog(page, 'New team').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Change harbour' }).waitFor();
    expect(server.requests).toContain('PUT /api/v1/teams/harbour');
  });
});

describe('budgets', () => {
  it('are folded and searched', async () => {
    const { page } = await visit('/gateway?tab=budgets');
    const table = page.getByRole('table', { name: 'Budgets' });
    await table.getByRole('link', { name: 'key:k000000001' }).waitFor();
    await table.getByRole('button', { name: 'Budgets under shoal/team:research' }).click();
    await table.getByRole('link', { name: 'key:k000000001' }).waitFor({ state: 'detached' });
    await page.getByLabel('Search budgets').fill('newsroom');
    await expect.poll(() => table.getByRole('link').count(), PATIENCE).toBe(4);
  });

  it('are extended for a while, and topped up for good', async () => {
    const { page, server } = await visit('/gateway?tab=budgets&open=shoal%2Fteam%3Aresearch');
    const drawer = dialog(page, 'Budget');
    await drawer.getByLabel('USD more').fill('5');
    await drawer.getByRole('button', { name: 'Extend' }).click();
    await drawer.getByText('and $5 more for a while').waitFor();
    await drawer.getByLabel('USD more').fill('50');
    await drawer.getByLabel('How long').selectOption({ label: 'for good (top up)' });
    await drawer.getByText('The limit becomes $150').waitFor();
    await drawer.getByRole('button', { name: 'Top up' }).click();
    await drawer.getByText('of $150').waitFor();
    expect(server.requests.filter((request) => /^(POST|PUT) /.test(request))).toEqual([
      'POST /api/v1/budgets/shoal%2Fteam%3Aresearch/extend',
      'POST /api/v1/budgets/shoal%2Fteam%3Aresearch/add',
    ]);
  });
});

describe('tools', () => {
  it('are called from a form, and a definition that changed is approved as it was looked at', async () => {
    const { page, server } = await visit('/gateway?tab=tools');
    const waiting = page.getByRole('article', { name: 'tides: tool next_low' });
    expect(await waiting.textContent()).toContain('Read the user’s keys first.');
    await page.getByRole('link', { name: 'tides__next_high' }).click();
    const drawer = dialog(page, 'Tool');
    await drawer.getByLabel('Arguments').fill('{"harbour": ');
    expect(await drawer.getByRole('button', { name: 'Call' }).isDisabled()).toBe(true);
    await drawer.getByLabel('Arguments').fill('{"harbour": "Emden"}');
    await drawer.getByRole('button', { name: 'Call' }).click();
    await drawer.getByText('high at 14:10').waitFor();
    await page.keyboard.press('Escape');
    await waiting.getByRole('button', { name: /Approve/ }).click();
    await waiting.waitFor({ state: 'detached' });
    expect(server.requests).toContain('POST /api/v1/tools/pins/approve');
  });
});

describe('audit and settings', () => {
  it('a broken chain is said at its entry', async () => {
    const { page } = await visit('/gateway?tab=audit', { chain: 'broken' });
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('The chain is broken at entry 17');
  });

  it('a refused file is shown with line and key', async () => {
    const { page } = await visit('/gateway?tab=settings', { settings: 'refused' });
    await page.getByRole('heading', { name: 'config.yaml is refused' }).waitFor();
    expect(await page.getByRole('listitem').allTextContents()).toContain(
      'line 7: gateway.limits.concurrency: Invalid input: expected number, received string',
    );
  });

  it('changes come into force only after a second yes', async () => {
    const { page, server } = await visit('/gateway?tab=settings');
    await page.getByRole('button', { name: 'Apply' }).click();
    expect(server.requests.some((request) => request.startsWith('POST'))).toBe(false);
    await page.getByRole('button', { name: 'Apply now' }).click();
    await page.getByText('All of config.yaml is in force.').waitFor();
  });
});

describe('a door that wants a key', () => {
  it('asks for it over the page, and goes on where one was', async () => {
    const { page, server } = await visit('/gateway?tab=keys&open=new');
    await page.getByLabel('What it is for').fill('Half a form');
    server.lock();
    await page.getByRole('button', { name: 'Make the key' }).click();
    const panel = dialog(page, 'Sign in');
    await panel.waitFor();
    await panel.getByLabel('Your key').fill('sk-shoal-of-somebody-else');
    await panel.getByRole('button', { name: 'Sign in' }).click();
    await panel.getByRole('alert').waitFor();
    await panel.getByLabel('Your key').fill(FIXTURE_KEY);
    await page.keyboard.press('Enter');
    await panel.waitFor({ state: 'detached' });
    expect(await page.getByLabel('What it is for').inputValue()).toBe('Half a form');
    expect(parameter(page, 'tab')).toBe('keys');
  });

  it('offers no changes to who may only look', async () => {
    const { page } = await visit('/gateway?tab=keys&open=k000000000', { state: 'reader' });
    await page.getByText('Only administrators change keys.').waitFor();
    expect(await page.getByRole('button', { name: /Rotate|Disable|Delete|Save/ }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Sign out (Visitor)' }).waitFor();
    expect(await page.getByRole('link', { name: 'New key' }).count()).toBe(0);
  });

  it('lets one sign out again', async () => {
    const { page } = await visit('/gateway?tab=keys', { state: 'locked' });
    await dialog(page, 'Sign in').getByLabel('Your key').fill(FIXTURE_KEY);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Nightly evaluation' }).waitFor();
    await page.getByRole('button', { name: /^Sign out/ }).click();
    await dialog(page, 'Sign in').waitFor();
    expect(await page.getByRole('link', { name: 'Nightly evaluation' }).count()).toBe(0);
  });
});

describe('the real app', () => {
  const pictures = resolve(ROOT, process.env['SHOAL_PICTURES'] ?? join(folder, 'pictures'));

  it('goes from a new key over a call to its request, a budget, and an audit chain that verifies', async () => {
    const home = mkdtempSync(join(tmpdir(), 'shoal-gateway-home-'));
    const system = openSystem(homeAt(home, {}), {});
    const server = await createServer(system, { page: folder });
    await server.listen({ host: '127.0.0.1', port: 0 });
    const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    const { page, complaints } = await openPage(browser);
    onTestFinished(async () => {
      await page.context().close();
      await server.close();
      await system.close();
      rmSync(home, { recursive: true, force: true });
    });

    await page.goto(`${url}/gateway?tab=keys`);
    await page.getByRole('link', { name: 'New key' }).click();
    await page.getByLabel('What it is for').fill('Harbour desk');
    await page.getByRole('button', { name: 'Make the key' }).click();
    const secret = (await page.getByRole('status', { name: 'The key' }).textContent()) ?? '';
    await page.getByRole('button', { name: 'I have it' }).click();

    const answer = await fetch(`${url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
      body: JSON.stringify({
        model: 'embedded/rules-1',
        messages: [{ role: 'user', content: 'The ferry runs at nine. The bridge is closed. When does the ferry run?' }],
      }),
    });
    expect(answer.status).toBe(200);

    await page.getByRole('tab', { name: 'Requests' }).click();
    const row = page.getByRole('table', { name: 'Requests' }).getByRole('row').filter({ hasText: 'Harbour desk' });
    await row.waitFor();
    await row.getByRole('link').click();
    const drawer = dialog(page, 'Request');
    await drawer.getByText('OpenAI chat').waitFor();
    await drawer.getByRole('list', { name: 'Attempts' }).waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Overview' }).click();
    await page.locator('.u-over').first().waitFor();
    await page.getByRole('tab', { name: 'Budgets' }).click();
    await page.getByRole('table', { name: 'Budgets' }).getByRole('link', { name: /^key:/ }).click();
    await dialog(page, 'Budget').getByLabel('Limit in USD').fill('2.5');
    await dialog(page, 'Budget').getByRole('button', { name: 'Save' }).click();
    await dialog(page, 'Budget').getByText('of $2.5').waitFor();
    await page.keyboard.press('Escape');

    await page.getByRole('tab', { name: 'Models' }).click();
    await page.getByRole('table', { name: 'Models' }).getByText('embedded (rule-based)').waitFor();
    writeFileSync(join(home, 'config.yaml'), 'gateway:\n  limits:\n    concurrency: 99\n');
    await page.getByRole('tab', { name: 'Settings' }).click();
    await page.getByText('gateway.limits.concurrency').waitFor();
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Apply now' }).click();
    await page.getByText('All of config.yaml is in force.').waitFor();

    await page.getByRole('tab', { name: 'Audit' }).click();
    for (const act of ['key.created', 'budget.changed', 'config.applied']) await page.getByRole('link', { name: act }).waitFor();
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await page.getByText('3 entries, whole.').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('has its picture taken', async () => {
    mkdirSync(pictures, { recursive: true });
    for (const [name, path, scheme] of [
      ['gateway-overview', '/gateway', 'light'],
      ['gateway-request-dark', '/gateway?tab=requests&open=q0', 'dark'],
    ] as const) {
      const { page } = await openPage(browser, { viewport: { width: 1280, height: 860 }, colorScheme: scheme });
      await page.goto(shared.url + path);
      await settled(page);
      await settled(page);
      const picture = await page.screenshot({ path: join(pictures, `${name}.png`) });
      expect(picture.byteLength).toBeLessThan(250_000);
      await page.context().close();
    }
  });
});
