// Risks and tails: members that end otherwise, margins, the undecided, and movement that the last round cut off.
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { finalMeasures, winnerOf } from '../forecast/votes.ts';
import { segmentsOf } from '../numbers/segments.ts';
import { capitalised } from '../questions/clause.ts';
import { atRound, finding, paragraph, type Finding, type SectionPlan } from './finding.ts';
import type { Lead } from './lead.ts';

const MOST_SEEDS = 4;
/** Slower than a fifth of a point a round reads as standing still. */
const STILL = 0.002;

export function risksSection(source: Source, leads: readonly Lead[]): SectionPlan {
  return {
    id: 'risks',
    title: 'Risks and tails',
    findings: leads.flatMap((lead) =>
      paragraph([...members(source, lead), margin(source, lead), ...undecided(source, lead), ...unfinished(source, lead)]),
    ),
    figures: [],
  };
}

function members(source: Source, { question, option, series }: Lead): readonly Finding[] {
  const citations = atRound(source.last, series);
  if (source.members.length === 1) return [finding('caution', 'single-member', {}, citations)];
  const count = computed(source, 'members-not-for', question.index, option);
  const numbers = { members: computed(source, 'members') };
  if (count.value === 0) return [finding('caution', 'unanimous', numbers, citations)];
  const others = source.members.flatMap((member, index) => (winnerOf(question, finalMeasures(member)) === option ? [] : [index]));
  const seeds = others.length <= MOST_SEEDS ? others.map((index) => computed(source, 'member-seed', index)) : undefined;
  return [finding('caution', 'differing', { ...numbers, count, seeds }, citations)];
}

function margin(source: Source, { question, series }: Lead): Finding {
  const numbers = {
    margin: computed(source, 'margin', question.index),
    closest: computed(source, 'closest-margin', question.index),
  };
  const citations = atRound(source.last, series);
  return question.kind === 'binary'
    ? finding('caution', 'margin-binary', { ...numbers, threshold: computed(source, 'threshold', question.index) }, citations)
    : finding('caution', 'margin-choice', numbers, citations);
}

function undecided(source: Source, { question, issue }: Lead): readonly Finding[] {
  if (question.kind !== 'binary') return [];
  const [support, oppose, open] = ['support', 'oppose', 'undecided'].map(
    (name) => source.measure(`${name}:${issue.index}`, source.last) ?? 0,
  );
  const form = (open ?? 0) > Math.abs((support ?? 0) - (oppose ?? 0)) ? 'undecided-turn' : 'undecided-hold';
  return [
    finding(
      'caution',
      form,
      { undecided: computed(source, 'measure', `undecided:${issue.index}`, source.last) },
      atRound(source.last, `undecided:${issue.index}`),
    ),
  ];
}

function unfinished(source: Source, { series, subject }: Lead): readonly Finding[] {
  const segments = segmentsOf(source.series(series));
  const last = segments.at(-1);
  if (last === undefined || Math.abs(last.slope) < STILL) return [];
  const start = computed(source, 'phase-start', series, segments.length - 1);
  const form = last.slope > 0 ? 'still-rising' : 'still-falling';
  return [finding('caution', form, { Subject: capitalised(subject), start }, atRound(source.last, series))];
}
