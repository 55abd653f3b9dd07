// A report with the words behind each cited span, so that the page can show evidence without asking again.
import type { ReportView } from '#api/contract';
import type { GraphSnapshot } from '#knowledge-graph/contract';
import type { Citation, Forecast, Report, ReportClaim } from '#reports/contract';
import { excerptOf } from './excerpt.ts';
import { optional } from './optional.ts';

export function reportView(report: Report, graph: GraphSnapshot): ReportView {
  const claimView = (claim: ReportClaim): ReportView['sections'][number]['claims'][number] => ({
    text: claim.text,
    kind: claim.kind,
    citations: claim.citations.map((citation) => citationView(citation, graph)),
    numbers: claim.numbers.map(({ value, text, source }) => ({
      value,
      text,
      source: { name: source.name, args: [...source.args] },
    })),
  });
  const { fork, ensembleSeeds, ...rest } = report.method;
  return {
    version: report.version,
    title: report.title,
    createdAt: report.createdAt,
    forecasts: report.forecasts.map(forecastView),
    sections: report.sections.map((section) => ({
      id: section.id,
      title: section.title,
      claims: section.claims.map(claimView),
      figures: section.figures.map((figure) => ({ ...figure, data: figure.data.map((row) => ({ ...row })) })),
    })),
    method: { ...rest, ...optional('fork', fork && { ...fork, changes: [...fork.changes] }), ensembleSeeds: [...ensembleSeeds] },
    check: { ...report.check },
  };
}

function citationView(
  citation: Citation,
  graph: GraphSnapshot,
): ReportView['sections'][number]['claims'][number]['citations'][number] {
  if (citation.kind !== 'span') return { ...citation };
  return { kind: 'span', span: { ...citation.span }, ...optional('excerpt', excerptOf(graph, citation.span)) };
}

const forecastView = (forecast: Forecast): ReportView['forecasts'][number] => {
  const { answer, variance, ...rest } = forecast;
  return {
    ...rest,
    ...optional('answer', answer),
    ...optional('variance', variance),
    baselines: forecast.baselines.map(({ name, options }) => ({ name, options: options.map((option) => ({ ...option })) })),
    options: forecast.options.map((option) => ({ ...option, support: { ...option.support } })),
    persistence: forecast.persistence.map((row) => ({ ...row })),
  };
};
