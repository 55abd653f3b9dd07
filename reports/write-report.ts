// writeReport, the ReportAgent: plans sections of computed findings, has them put into words, checks every sentence,
// and hands nothing out that fails its own check.
import { ShoalError, type LanguageModel, type ReportProgress } from '#foundation';
import type { MemberResult, RunRecord } from '#engine/contract';
import type { KnowledgeGraph, RejectedFile } from '#knowledge-graph/contract';
import { checkWith } from './checker/check-report.ts';
import { ownWords } from './checker/quotes.ts';
import type { Forecast, ForkNote, MemberCell, Report, ReportSection, StageCost } from './contract.ts';
import { evidenceOf } from './evidence.ts';
import { methodBox } from './method-box.ts';
import { openSource } from './numbers/source.ts';
import type { SectionPlan } from './sections/finding.ts';
import { methodSection } from './sections/method.ts';
import { planSections } from './sections/sections.ts';
import { writeSection } from './sentences/write-section.ts';

export interface ReportInput {
  readonly record: RunRecord;
  readonly graph: KnowledgeGraph;
  /** The main run among them. */
  readonly members: readonly MemberResult[];
  /** The control without contact, where one was lived. */
  readonly control?: MemberResult | undefined;
  /** The draws that each member lived with. */
  readonly cells?: readonly MemberCell[];
  readonly forecasts: readonly Forecast[];
  readonly costs: readonly StageCost[];
  readonly rejectedFiles: readonly RejectedFile[];
  /** Of a fork: where it comes from and what it changed. */
  readonly fork?: ForkNote | undefined;
  readonly model: LanguageModel;
  readonly createdAt: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: ReportProgress;
}

export async function writeReport(input: ReportInput): Promise<Report> {
  if (input.record.rounds === 0) {
    throw new ShoalError('conflict', 'There is nothing to report: no round has been simulated yet.', {
      hint: 'Run at least one round first.',
    });
  }
  const source = openSource({
    ...input,
    control: input.control,
    rejected: input.rejectedFiles,
    writer: input.model.kind === 'embedded' ? 'embedded (rule-based)' : input.model.model,
  });
  const context = { source, own: ownWords(source) };
  const plans = planSections(source, input.forecasts);
  const sections: ReportSection[] = [];
  let rewritten = 0;
  let reason: string | undefined;
  const write = async (plan: SectionPlan): Promise<void> => {
    input.signal?.throwIfAborted();
    input.onProgress?.({ done: sections.length, total: plans.length + 1, message: `Writing “${plan.title}”` });
    const written = await writeSection(plan, input.model, context, input.signal);
    rewritten += written.rewritten;
    reason ??= written.fallbackReason;
    sections.push({ id: plan.id, title: plan.title, claims: written.claims, figures: plan.figures });
  };
  for (const plan of plans) await write(plan);
  await write(methodSection(source, reason));
  const report: Report = {
    version: 1,
    title: input.record.scenario.title,
    createdAt: input.createdAt,
    forecasts: input.forecasts,
    sections,
    evidence: evidenceOf(source, sections),
    method: methodBox(source),
    check: countsOf(sections, rewritten),
  };
  const violations = checkWith(report, source);
  if (violations.length > 0) {
    throw new ShoalError(
      'report_rejected',
      `The report failed its own check in ${violations.length} places: ${violations[0]?.problem ?? ''}`,
      {
        hint: 'Keep the run file and report this: it is a fault of the report writer, and nothing was handed out.',
        details: { violations: violations.slice(0, 20) },
      },
    );
  }
  input.onProgress?.({ done: sections.length, total: sections.length, message: 'The report is checked' });
  return report;
}

function countsOf(sections: readonly ReportSection[], rewritten: number): Report['check'] {
  const claims = sections.flatMap((section) => section.claims);
  return {
    claims: claims.length,
    numbers: claims.reduce((sum, claim) => sum + claim.numbers.length, 0),
    citations: claims.reduce((sum, claim) => sum + claim.citations.length, 0),
    rewritten,
  };
}
