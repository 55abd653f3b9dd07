// `shoal report`: the report of a finished run as files.
import { structureOf } from '#engine';
import { ShoalError } from '#foundation';
import { REPORT_FORMATS, type ReportFormat } from '#reports/contract';
import { homeAt } from '../../home.ts';
import { writeReportFiles } from '../../runs/report-files.ts';
import { openSystem } from '../../system.ts';
import type { CommandContext } from '../command-context.ts';

export async function report(
  { output, homeOption }: CommandContext,
  options: { readonly format: string; readonly out?: string },
  id = '',
): Promise<void> {
  const formats = options.format.split(',').map(parseFormat);
  const system = openSystem(homeAt(homeOption, process.env), process.env);
  try {
    const files = await writeReportFiles(system, id, options.out, formats);
    const structure = structureOf(system.runs.record(id));
    output.result({ ...files, structure }, Object.values(files).join('\n'));
  } finally {
    await system.close();
  }
}

function parseFormat(text: string): ReportFormat {
  const format = REPORT_FORMATS.find((known) => known === text.trim());
  if (format !== undefined) return format;
  throw new ShoalError('invalid_input', `There is no report format “${text}”.`, {
    hint: `Choose from ${REPORT_FORMATS.join(', ')}.`,
  });
}
