// What a run forecasts, as it is sealed: one question's distribution with its baselines and the hashes of all that it
// was made from. A run that failed is sealed as a forecast that failed, so that it stays in the count.
import { ShoalError } from '#foundation';
import { recalibrated } from '#reports';
import type { Forecast, ForecastToSeal } from '#reports/contract';
import { readReport } from '../runs/artifacts.ts';
import type { System } from '../system.ts';
import { shoalVersion } from '../version.ts';

export interface SealOptions {
  /** Position of the question in the run, from 0. */
  readonly question: number;
  /** ISO time at which the outcome should be known. */
  readonly by: string;
  /** Where it will be looked up; default what the scenario declares. */
  readonly resolution?: string | undefined;
}

/** Throws `not_found`, and `conflict` for a run that is neither finished nor failed. */
export async function forecastOfRun(
  { runs, forecasts }: System,
  id: string,
  { question, by, resolution }: SealOptions,
): Promise<ForecastToSeal> {
  const view = runs.view(id);
  const versions = { shoal: shoalVersion(), node: process.version };
  const report = await runs.withFile(id, readReport);
  if (report === undefined) {
    if (view.status !== 'failed') {
      throw new ShoalError('conflict', `Run ${id} is ${view.status} and has no forecast yet.`, {
        hint: 'Let it finish: npx shoal resume shows how far it is.',
      });
    }
    return {
      text: view.title,
      kind: 'binary',
      by,
      resolution: resolution ?? 'Not declared.',
      distribution: { kind: 'failed', reason: view.problem?.detail ?? 'The run failed.' },
      baselines: [],
      calibration: 'no forecast',
      inputs: {},
      versions,
    };
  }
  const forecast = report.forecasts[question];
  if (forecast === undefined) {
    throw new ShoalError('not_found', `Run ${id} has no question ${question}.`, {
      hint: `Its questions are numbered 0 to ${report.forecasts.length - 1}.`,
    });
  }
  const { digest, engineHash, scenarioHash, graphHash } = report.method;
  const said: ForecastToSeal = {
    text: forecast.text,
    kind: forecast.kind,
    by,
    resolution: resolution ?? forecast.realWorldResolution,
    distribution: { kind: 'options', options: forecast.options.map(({ option, probability }) => ({ option, probability })) },
    baselines: baselinesOf(forecast),
    calibration: forecast.options[0]?.support.label ?? forecast.calibration,
    run: { id, digest, members: forecast.options[0]?.support.members ?? 1 },
    inputs: { scenario: scenarioHash, graph: graphHash, engine: engineHash },
    versions,
  };
  return recalibrated(said, forecasts.list());
}

/** Those of the forecast, and every option alike. */
function baselinesOf({ options, baselines }: Forecast): ForecastToSeal['baselines'] {
  const even = options.map(({ option }) => ({ option, probability: 1 / options.length }));
  return [...baselines, { name: 'uniform', options: even }].map(({ name, options: said }) => ({
    name,
    distribution: { kind: 'options', options: said.map((one) => ({ ...one })) },
  }));
}
