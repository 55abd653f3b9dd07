// Markdown with footnotes for evidence and tables for figures. Every word of documents and models is escaped.
import type { Figure, Report, ReportClaim, ReportSection } from '../contract.ts';
import { formatNumber } from '../numbers/format.ts';
import { methodRows } from './method-rows.ts';
import { referencesOf, type References } from './references.ts';
import type { RenderContext } from './render-context.ts';
import { dateText, summaryOf } from './summary.ts';

const MOST_ROWS = 13;

export function renderMarkdown(report: Report, context: RenderContext): string {
  const references = referencesOf(report);
  const parts = [
    `# ${escapeMarkdown(report.title)}`,
    `Report of a simulation, ${escapeMarkdown(dateText(report.createdAt))}. Posts quoted here were written inside the simulation; only the section “What the documents say” speaks of the world.`,
    ...report.forecasts.map((forecast) => {
      const summary = summaryOf(forecast);
      return `> **${escapeMarkdown(summary.question)}**\n>\n> **${escapeMarkdown(summary.answer)}**, probability ${summary.probability}; ${escapeMarkdown(summary.range)}.\n>\n> *${escapeMarkdown(summary.label)}.*`;
    }),
    ...report.sections.flatMap((section) => sectionParts(section, references)),
    table(['Method', ''], methodRows(report.method)),
    ...costParts(report),
    '## Documents',
    Object.values(context.documents)
      .map((name) => `- ${escapeMarkdown(name)}`)
      .join('\n'),
    '## Evidence',
    ...references.list.map(
      ({ number, evidence }) =>
        `[^${number}]: **${escapeMarkdown(evidence.label)}**, ${escapeMarkdown(evidence.place)}: ${escapeMarkdown(evidence.text)}`,
    ),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function sectionParts(section: ReportSection, references: References): readonly string[] {
  const paragraphs: string[][] = [];
  for (const claim of section.claims) {
    const text = claimText(claim, references);
    if (claim.kind === 'quote' || claim.kind === 'seed-fact') paragraphs.push([`> ${text}`], []);
    else if (claim.kind === 'caution') paragraphs.push([`- ${text}`], []);
    else if (claim.opens === true || paragraphs.length === 0) paragraphs.push([text]);
    else paragraphs.at(-1)?.push(text);
  }
  return [
    `## ${escapeMarkdown(section.title)}`,
    ...paragraphs.filter((texts) => texts.length > 0).map((texts) => texts.join(' ')),
    ...section.figures.flatMap(figureParts),
  ];
}

function claimText(claim: ReportClaim, references: References): string {
  const notes = [...new Set(claim.citations.map((citation) => references.of(citation)?.number))];
  return escapeMarkdown(claim.text) + notes.map((number) => (number === undefined ? '' : `[^${number}]`)).join('');
}

function figureParts(figure: Figure): readonly string[] {
  const columns = [...new Set(figure.data.flatMap((row) => Object.keys(row)))];
  const step = Math.max(1, Math.ceil(figure.data.length / MOST_ROWS));
  const rows = figure.data.filter((_, index) => index % step === 0 || index === figure.data.length - 1);
  return [
    `**${escapeMarkdown(figure.title)}.** ${escapeMarkdown(figure.caption)}`,
    table(
      columns,
      rows.map((row) => columns.map((column) => cell(row[column], column))),
    ),
  ];
}

/** Shares are fractions in the data; whole numbers are counts and rounds. */
export function cell(value: string | number | undefined, column: string): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  if (column === 'round') return value < 0 ? 'start' : String(value);
  if (['from', 'to', 'mean'].includes(column)) return formatNumber(value, 'index');
  return Number.isInteger(value) && value > 1
    ? formatNumber(value, 'count')
    : ['posts', 'replies', 'agents'].includes(column)
      ? formatNumber(value, 'count')
      : formatNumber(value, 'share');
}

function costParts(report: Report): readonly string[] {
  const paid = report.method.costs;
  if (paid.length === 0) return [];
  return [
    table(
      ['Stage', 'Model', 'Calls', 'Cost'],
      paid.map((cost) => [cost.stage, cost.model, formatNumber(cost.calls, 'count'), formatNumber(cost.costNanoUsd, 'usd')]),
    ),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return [tableLine(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(tableLine)].join('\n');
}

const tableLine = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;

/** Neither Markdown nor HTML of a quoted text may come to life; line breaks become spaces. */
function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\\`*_{}[\]()#+|~!$^=:]/g, (character) => (':()+!='.includes(character) ? character : `\\${character}`))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/\b(https?|ftp|mailto|www)(?=[:.])/gi, '$1\u2060')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, String.raw`$1\$2`)
    .replace(/^(\s*)([-+=])(?=\s|$|[-=])/, String.raw`$1\$2`);
}
