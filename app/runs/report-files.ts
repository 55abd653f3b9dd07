// The report as files beside the run.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ShoalError } from '#foundation';
import { renderReport } from '#reports';
import { REPORT_FORMATS, type ReportFormat } from '#reports/contract';
import type { System } from '../system.ts';
import { documentNames, readReport } from './artifacts.ts';

/** Absolute path by format, for those that were written. */
export type ReportFiles = { readonly [format in ReportFormat]?: string };

export async function writeReportFiles(
  { home, runs }: System,
  id: string,
  folder: string | undefined,
  formats: readonly ReportFormat[] = REPORT_FORMATS,
): Promise<ReportFiles> {
  const report = await runs.withFile(id, readReport);
  if (report === undefined) {
    throw new ShoalError('conflict', `Run ${id} has no report yet; it is ${runs.view(id).status}.`, {
      hint: `Finish it: npx shoal resume ${id}`,
    });
  }
  const target = resolve(folder ?? home.reportsOf(id));
  mkdirSync(target, { recursive: true });
  const context = { documents: documentNames(runs.graph(id)) };
  const written = formats.map((format) => {
    const path = join(target, `report.${format}`);
    writeFileSync(path, renderReport(report, format, context));
    return [format, path] as const;
  });
  return Object.fromEntries(written);
}
