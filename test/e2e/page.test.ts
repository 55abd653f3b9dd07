// The page against the fixture server, in a real browser: accessibility, keyboard, colours, states that are hard
// to reach, and a stream that breaks.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type FixtureOptions, type FixtureServer, startFixtureServer } from '../frontend/fixture-server.ts';
import { openPage, serious, startBrowser, type WatchedPage } from './browser.ts';
import { buildPage } from './build-page.ts';

const folder = mkdtempSync(join(tmpdir(), 'shoal-page-'));
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
async function visit(path: string, options: FixtureOptions & { scheme?: 'light' | 'dark'; width?: number } = {}): Promise<Visit> {
  const { scheme = 'light', width = 1280, ...fixture } = options;
  const server = await startFixtureServer({ ...fixture, page: folder });
  const watched = await openPage(browser, { viewport: { width, height: 860 }, colorScheme: scheme, acceptDownloads: true });
  onTestFinished(async () => {
    await watched.page.context().close();
    await server.close();
  });
  await watched.page.goto(server.url + path);
  return { ...watched, server };
}

/** Each view, and something that is only there once it has loaded. */
const VIEWS = [
  ['/', 'text=Which gateway feature'],
  ['/new?scenario=quickstart', 'text=Thinks with'],
  ['/runs/reading', 'text=scan.pdf'],
  ['/runs/finished?tab=progress', '.u-over >> nth=0'],
  ['/runs/finished?tab=graph', 'canvas >> nth=0'],
  ['/runs/finished?tab=graph&view=table&entity=person:lena-holub', 'text=Mayor Holub'],
  ['/runs/finished?tab=theatre&round=13&post=12051', 'text=Event #12051'],
  ['/runs/fork?tab=theatre&round=20', 'text=On another side'],
  ['/runs/finished?tab=agents', 'text=Lena Holub'],
  ['/runs/categorical', '#method-title'],
  ['/runs/categorical?tab=costs', 'text=Extraction'],
  ['/runs/finished?tab=agents&agent=0', 'text=Conscientiousness'],
  ['/runs/finished?tab=agents&agent=0&pane=mind', 'text=What moved it'],
  ['/runs/finished?tab=agents&agent=0&pane=feed&round=13', 'text=from beyond its circle'],
  ['/runs/finished?tab=agents&agent=0&pane=posts', '[role=dialog] article >> nth=0'],
  ['/runs/finished?tab=agents&agent=0&pane=chat', 'text=what would change that'],
  ['/runs/failed', 'text=model_unavailable'],
] as const;

/** Lets drawers and tabs come to rest, so that colours are measured as they stay. */
const settled = (page: Page): Promise<void> => page.waitForTimeout(450);
const background = (page: Page): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
const shown = async (page: Page): Promise<number> =>
  Number(/round (\d+) of/.exec((await page.locator('main header').textContent()) ?? '')?.[1] ?? Number.NaN);
const file = (name: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from('The council will vote in March.') });
/** The machine that runs this may be busy. */
const PATIENCE = { timeout: 15_000 } as const;
const parameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);

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

describe('colours', () => {
  it('follow the system, and a choice outlives a reload', async () => {
    const { page } = await visit('/', { scheme: 'light' });
    await page.waitForSelector('h1');
    const light = await background(page);
    await page.getByRole('button', { name: 'Use dark colours' }).click();
    await page.getByRole('button', { name: 'Use light colours' }).waitFor();
    const dark = await background(page);
    expect(dark).not.toBe(light);
    await page.reload();
    await page.getByRole('button', { name: 'Use light colours' }).waitFor();
    expect(await background(page)).toBe(dark);
  });
});

describe('with the keyboard alone', () => {
  it('a scenario is chosen, a run started and its tabs walked', async () => {
    const { page, server } = await visit('/');
    await page.waitForSelector('h1');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Skip to the content');
    await page.getByRole('link', { name: 'New run' }).first().focus();
    await page.keyboard.press('Enter');
    await page.getByLabel('Bundled scenario').focus();
    await page.keyboard.press('ArrowDown');
    await page.waitForSelector('text=Thinks with');
    await page.getByRole('button', { name: 'Start the run' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/new-1/);
    await page.getByRole('tab', { name: 'Progress' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Graph');
    await page.keyboard.press('Enter');
    await page.waitForURL(/tab=graph/);
    expect(server.idempotencyKeys).toHaveLength(1);
  });

  it('the timeline moves by arrows and an author opens the drawer, which Escape closes', async () => {
    const { page } = await visit('/runs/finished?tab=theatre&round=13');
    await page.getByRole('slider', { name: 'Round' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => parameter(page, 'round'), PATIENCE).toBe('15');
    await page.locator('article a').first().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await expect.poll(() => parameter(page, 'agent'), PATIENCE).not.toBeNull();
    await page.keyboard.press('Escape');
    await expect.poll(() => parameter(page, 'agent'), PATIENCE).toBeNull();
    expect(parameter(page, 'round')).toBe('15');
  });

  it('one goes on from a round, with other news, and sees how far that has led', async () => {
    const { page, server } = await visit('/runs/finished?tab=theatre&round=13');
    await page.getByRole('link', { name: /Fork after round 17/ }).waitFor();
    await page.getByRole('button', { name: 'Go on from here' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Go on from round 13' }).waitFor();
    await page.getByLabel('What happens').fill('The minister has withdrawn the plan.');
    await page.getByText('Other rules, chance and people').click();
    await page.getByLabel('A value of the scenario').fill('behaviour.rest');
    await page.getByLabel('is now').fill('0.5');
    await page.getByLabel('Agents who leave').fill('3, 8');
    await page.getByRole('button', { name: 'Go on', exact: true }).click();
    await page.waitForURL(/\/runs\/fork-1\?tab=theatre/);
    await page.getByText('Forked from').waitFor();
    await page.getByText('Apart from its parent', { exact: true }).waitFor();
    expect(server.forkRequests).toEqual([
      {
        round: 13,
        inject: [{ text: 'The minister has withdrawn the plan.', issue: 0, stance: 0, reach: 0.3 }],
        set: { 'behaviour.rest': 0.5 },
        removeAgents: [3, 8],
      },
    ]);
  });

  it('the graph is read through its table', async () => {
    const { page } = await visit('/runs/finished?tab=graph&view=table');
    await page.getByRole('button', { name: 'Lena Holub' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name: 'About this entity' }).getByText('Mayor Holub').waitFor();
    expect(parameter(page, 'entity')).toBe('person:lena-holub');
  });
});

describe('lists', () => {
  it('say so when they are empty, and offer the next step', async () => {
    const { page } = await visit('/', { runs: 'none' });
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor();
    expect(await page.getByRole('link', { name: 'Start the first one' }).isVisible()).toBe(true);
  });

  it('say what failed, with a hint and another try', async () => {
    const { page, server } = await visit('/', { runs: 'fault' });
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('Check the disk.');
    const before = server.requests.length;
    await alert.getByRole('button', { name: 'Try again' }).click();
    await expect.poll(() => server.requests.length, PATIENCE).toBeGreaterThan(before);
  });

  it('draw only what is in sight of 10,000 runs', async () => {
    const { page } = await visit('/', { runs: 'many' });
    await page.getByText('Run number 0', { exact: true }).waitFor();
    expect(await page.locator('article').count()).toBeLessThan(40);
    await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    await page.getByText('Run number 9999', { exact: true }).waitFor();
    expect(await page.locator('article').count()).toBeLessThan(40);
  });

  it('reach deep into 100,000 agents, fetching only the pages in sight', async () => {
    const { page, server } = await visit('/runs/huge?tab=agents');
    await page.getByRole('status').filter({ hasText: '100,000 agents' }).waitFor();
    const table = page.getByRole('region', { name: 'Agents' });
    await table.evaluate((element) => (element.scrollTop = element.scrollHeight * 0.5));
    await expect.poll(() => table.locator('a').first().textContent(), PATIENCE).toMatch(/ (49|50)\d{3}$/);
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    expect(server.requests.filter((request) => request.endsWith('/agents')).length).toBeLessThan(8);
  });

  it('hold a graph of 10,000 entities as map and as table', async () => {
    const { page, complaints } = await visit('/runs/huge?tab=graph');
    await page.locator('canvas').first().waitFor();
    await page.getByText('Table', { exact: true }).click();
    const table = page.getByRole('table', { name: 'Entities' });
    await table.waitFor();
    expect(await table.getAttribute('aria-rowcount')).toBe('10001');
    expect(await table.getByRole('row').count()).toBeLessThan(60);
    expect(complaints).toEqual([]);
  });
});

describe('a run that is lived', () => {
  it('goes on behind the last event after the connection is cut, without a gap', async () => {
    const { page, server } = await visit('/runs/live?tab=progress');
    await expect.poll(() => server.resumedFrom.length, PATIENCE).toBe(1);
    await expect.poll(() => shown(page), PATIENCE).toBeGreaterThan(0);
    const loaded = await shown(page);
    // More than the page was loaded with: the stream has brought it, so there is an event to go on behind.
    await expect.poll(() => shown(page), PATIENCE).toBeGreaterThan(loaded + 1);
    server.cutStreams();
    await expect.poll(() => server.resumedFrom.length, PATIENCE).toBeGreaterThan(1);
    const before = await shown(page);
    await expect.poll(() => shown(page), PATIENCE).toBeGreaterThan(before + 3);
    expect(server.resumedFrom[0]).toBeUndefined();
    expect(Number(server.resumedFrom.at(-1))).toBeGreaterThan(0);
    expect(server.requests.filter((request) => request.endsWith('/measures'))).toHaveLength(1);
  });

  it('is paused, stepped and resumed', async () => {
    const { page } = await visit('/runs/live?tab=progress');
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Step' }).waitFor();
    const paused = await shown(page);
    await page.getByRole('button', { name: 'Step' }).click();
    await expect.poll(() => shown(page), PATIENCE).toBe(paused + 1);
    await page.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => shown(page), PATIENCE).toBeGreaterThan(paused + 2);
  });

  it('takes an injected event', async () => {
    const { page, server } = await visit('/runs/live?tab=theatre');
    await page.getByText('Inject an event').click();
    await page.getByLabel('What happens').fill('The ferry breaks down.');
    await page.getByRole('button', { name: 'Inject at the next round' }).click();
    await page.getByText('It happens at the next round.').waitFor();
    expect(server.requests).toContain('POST /api/v1/runs/live/inject');
  });
});

describe('a finished run', () => {
  it('marks facts that are superseded, contradicted or unverified', async () => {
    const { page } = await visit('/runs/finished?tab=graph&view=table&entity=person:lena-holub');
    const sheet = page.getByRole('complementary', { name: 'About this entity' });
    const superseded = sheet.getByRole('listitem').filter({ hasText: 'from 2019 until 2024' });
    await superseded.waitFor();
    expect(await superseded.textContent()).toContain('Superseded by “Petr Dvorak propose bridge toll”');
    const doubtful = sheet.getByRole('listitem').filter({ hasText: 'Contradiction' });
    expect(await doubtful.textContent()).toContain('with “Lena Holub not meet Petr Dvorak”');
    expect(await doubtful.textContent()).toContain('Unverified');
  });

  it('is only ever read, whichever tab is opened', async () => {
    const { page, server } = await visit('/runs/finished');
    for (const tab of ['Progress', 'Graph', 'Theatre', 'Agents', 'Costs', 'Report']) {
      await page.getByRole('tab', { name: tab }).click();
      await page.waitForURL(new RegExp(`tab=${tab.toLowerCase()}`));
      await settled(page);
    }
    await page.reload();
    await page.getByText('How it was made').first().waitFor();
    expect(server.requests.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(server.requests.filter((request) => request.endsWith('/stream'))).toEqual([]);
  });

  it('keeps round, drawer and talk over a reload', async () => {
    const { page } = await visit('/runs/finished?tab=theatre&round=13&agent=0&pane=chat');
    await page.getByLabel('Message to Lena Holub').fill('Why the toll?');
    await page.keyboard.press('Enter');
    await page.getByText('made up my mind').waitFor();
    await page.reload();
    await page.getByText('made up my mind').waitFor();
    expect(await page.getByRole('dialog').textContent()).toContain('Why the toll?');
    expect(await page.getByRole('dialog').textContent()).toContain('#10320');
    expect(await page.getByRole('dialog').textContent()).toContain('As of round 13');
  });

  it('follows a citation from the report to the event in the theatre', async () => {
    const { page } = await visit('/runs/finished');
    await page.getByRole('button', { name: 'Simulated event #12051' }).click();
    await page.getByRole('link', { name: 'See it in the theatre' }).click();
    await page.getByRole('region', { name: 'Event 12051' }).locator('article').first().waitFor();
    expect(parameter(page, 'tab')).toBe('theatre');
  });

  it('draws figures without running what hides in them', async () => {
    const { page } = await visit('/runs/finished');
    await page.locator('figure svg polyline').first().waitFor();
    expect(await page.evaluate(() => 'attacked' in window)).toBe(false);
    expect(await page.locator('figure svg script').count()).toBe(0);
  });

  it.each(['html', 'md', 'json'])('gives its report as .%s', async (format) => {
    const { page } = await visit('/runs/finished');
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: `.${format}` }).click()]);
    expect(download.suggestedFilename()).toBe(`report.${format}`);
  });

  it('is deleted only after a second yes', async () => {
    const { page, server } = await visit('/');
    await page.getByRole('button', { name: 'Delete The bridge toll', exact: true }).click();
    await page.getByRole('button', { name: 'Keep it' }).click();
    expect(server.requests.some((request) => request.startsWith('DELETE'))).toBe(false);
    await page.getByRole('button', { name: 'Delete The bridge toll', exact: true }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect.poll(() => server.requests, PATIENCE).toContain('DELETE /api/v1/runs/finished');
    await page.getByRole('button', { name: 'Delete The bridge toll', exact: true }).waitFor({ state: 'detached' });
  });
});

describe('a new run', () => {
  it('tells at once which file was read and which was refused, and starts once', async () => {
    const { page, server } = await visit('/new');
    await page.getByLabel('Documents').setInputFiles([file('notes.txt'), file('scan.pdf')]);
    await page.getByText('It holds pictures of pages and no text.').waitFor();
    await page.getByText(/8,412 characters/).waitFor();
    await page.getByLabel('Question').fill('Will the council approve the toll?');
    const start = page.getByRole('button', { name: 'Start the run' });
    await start.dblclick();
    await page.waitForURL(/\/runs\/new-1/);
    expect(new Set(server.idempotencyKeys).size).toBe(1);
  });

  it('reads documents by their web addresses, and starts with them', async () => {
    const { page } = await visit('/new');
    const field = page.getByLabel('Web addresses');
    await field.fill('news.example ');
    await page.getByText('news.example does not begin with http').waitFor();
    await page.getByRole('button', { name: 'Read', exact: true }).and(page.locator(':disabled')).waitFor();
    await field.fill('https://news.example/a https://news.example/b');
    await field.press('Enter');
    const files = page.getByRole('list', { name: 'Chosen files' });
    await files.getByText('https://news.example/b').waitFor();
    // Each is read by itself, and told as long as it turns out.
    await files
      .getByText(/4,100 characters/)
      .nth(1)
      .waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByLabel('Question').fill('Will the council approve the toll?');
    await page.getByRole('button', { name: 'Start the run' }).click();
    await page.waitForURL(/\/runs\/new-1/);
  });

  it('shows time and cost before it starts, and warns when the budget may not do', async () => {
    const { page } = await visit('/new?scenario=quickstart');
    await page.getByLabel('Model', { exact: true }).selectOption('openai/gpt-5-mini');
    await page.getByLabel('Budget').fill('0.1');
    await page.getByText('May cost more than the budget').waitFor();
    expect(await page.getByRole('complementary').textContent()).toContain('$0.40');
  });
});

it('a survey shows shares with their error', async () => {
  const { page } = await visit('/runs/finished?tab=agents');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  const survey = page.getByRole('region', { name: 'Ask everyone' });
  await survey.getByText('500 simulated answers').waitFor();
  expect(await survey.textContent()).toMatch(/52\.8\s%/);
});

it('an unknown run says what happened', async () => {
  const { page } = await visit('/runs/nowhere');
  await page.getByRole('alert').waitFor();
  expect(await page.getByRole('alert').textContent()).toContain('There is no run nowhere');
});
