// Graphs that stand by themselves, in a real browser over the real app: built of two files, filtered, looked at in time,
// searched for a path, corrected and taken back. SHOAL_PICTURES=<folder> takes pictures.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startServer, type RunningServer } from '../app/helpers.ts';
import { startFixtureServer } from '../frontend/fixture-server.ts';
import { openPage, serious, startBrowser, type WatchedPage } from './browser.ts';
import { buildPage } from './build-page.ts';

const FIRST = `# Acme

Mara Voss has led Acme Corp. since 2019. Voss opposes Kestrel Systems. Acme Corp. acquired Norden Capital in 2021.
`;
const SECOND = `# Change

Ruth Fielding has led Acme Corp. since 2024. Kestrel Systems acquired Borealis Labs in March 2023. Tomas Lindqvist works for Norden Capital.
`;
const PATIENCE = { timeout: 15_000 } as const;
const PICTURES = process.env['SHOAL_PICTURES'];
const folder = mkdtempSync(join(tmpdir(), 'shoal-graphs-page-'));
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

const file = (name: string, text: string) => ({ name, mimeType: 'text/markdown', buffer: Buffer.from(text) });
const parameter = (page: Page, name: string): string | null => new URL(page.url()).searchParams.get(name);
const settled = (page: Page): Promise<void> => page.waitForTimeout(450);
async function visit(path: string, scheme: 'light' | 'dark' = 'light'): Promise<WatchedPage> {
  const watched = await openPage(browser, { colorScheme: scheme });
  onTestFinished(() => watched.page.context().close());
  await watched.page.goto(server.url + path);
  return watched;
}
async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(resolve(PICTURES), { recursive: true });
  await page.screenshot({ path: join(resolve(PICTURES), `${name}.png`), fullPage: true });
}

const sheet = (page: Page) => page.getByRole('complementary', { name: 'About this entity' });
const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('button', { name, exact: true }) });
const choose = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('table').getByRole('button', { name, exact: true }).click();
};

describe('graphs', () => {
  it('begin with none, and are built of files', async () => {
    const { page, complaints } = await visit('/graphs');
    await page.getByText('No graphs yet').waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByRole('link', { name: 'New graph' }).click();
    await page.getByLabel('Documents').setInputFiles([file('acme.md', FIRST), file('change.md', SECOND)]);
    await page.getByLabel('Name').fill('Acme & others');
    await settled(page);
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Build the graph' }).click();
    await page.waitForURL(/\/graphs\/Acme/, { timeout: 60_000 });
    await page.locator('canvas').first().waitFor();
    await page.getByRole('link', { name: 'Graphs', exact: true }).first().click();
    await page.getByRole('list', { name: 'Graphs' }).getByRole('link', { name: 'Acme & others' }).waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('are built with vectors where the switch says so, and searched by them', async () => {
    const { page, complaints } = await visit('/new-graph');
    await page.getByLabel('Documents').setInputFiles([file('acme.md', FIRST)]);
    await page.getByLabel('Name').fill('By vectors');
    expect(await page.getByLabel('Embedding model').count()).toBe(0);
    await page.getByLabel('Find passages by vectors, too').check();
    await page.getByLabel('Embedding model').fill('embedded/rules-1');
    await settled(page);
    expect(await serious(page)).toEqual([]);
    await page.getByRole('button', { name: 'Build the graph' }).click();
    await page.waitForURL(/\/graphs\/By/, { timeout: 60_000 });
    // No word of the document is spelt so; its vector is near all the same.
    await page.getByRole('textbox', { name: 'Search the documents and the graph' }).fill('oposition to Kestrell');
    await page
      .getByRole('region', { name: 'Search results' })
      .getByText(/Voss opposes Kestrel Systems/)
      .first()
      .waitFor();
    await page.getByRole('link', { name: 'Graphs', exact: true }).first().click();
    await page.getByText('vectors by embedded/rules-1').waitFor();
    expect(complaints).toEqual([]);
  }, 90_000);

  it('are not built twice under one name', async () => {
    const { page } = await visit('/new-graph');
    await page.getByLabel('Documents').setInputFiles([file('acme.md', FIRST)]);
    await page.getByLabel('Name').fill('Acme & others');
    await page.getByRole('button', { name: 'Build the graph' }).click();
    await page.getByRole('alert').waitFor();
    expect(await page.getByRole('alert').textContent()).toContain('There is a graph called “Acme & others” already.');
  });
});

const GRAPH = `/graphs/${encodeURIComponent('Acme & others')}`;

describe('a graph', () => {
  it.each(['light', 'dark'] as const)(
    'has no serious accessibility finding in %s colours and fits 390 pixels',
    async (scheme) => {
      const { page, complaints } = await visit(`${GRAPH}?entity=person:mara-voss`, scheme);
      await page.locator('canvas').first().waitFor();
      await sheet(page).getByText('Correct it').click();
      await settled(page);
      expect(await serious(page)).toEqual([]);
      await picture(page, `graph-${scheme}`);
      await page.setViewportSize({ width: 390, height: 844 });
      await settled(page);
      const [content, screen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      expect(content).toBeLessThanOrEqual(screen ?? 0);
      expect(complaints).toEqual([]);
    },
  );

  it('is filtered by types and by communities, table and all', async () => {
    const { page } = await visit(`${GRAPH}?view=table`);
    await rowOf(page, 'Mara Voss').waitFor();
    await page.getByLabel(/^Person/).uncheck();
    await rowOf(page, 'Mara Voss').waitFor({ state: 'detached' });
    await rowOf(page, 'Norden Capital').waitFor();
    await page.getByLabel('Colours and filter by').selectOption({ label: 'Communities' });
    await page.getByRole('group', { name: 'Show communities' }).waitFor();
    await rowOf(page, 'Mara Voss').waitFor();
    expect(parameter(page, 'hide')).toBeNull();
  });

  it('is looked at as of a date by the arrow keys; sheet and table follow', async () => {
    const { page } = await visit(`${GRAPH}?view=table&entity=organisation:acme-corp`);
    const slider = page.getByRole('slider', { name: 'As of' });
    await sheet(page).getByRole('button', { name: 'Ruth Fielding' }).first().waitFor();
    expect(await slider.getAttribute('aria-valuetext')).toBe('Now, every fact');
    expect(await sheet(page).getByText('by “Ruth Fielding lead Acme Corp').count()).toBe(1);
    const before = await rowOf(page, 'Ruth Fielding').textContent();
    await slider.focus();
    await page.keyboard.press('Home');
    await expect.poll(() => slider.getAttribute('aria-valuetext'), PATIENCE).toBe('2019');
    await sheet(page).getByText('Relations at 2019').waitFor();
    await expect.poll(() => sheet(page).getByRole('button', { name: 'Ruth Fielding' }).count(), PATIENCE).toBe(0);
    await expect.poll(() => rowOf(page, 'Ruth Fielding').textContent(), PATIENCE).not.toBe(before);
    await page.keyboard.press('End');
    await expect.poll(() => parameter(page, 'asOf'), PATIENCE).toBeNull();
  });

  it('is searched in three modes and reads the words in their document', async () => {
    const { page } = await visit(GRAPH);
    await page.getByLabel('Search the documents and the graph').fill('Who leads Acme?');
    await page.getByLabel('What the search looks for').selectOption('drift');
    await expect.poll(() => parameter(page, 'mode'), PATIENCE).toBe('drift');
    const results = page.getByRole('region', { name: 'Search results' });
    await results.locator('summary').first().click();
    await results.getByRole('button', { name: 'Read it in the document' }).first().click();
    const drawer = page.getByRole('dialog', { name: 'Document' });
    await drawer.locator('mark').first().waitFor();
    await settled(page);
    expect(await serious(page)).toEqual([]);
    await picture(page, 'graph-source');
    await page.keyboard.press('Escape');
    await expect.poll(() => parameter(page, 'source'), PATIENCE).toBeNull();
  });

  it('shows the shortest path between two entities', async () => {
    const { page, complaints } = await visit(`${GRAPH}?view=table&entity=person:tomas-lindqvist`);
    await sheet(page).getByRole('button', { name: 'Path from here' }).click();
    await page.getByText('Choose the other end').waitFor();
    await choose(page, 'Mara Voss');
    const path = page.getByRole('region', { name: 'Shortest path' });
    await path.getByText('3 facts in between').waitFor();
    expect(await path.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^Tomas Lindqvist work for Norden Capital/),
      expect.stringMatching(/^Acme Corp.* Norden Capital/),
      expect.stringMatching(/^Mara Voss lead Acme Corp/),
    ]);
    await path.getByText('Source').first().click();
    await path.locator('mark').first().waitFor();
    expect(await serious(page)).toEqual([]);
    await page.getByText('Map', { exact: true }).click();
    await page.locator('canvas').first().waitFor();
    await settled(page);
    await picture(page, 'graph-path');
    await path.getByRole('button', { name: 'Close the path' }).click();
    await path.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
  });

  it('is corrected by hand and taken back', async () => {
    const { page } = await visit(`${GRAPH}?view=table&entity=person:mara-voss`);
    await sheet(page).getByText('Correct it').click();
    await sheet(page).getByLabel('Is the same as').fill('Nobody at all');
    await sheet(page).getByRole('button', { name: 'Merge' }).click();
    await sheet(page).getByText('Nothing in the graph is called “Nobody at all”.').waitFor();

    await sheet(page).getByLabel('Is the same as').fill('Ruth Fielding');
    await sheet(page).getByRole('button', { name: 'Merge' }).click();
    const undo = page.getByRole('button', { name: 'Undo: “Ruth Fielding” is “Mara Voss”' });
    await undo.waitFor();
    await rowOf(page, 'Ruth Fielding').waitFor({ state: 'detached' });
    await sheet(page).getByRole('button', { name: 'Split off Ruth Fielding' }).waitFor();
    await undo.click();
    await rowOf(page, 'Ruth Fielding').waitFor();

    await sheet(page).getByRole('button', { name: 'Split off Voss' }).click();
    await rowOf(page, 'Voss').waitFor();
    await page.getByRole('button', { name: 'Undo: “Voss” is not “Mara Voss”' }).click();
    await rowOf(page, 'Voss').waitFor({ state: 'detached' });

    await sheet(page).getByLabel('Is of type').selectOption('organisation');
    await sheet(page).getByRole('button', { name: 'Retype' }).click();
    await expect.poll(() => parameter(page, 'entity'), PATIENCE).toBe('organisation:mara-voss');
    await page.getByRole('button', { name: 'Undo: Mara Voss: organisation' }).click();
    await page.getByText('None. Choose an entity').waitFor();
  }, 60_000);

  it('has its relations renamed and dropped', async () => {
    const { page } = await visit(`${GRAPH}?view=table`);
    const panel = page.getByRole('region', { name: 'Types and relations' });
    await panel.getByRole('button', { name: 'Change oppose' }).click();
    await panel.getByLabel('New name of oppose').fill('object to');
    await panel.getByRole('button', { name: 'Rename' }).click();
    await panel.getByRole('button', { name: 'Change object to' }).click();
    await panel.getByRole('button', { name: 'Drop' }).click();
    await panel.getByRole('button', { name: 'Change object to' }).waitFor({ state: 'detached' });
    for (const words of ['Undo: Relation “object to” is dropped', 'Undo: Relation “oppose” becomes “object to”'])
      await page.getByRole('button', { name: words }).click();
    await panel.getByRole('button', { name: 'Change oppose' }).waitFor();
    expect(server.system.graphs.open('Acme & others').snapshot.edits).toEqual([]);
  }, 60_000);

  it.each(['GraphML', 'GEXF', 'JSON-LD', 'CSV, facts with quotes'])('is exported as %s', async (format) => {
    const { page } = await visit(`${GRAPH}?view=table`);
    await page.getByText('Export', { exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: format, exact: true }).click(),
    ]);
    expect(await download.failure()).toBeNull();
  });
});

it('ten thousand entities are drawn, dimmed by a date and scrolled through', async () => {
  const fixture = await startFixtureServer({ page: folder });
  const { page, complaints } = await openPage(browser);
  onTestFinished(async () => {
    await page.context().close();
    await fixture.close();
  });
  await page.goto(`${fixture.url}/runs/huge?tab=graph`);
  await page.locator('canvas').first().waitFor();
  await page.getByRole('slider', { name: 'As of' }).focus();
  await page.keyboard.press('Home');
  await expect.poll(() => parameter(page, 'asOf'), PATIENCE).toBe('"2019"');
  await settled(page);
  await picture(page, 'graph-large');
  await page.getByText('Table', { exact: true }).click();
  await page.getByRole('region', { name: 'Entities' }).getByRole('row').nth(5).waitFor();
  expect(await page.getByRole('row').count()).toBeLessThan(80);
  expect(complaints).toEqual([]);
});
