// checkReport: computes everything in a report again and says what does not hold. An empty list is the only pass.
import { isDeepStrictEqual } from 'node:util';
import type { MemberResult, RunRecord } from '#engine/contract';
import type { KnowledgeGraph, RejectedFile } from '#knowledge-graph/contract';
import { forecastsOf } from '../forecast/of-source.ts';
import type { MemberCell, Report, Violation } from '../contract.ts';
import { evidenceOf } from '../evidence.ts';
import { methodBox } from '../method-box.ts';
import { openSource, type Source } from '../numbers/source.ts';
import { figuresOf } from '../sections/sections.ts';
import { claimProblems } from './claim.ts';
import { ownWords } from './quotes.ts';

export function checkReport(
  report: Report,
  input: {
    readonly record: RunRecord;
    readonly members: readonly MemberResult[];
    readonly control?: MemberResult | undefined;
    readonly cells?: readonly MemberCell[];
    readonly graph: KnowledgeGraph;
    /** Default: those that the graph names. */
    readonly rejectedFiles?: readonly RejectedFile[];
  },
): readonly Violation[] {
  return checkWith(
    report,
    openSource({
      ...input,
      control: input.control,
      costs: report.method.costs,
      writer: report.method.writer,
      fork: report.method.fork,
      rejected: input.rejectedFiles ?? input.graph.snapshot.rejected,
    }),
  );
}

/** The same over a source that is already open. */
export function checkWith(report: Report, source: Source): readonly Violation[] {
  const context = { source, own: ownWords(source) };
  const claims = report.sections.flatMap((section) =>
    section.claims.flatMap((claim) =>
      claimProblems(claim, context).map((problem) => ({ section: section.id, claim: claim.text, problem })),
    ),
  );
  return [...claims, ...forecastProblems(report, source), ...figureProblems(report, source), ...frameProblems(report, source)];
}

function forecastProblems(report: Report, source: Source): readonly Violation[] {
  const expected = forecastsOf(source);
  const wrong = report.forecasts.filter((given, index) => !nearlyEqual(stored(given), stored(expected[index])));
  const missing =
    expected.length === report.forecasts.length
      ? []
      : [violation('forecast', '', 'The report has another number of forecasts than the run has questions.')];
  return [
    ...missing,
    ...wrong.map((given) => violation('forecast', given.text, 'The forecast is not what the members of the ensemble give.')),
  ];
}

/** As a report read back from JSON has it: without undefined members. */
const stored = (value: unknown): unknown => JSON.parse(JSON.stringify(value ?? null));

/** Measures are stored by the engine, the start is computed here: equal to rounding of 32-bit state. */
function nearlyEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'number') return Math.abs(left - right) < 1e-6;
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => nearlyEqual(item, right[index]));
  if (left !== null && right !== null && typeof left === 'object' && typeof right === 'object') {
    const [a, b] = [Object.entries(left), Object.entries(right)];
    return (
      a.length === b.length && a.every(([key, value]) => nearlyEqual(value, (right as Readonly<Record<string, unknown>>)[key]))
    );
  }
  return left === right;
}

function figureProblems(report: Report, source: Source): readonly Violation[] {
  const expected = new Map(figuresOf(source, report.forecasts).map((figure) => [figure.id, figure]));
  return report.sections.flatMap((section) =>
    section.figures
      .filter((figure) => !isDeepStrictEqual(stored(figure), stored(expected.get(figure.id))))
      .map((figure) => violation(section.id, figure.title, 'The figure is not what the record gives.')),
  );
}

function frameProblems(report: Report, source: Source): readonly Violation[] {
  const problems: Violation[] = [];
  if (!isDeepStrictEqual(stored(report.evidence), stored(evidenceOf(source, report.sections)))) {
    problems.push(violation('evidence', '', 'The evidence is not exactly what the claims cite.'));
  }
  if (!isDeepStrictEqual(stored(report.method), stored(methodBox(source))))
    problems.push(violation('method', '', 'The method box does not describe this run.'));
  const claims = report.sections.flatMap((section) => section.claims);
  const counts = {
    claims: claims.length,
    numbers: claims.reduce((sum, claim) => sum + claim.numbers.length, 0),
    citations: claims.reduce((sum, claim) => sum + claim.citations.length, 0),
    rewritten: report.check.rewritten,
  };
  if (!isDeepStrictEqual(report.check, counts)) problems.push(violation('check', '', 'The counts of the check are wrong.'));
  return problems;
}

const violation = (section: string, claim: string, problem: string): Violation => ({ section, claim, problem });
