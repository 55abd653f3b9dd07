// What is not known: the limits of this very run, each said only where it applies. They speak of the run as a whole,
// so they cite nothing in it.
import type { RejectedFile } from '#knowledge-graph/contract';
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { finding, joined, quoted, sentence, type Finding, type SectionPlan } from './finding.ts';
import type { Lead } from './lead.ts';

const FEW_ISSUES = 2;
const MOST_FILES = 5;
const HORIZON =
  /\b(?:within|by|before|until|in|over|during|after)\s+(?:the\s+(?:next|coming)\s+)?(?:(?:a|an|one|two|three|five|ten|\d+)\s+(?:days?|weeks?|months?|quarters?|years?|decades?)|(?:the\s+)?end\s+of\s+[\w\s]{3,20}?\b(?:year|month|week|decade|\d{4})|(?:january|february|march|april|may|june|july|august|september|october|november|december)\b(?:\s+\d{4})?|\d{4}|next\s+(?:week|month|year))/i;

export function unknownSection(source: Source, leads: readonly Lead[], rejected: readonly RejectedFile[]): SectionPlan {
  return {
    id: 'unknown',
    title: 'What is not known',
    findings: [
      caution('uncalibrated', {}),
      ...leads.flatMap((lead) => aboutQuestion(source, lead)),
      ...aboutPopulation(source),
      ...aboutDocuments(source, rejected),
      ...(source.members.length > 1 ? [caution('seeds-only', {})] : []),
    ],
    figures: [],
  };
}

const caution = (form: Parameters<typeof finding>[1], slots: Parameters<typeof finding>[2]): Finding =>
  finding('caution', form, slots);

function aboutQuestion(source: Source, { question }: Lead): readonly Finding[] {
  const horizon = HORIZON.exec(question.text)?.[0];
  return [
    ...(question.realWorldResolution.startsWith('Not declared')
      ? [caution('no-resolution', { question: quoted(question.text) })]
      : []),
    ...(horizon === undefined
      ? []
      : [caution('horizon', { hours: computed(source, 'simulated-hours'), horizon: quoted(horizon) })]),
    ...question.assumptions.map((text) => caution('assumption', { text: sentence(text) })),
  ];
}

function aboutPopulation(source: Source): readonly Finding[] {
  const actors = computed(source, 'actors');
  const agents = computed(source, 'agents');
  const left = computed(source, 'actors-left-out');
  const issues = computed(source, 'issues');
  const fallbacks = computed(source, 'events-of', 'fallback');
  return [
    actors.value > 0 ? caution('crowd-synthetic', { actors, agents }) : caution('only-crowd', { agents }),
    ...(left.value > 0
      ? [
          caution('actors-left-out', {
            count: left,
            actorWord: left.value === 1 ? 'person or organisation' : 'people and organisations',
            have: left.value === 1 ? 'has' : 'have',
          }),
        ]
      : []),
    ...(issues.value <= FEW_ISSUES
      ? [caution('few-issues', { issues, issueWord: issues.value === 1 ? 'issue' : 'issues' })]
      : []),
    ...(fallbacks.value > 0 ? [caution('fallbacks', { count: fallbacks })] : []),
  ];
}

function aboutDocuments(source: Source, rejected: readonly RejectedFile[]): readonly Finding[] {
  const foreign = computed(source, 'documents-not-in', 'en');
  const fallbacks = computed(source, 'chunk-fallbacks');
  const one = rejected.length === 1;
  const shown = rejected.slice(0, MOST_FILES).map((file) => `“${file.name}”`);
  return [
    ...(rejected.length === 0
      ? []
      : [
          caution('rejected', {
            count: computed(source, 'rejected-files'),
            fileWord: one ? 'file' : 'files',
            were: one ? 'was' : 'were',
            names: rejected.length > MOST_FILES ? `${shown.join(', ')} and others` : joined(shown),
          }),
        ]),
    ...(foreign.value > 0
      ? [
          caution('languages', {
            count: foreign,
            documentWord: foreign.value === 1 ? 'document' : 'documents',
            are: foreign.value === 1 ? 'is' : 'are',
          }),
        ]
      : []),
    ...(fallbacks.value > 0 ? [caution('chunk-fallbacks', { count: fallbacks })] : []),
  ];
}
