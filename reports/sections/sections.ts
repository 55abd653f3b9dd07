// The plan of a report: its sections in reading order, and the figures that belong to them.
import type { Figure, Forecast } from '../contract.ts';
import type { Source } from '../numbers/source.ts';
import { answerSection } from './answer.ts';
import { coalitionsSection } from './coalitions.ts';
import { dissentSection } from './dissent.ts';
import { documentsSection } from './documents.ts';
import type { SectionPlan } from './finding.ts';
import { happenedSection } from './happened.ts';
import { leadsOf } from './lead.ts';
import { risksSection } from './risks.ts';
import { trendsSection } from './trends.ts';
import { unknownSection } from './unknown.ts';
import { voicesSection } from './voices.ts';

/** Everything but the method, which is written last since it tells how the others were. */
export function planSections(source: Source, forecasts: readonly Forecast[]): readonly SectionPlan[] {
  const leads = leadsOf(source, forecasts);
  return [
    answerSection(source, leads),
    happenedSection(source, leads),
    trendsSection(source, leads),
    coalitionsSection(source, leads),
    voicesSection(source),
    documentsSection(source, leads),
    risksSection(source, leads),
    dissentSection(source, leads),
    unknownSection(source, leads, source.rejected),
  ];
}

/** The figures that this record gives; the checker compares a report's with them. */
export const figuresOf = (source: Source, forecasts: readonly Forecast[]): readonly Figure[] =>
  planSections(source, forecasts).flatMap((section) => section.figures);
