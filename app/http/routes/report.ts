// The report of a run: as data for the page, and as files to take away.
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ReportView } from '#api/contract';
import { ShoalError } from '#foundation';
import { renderReport } from '#reports';
import { REPORT_FORMATS, type Report, type ReportFormat } from '#reports/contract';
import { documentNames, readReport } from '../../runs/artifacts.ts';
import type { System } from '../../system.ts';
import { reportView } from '../../views/report-view.ts';
import { route } from '../route.ts';
import { RunParams } from './runs.ts';

const MEDIA: Readonly<Record<ReportFormat, string>> = {
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  json: 'application/json; charset=utf-8',
};
/** The file stands alone and may carry other people's words, so nothing in it may run. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups";

export function reportRoutes(server: FastifyInstance, { runs }: System): void {
  const reportOf = async (id: string): Promise<Report> => {
    const report = await runs.withFile(id, readReport);
    if (report !== undefined) return report;
    throw new ShoalError('conflict', `Run ${id} has no report yet.`, {
      hint: 'It is written after the last round; watch the run, or resume it.',
    });
  };
  route(
    server,
    { method: 'GET', url: '/api/v1/runs/:id/report', summary: 'The report as data', params: RunParams, answer: ReportView },
    async ({ params }) => reportView(await reportOf(params.id), runs.graph(params.id)),
  );
  for (const format of REPORT_FORMATS) {
    route(
      server,
      {
        method: 'GET',
        url: `/api/v1/runs/:id/report.${format}`,
        summary: `The report as one ${format} file`,
        params: RunParams,
        query: z.object({ download: z.string().optional() }),
      },
      async ({ params, query, reply }) => {
        const text = renderReport(await reportOf(params.id), format, { documents: documentNames(runs.graph(params.id)) });
        void reply.type(MEDIA[format]).header('content-security-policy', REPORT_POLICY);
        if (query.download !== undefined)
          void reply.header('content-disposition', `attachment; filename="${params.id}.${format}"`);
        return reply.send(text);
      },
    );
  }
}
