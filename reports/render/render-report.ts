// renderReport: one checked report as Markdown, as a single offline HTML file, or as JSON.
import type { Report, ReportFormat } from '../contract.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';

export interface RenderContext {
  /** Names of the documents behind the run, by id. */
  readonly documents: Readonly<Record<string, string>>;
}

export function renderReport(report: Report, format: ReportFormat, context: RenderContext): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(report, null, 2)}\n`;
    case 'md':
      return renderMarkdown(report, context);
    case 'html':
      return renderHtml(report, context);
  }
}
