// renderReport: one checked report as Markdown, as a single offline HTML file, or as JSON.
import type { Report, ReportFormat } from '../contract.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import type { RenderContext } from './render-context.ts';

export function renderReport(report: Report, format: ReportFormat, context: RenderContext): string {
  if (format === 'json') return `${JSON.stringify(report, null, 2)}\n`;
  return format === 'md' ? renderMarkdown(report, context) : renderHtml(report, context);
}
