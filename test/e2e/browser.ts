// Finds a Chromium on this machine and starts it. There is no download here: without a browser the tests fail
// and say what to do.
import { existsSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const USUAL_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The map needs WebGL; in software where there is no card.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
];

function findBrowser(): string {
  const chosen = process.env['SHOAL_CHROMIUM'];
  if (chosen !== undefined && chosen !== '') {
    if (existsSync(chosen)) return chosen;
    throw new Error(`SHOAL_CHROMIUM names ${chosen}, which does not exist.`);
  }
  const found = [...USUAL_PATHS, chromium.executablePath()].find((path) => existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'No Chromium was found for the page tests. Install one (Debian: apt-get install chromium; anywhere: npx playwright-core install chromium), or set SHOAL_CHROMIUM to its path.',
  );
}

export const startBrowser = (): Promise<Browser> => chromium.launch({ executablePath: findBrowser(), args: ARGUMENTS });

export interface WatchedPage {
  readonly page: Page;
  /** Errors and warnings of the page itself, driver chatter left out. */
  readonly complaints: readonly string[];
}

/** A page in its own context that remembers everything it complains about. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const complaints: string[] = [];
  page.on('console', (message) => {
    const isChatter = message.text().includes('GL Driver Message');
    if (['error', 'warning'].includes(message.type()) && !isChatter) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  return { page, complaints };
}

/** What axe finds serious or critical on the page, with the elements that it stands on. */
export async function serious(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter((violation) => violation.impact === 'serious' || violation.impact === 'critical')
    .map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
}
