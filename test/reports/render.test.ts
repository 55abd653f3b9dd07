// Formats: what comes out is whole, safe and readable by people and machines.
import { XMLValidator } from 'fast-xml-parser';
import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { renderReport } from '#reports';
import type { Report } from '#reports/contract';
import { featureFraming, featureLean } from './fixtures.ts';
import { written } from './written.ts';

const ATTACK =
  '<script>alert(1)</script><img src=x onerror=alert(2)> "\'&amp; [click](javascript:alert(3)) ![x](http://evil.example/p.png) `code` **bold**';
const context = { documents: { d1: 'a<b>.txt' } };
const html = async (options: Parameters<typeof written>[0] = {}) =>
  renderReport((await written(options)).report, 'html', context);

const markdown = async (options: Parameters<typeof written>[0] = {}) =>
  renderReport((await written(options)).report, 'md', context);
const figuresOf = (report: Report) => report.sections.flatMap(({ figures }) => figures);

describe('html', () => {
  it('lets nothing that documents or models wrote come to life', async () => {
    const { document } = parseHTML(await html({ text: ATTACK }));
    expect(document.querySelectorAll('script, img, iframe, object, link').length).toBe(0);
    const handlers = [...document.querySelectorAll('*')].filter((node) =>
      [...node.attributes].some(({ name }) => /^on/i.test(name)),
    );
    expect(handlers).toEqual([]);
    expect([...document.querySelectorAll('a')].every((link) => link.getAttribute('href')?.startsWith('#') === true)).toBe(true);
    expect(document.body.textContent).toContain('<script>alert(1)</script>');
    expect(document.body.textContent).toContain('a<b>.txt');
  });

  it('needs nothing from anywhere', async () => {
    const page = await html();
    expect(page).toContain("default-src 'none'");
    expect(page.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:\/\/|@import|url\((?!#)/);
  });

  it('links every citation to evidence that is there, each id once', async () => {
    const { document } = parseHTML(await html());
    const ids = [...document.querySelectorAll('[id]')].map((node) => node.id);
    expect(new Set(ids).size).toBe(ids.length);
    const targets = [...document.querySelectorAll('a')].map((link) => link.getAttribute('href')?.slice(1) ?? '');
    expect(targets.length).toBeGreaterThan(50);
    expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
  });

  it('has a language, one title, headings in order and captions on every table', async () => {
    const { document } = parseHTML(await html());
    expect(document.documentElement.getAttribute('lang')).toBe('en');
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.tagName.slice(1)));
    expect(levels.filter((level) => level === 1)).toEqual([1]);
    expect(levels.every((level, index) => level <= (levels[index - 1] ?? 0) + 1)).toBe(true);
    expect([...document.querySelectorAll('table')].every((table) => table.querySelector('caption') !== null)).toBe(true);
  });

  it('keeps what documents say apart from what was simulated', async () => {
    const { document } = parseHTML(await html());
    expect(document.querySelectorAll('blockquote.document').length).toBeGreaterThan(0);
    expect([...document.querySelectorAll('blockquote.simulated .kind')].every((label) => label.textContent === 'Simulated')).toBe(
      true,
    );
  });
});

describe('figures', () => {
  it.each([{}, { framing: featureFraming, lean: featureLean }, { members: 1 }])(
    'are well-formed, described and within their frame',
    async (options) => {
      for (const figure of figuresOf((await written(options)).report)) {
        expect([figure.id, XMLValidator.validate(figure.svg)]).toEqual([figure.id, true]);
        expect(figure.svg).not.toMatch(/NaN|undefined|Infinity/);
        expect(figure.svg).toContain('role="img"');
        expect(figure.alt.length).toBeGreaterThan(30);
        expect(figure.data.length).toBeGreaterThan(0);
        const height = Number(/viewBox="0 0 720 (\d+)"/.exec(figure.svg)?.[1]);
        const ys = [...figure.svg.matchAll(/\by[12]?="([-\d.]+)"/g)].map((match) => Number(match[1]));
        expect(Math.min(...ys)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...ys)).toBeLessThanOrEqual(height);
      }
    },
  );

  it('have ids of their own', async () => {
    const ids = figuresOf((await written()).report).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('markdown', () => {
  it('escapes markup, links and images of quoted texts', async () => {
    const text = await markdown({ text: ATTACK });
    expect(text).not.toMatch(/<script|<img/);
    expect(text).not.toMatch(/(?<!\\)\[click(?<!\\)\]/);
    expect(text).not.toContain('**bold**');
    expect(text).not.toMatch(/http:\/\/evil/);
  });

  it('defines every footnote that it uses', async () => {
    const text = await markdown();
    const used = new Set([...text.matchAll(/\[\^(\d+)\](?!:)/g)].map((match) => match[1]));
    const defined = new Set([...text.matchAll(/^\[\^(\d+)\]:/gm)].map((match) => match[1]));
    expect(used.size).toBeGreaterThan(10);
    expect([...used].filter((number) => !defined.has(number))).toEqual([]);
  });
});

it('gives the report itself as json', async () => {
  const { report } = await written();
  expect(JSON.parse(renderReport(report, 'json', context))).toEqual(JSON.parse(JSON.stringify(report)));
});
