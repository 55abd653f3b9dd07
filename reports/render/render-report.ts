// renderReport: one checked report as Markdown, as a single offline HTML file, or as JSON.
import type { Report, ReportFormat } from '../contract.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';

export interface RenderContext {
  /** Names of the documents behind the run, by id. */
  readonly documents: Readonly<Record<string, string>>;
}

export function renderReport(report: Report, format: ReportFormat, context: RenderContext): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return format === 'md' ? renderMarkdown(report, context) : renderHtml(report, context);
}
