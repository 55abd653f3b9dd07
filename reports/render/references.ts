// Numbers the evidence as footnotes are numbered: by first citation, one number each.
import type { Citation, Evidence, Report } from '../contract.ts';
import { evidenceId } from '../evidence.ts';

export interface Reference {
  readonly number: number;
  readonly evidence: Evidence;
}

export interface References {
  readonly list: readonly Reference[];
  of(citation: Citation): Reference | undefined;
}

export function referencesOf(report: Report): References {
  const list = report.evidence.map((evidence, index) => ({ number: index + 1, evidence }));
  const byId = new Map(list.map((reference) => [reference.evidence.id, reference]));
  return { list, of: (citation) => byId.get(evidenceId(citation)) };
}
