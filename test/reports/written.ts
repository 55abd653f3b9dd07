// One written report per world, for the tests that look at reports.
import type { LanguageModel } from '#foundation';
import { forecast, reportSkills, writeReport } from '#reports';
import type { Report } from '#reports/contract';
import { embeddedModel } from '../embedded-model.ts';
import { UNDECIDED_BAND } from '#engine/contract';
import { SIZE, world, type World } from './fixtures.ts';

export interface Written extends World {
  readonly report: Report;
}

export async function written(
  options: Parameters<typeof world>[0] = {},
  model: LanguageModel = embeddedModel(reportSkills),
): Promise<Written> {
  const made = world(options);
  const report = await writeReport({
    ...made,
    forecasts: forecast({ framing: made.record.framing, members: made.members, control: made.control, start: startOf(made) }),
    costs: [{ stage: 'report', model: model.model, calls: 10, costNanoUsd: 1_234_000 }],
    rejectedFiles: [],
    model,
    createdAt: '2026-01-05T08:00:00Z',
  });
  return { ...made, report };
}

/** The measures before round 0 that the engine would hand over. */
export function startOf({ record }: World): Readonly<Record<string, number>> {
  const issues = record.framing.issues.length;
  const { opinion } = record.stateAt(-1);
  const out: Record<string, number> = {};
  for (let issue = 0; issue < issues; issue++) {
    const own = Array.from({ length: SIZE }, (_, agent) =>
      Array.from({ length: issues }, (_, other) => opinion[agent * issues + other] ?? 0),
    );
    out[`support:${issue}`] = own.filter((row) => (row[issue] ?? 0) > UNDECIDED_BAND).length / SIZE;
    out[`oppose:${issue}`] = own.filter((row) => (row[issue] ?? 0) < -UNDECIDED_BAND).length / SIZE;
    out[`leading:${issue}`] = own.filter((row) => row.indexOf(Math.max(...row)) === issue).length / SIZE;
  }
  return out;
}
