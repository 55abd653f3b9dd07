// One HTML file that needs nothing else: styles and figures inside, evidence as an appendix that citations link to.
// Every string is escaped on its way in; figures are our own SVG, whose texts are escaped where they are drawn.
import { escapeXml } from '../charts/svg.ts';
import type { Evidence, Figure, Report, ReportClaim, ReportSection } from '../contract.ts';
import { formatNumber } from '../numbers/format.ts';
import { cell } from './markdown.ts';
import { methodRows } from './method-rows.ts';
import { referencesOf, type Reference, type References } from './references.ts';
import type { RenderContext } from './render-context.ts';
import { STYLE } from './style.ts';
import { dateText, summaryOf } from './summary.ts';

const tag = (name: string, attributes: string, ...children: readonly string[]): string =>
  `<${name}${attributes === '' ? '' : ` ${attributes}`}>${children.join('')}</${name}>`;

export function renderHtml(report: Report, context: RenderContext): string {
  const references = referencesOf(report);
  const title = escapeXml(report.title);
  const body = [
    header(report, title),
    ...report.sections.map((section) => sectionHtml(section, references, section.id === 'method' ? methodTables(report) : '')),
    documentsHtml(context),
    evidenceHtml(references),
    tag(
      'footer',
      '',
      tag(
        'p',
        '',
        `Checked before release: ${report.check.claims} statements, ${report.check.numbers} numbers, ${report.check.citations} citations; ${report.check.rewritten} sentences of a model replaced.`,
      ),
    ),
  ].join('\n');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`,
    '<meta name="generator" content="Shoal">',
    `<title>${title}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body>',
    `<main>${body}</main>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function header(report: Report, title: string): string {
  const links = [...report.sections.map(({ id, title: name }) => [id, name] as const), ['evidence', 'Evidence'] as const];
  return tag(
    'header',
    '',
    tag('h1', '', title),
    tag(
      'p',
      'class="dek"',
      `Report of a simulation, ${escapeXml(dateText(report.createdAt))}. Posts quoted here were written inside the simulation; only the section “What the documents say” speaks of the world.`,
    ),
    ...report.forecasts.map((forecast) => {
      const summary = summaryOf(forecast);
      return tag(
        'section',
        `class="answer" aria-label="${escapeXml(`Answer to: ${summary.question}`)}"`,
        tag('p', 'class="question"', escapeXml(summary.question)),
        tag('p', 'class="verdict"', escapeXml(summary.answer), tag('span', '', `probability ${summary.probability}`)),
        tag('p', 'class="label"', `${escapeXml(summary.range)}. ${escapeXml(upper(summary.label))}.`),
      );
    }),
    tag(
      'nav',
      'aria-label="Contents"',
      tag('ol', '', ...links.map(([id, name]) => tag('li', '', tag('a', `href="#${escapeXml(id)}"`, escapeXml(name))))),
    ),
  );
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
function sectionHtml(section: ReportSection, references: References, extra: string): string {
  const id = escapeXml(section.id);
  return tag(
    'section',
    `aria-labelledby="${id}"`,
    tag('h2', `id="${id}"`, escapeXml(section.title)),
    ...blocks(section.claims, references),
    ...section.figures.map(figureHtml),
    extra,
  );
}

/** Findings flow into paragraphs, cautions into a list, quotations stand alone. */
function blocks(claims: readonly ReportClaim[], references: References): readonly string[] {
  const out: string[] = [];
  let sentences: string[] = [];
  let cautions: string[] = [];
  const flush = (): void => {
    if (sentences.length > 0) out.push(tag('p', '', sentences.join(' ')));
    if (cautions.length > 0) out.push(tag('ul', 'class="cautions"', ...cautions));
    sentences = [];
    cautions = [];
  };
  for (const claim of claims) {
    const text = claimHtml(claim, references);
    if (claim.kind === 'quote' || claim.kind === 'seed-fact') {
      flush();
      out.push(quoteHtml(claim.kind, text));
      continue;
    }
    if (claim.opens === true || (claim.kind === 'caution') !== cautions.length > 0) flush();
    if (claim.kind === 'caution') cautions.push(tag('li', '', text));
    else sentences.push(claim.kind === 'method' ? tag('span', 'class="kind-method"', text) : text);
  }
  flush();
  return out;
}

function quoteHtml(kind: 'quote' | 'seed-fact', text: string): string {
  const document = kind === 'seed-fact';
  return tag(
    'blockquote',
    document ? 'class="document"' : 'class="simulated"',
    tag('span', 'class="kind"', document ? 'From a document' : 'Simulated'),
    tag('p', '', text),
  );
}

function claimHtml(claim: ReportClaim, references: References): string {
  const cited = [...new Set(claim.citations.flatMap((citation) => references.of(citation) ?? []))];
  if (cited.length === 0) return escapeXml(claim.text);
  const links = cited.map(
    ({ number, evidence }) =>
      `<a href="#${escapeXml(evidence.id)}" aria-label="Evidence ${number}" title="${escapeXml(`${evidence.label}, ${evidence.place}`)}">${number}</a>`,
  );
  return `${escapeXml(claim.text)}${tag('sup', 'class="notes"', links.join(','))}`;
}

function figureHtml(figure: Figure): string {
  return tag(
    'figure',
    '',
    tag('h3', '', escapeXml(figure.title)),
    figure.svg,
    tag('figcaption', '', escapeXml(figure.caption)),
    tag(
      'details',
      '',
      tag('summary', '', 'Data'),
      tag('div', 'class="scroll" tabindex="0" role="region" aria-label="Data of the figure"', dataTable(figure)),
    ),
  );
}

function dataTable(figure: Figure): string {
  const columns = [...new Set(figure.data.flatMap((row) => Object.keys(row)))];
  const head = columns.map((column) => tag('th', 'scope="col"', escapeXml(column)));
  const rows = figure.data.map((row) =>
    tag('tr', '', ...columns.map((column) => tag('td', '', escapeXml(cell(row[column], column))))),
  );
  return tag(
    'table',
    '',
    tag('caption', '', escapeXml(figure.title)),
    tag('thead', '', tag('tr', '', ...head)),
    tag('tbody', '', ...rows),
  );
}

function methodTables(report: Report): string {
  const rows = methodRows(report.method).map(([label, value]) =>
    tag(
      'tr',
      '',
      tag('th', 'scope="row"', escapeXml(label)),
      tag('td', /^[0-9a-f]{32,}$/.test(value) ? 'class="hash"' : '', escapeXml(value)),
    ),
  );
  const box = tag('table', '', tag('caption', '', 'What is needed to run it again'), tag('tbody', '', ...rows));
  if (report.method.costs.length === 0) return box;
  const costs = report.method.costs.map((cost) =>
    tag(
      'tr',
      '',
      tag('td', '', escapeXml(cost.stage)),
      tag('td', '', escapeXml(cost.model)),
      tag('td', 'class="number"', formatNumber(cost.calls, 'count')),
      tag('td', 'class="number"', formatNumber(cost.costNanoUsd, 'usd')),
    ),
  );
  const head =
    '<thead><tr><th scope="col">Stage</th><th scope="col">Model</th><th scope="col" class="number">Calls</th><th scope="col" class="number">Cost</th></tr></thead>';
  return box + tag('table', '', tag('caption', '', 'Calls and cost by stage'), head, tag('tbody', '', ...costs));
}

function documentsHtml(context: RenderContext): string {
  const names = Object.values(context.documents);
  if (names.length === 0) return '';
  return tag(
    'section',
    'aria-labelledby="sources"',
    tag('h2', 'id="sources"', 'Documents'),
    tag('ul', '', ...names.map((name) => tag('li', '', escapeXml(name)))),
  );
}

function evidenceHtml({ list }: References): string {
  return tag(
    'section',
    'aria-labelledby="evidence"',
    tag('h2', 'id="evidence"', 'Evidence'),
    tag('ol', 'class="evidence"', ...list.map(evidenceItem)),
  );
}

const KIND_WORDS: Readonly<Record<Evidence['kind'], string>> = { event: 'simulated', span: 'document', measure: 'computed' };

function evidenceItem({ number, evidence }: Reference): string {
  return tag(
    'li',
    `id="${escapeXml(evidence.id)}"`,
    tag('span', 'class="mark"', String(number)),
    tag(
      'div',
      '',
      tag('span', 'class="place"', `${KIND_WORDS[evidence.kind]} · ${escapeXml(evidence.label)} · ${escapeXml(evidence.place)}`),
      tag('div', 'class="text"', escapeXml(evidence.text)),
    ),
  );
}
