// Dissent: the strongest case against the answer that the run and the documents hold, in their own words.
import type { PostView } from '#engine/contract';
import { UNDECIDED_BAND } from '#engine/contract';
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { fromPoints, passage } from './documents.ts';
import { atRound, evened, finding, type Finding, type SectionPlan } from './finding.ts';
import { inText, optionText, type Lead } from './lead.ts';
import { influential, voice } from './voices.ts';

const POSTS = 3;
const PASSAGES = 2;

export function dissentSection(source: Source, leads: readonly Lead[]): SectionPlan {
  return { id: 'dissent', title: 'Dissent', findings: leads.flatMap((lead) => dissent(source, lead)), figures: [] };
}

function dissent(source: Source, lead: Lead): readonly Finding[] {
  const voices = influential(source, POSTS, (post) => against(lead, post)).map((post) => voice(source, post));
  const passages = fromPoints(source, lead, lead.side === 1 ? -1 : 1)
    .filter((span) => evened(source.graph.quote(span)).split(' ').length > 4)
    .slice(0, PASSAGES)
    .map((span) => passage(source, span));
  const points = computed(source, 'document-points-leaning', lead.issue.index, lead.side === 1 ? 'against' : 'for');
  return [
    ...opposed(source, lead),
    ...voices,
    ...(points.value > 0 && passages.length > 0
      ? [
          finding(
            'finding',
            'dissent-points',
            { label: inText(source, lead.issue), count: points },
            atRound(source.last, lead.series),
          ),
        ]
      : []),
    ...passages,
    ...(voices.length + passages.length === 0 ? [finding('caution', 'dissent-none', {}, atRound(source.last, lead.series))] : []),
  ];
}

/** Against the issue behind the answer, or for another option of the same question. */
function against({ question, issue, side }: Lead, post: PostView): boolean {
  if (post.issue === issue.index) return post.stance * side < -UNDECIDED_BAND;
  return question.kind === 'categorical' && question.issues.includes(post.issue) && post.stance > UNDECIDED_BAND;
}

function opposed(source: Source, { question, issue, side, option }: Lead): readonly Finding[] {
  if (question.kind === 'categorical') {
    const share = computed(source, 'rest', `leading:${issue.index}`, source.last);
    return [
      finding(
        'finding',
        'dissent-choice',
        { share, option: optionText(source, question, option) },
        atRound(source.last, `leading:${issue.index}`),
      ),
    ];
  }
  const name = `${side === 1 ? 'oppose' : 'support'}:${issue.index}`;
  return [
    finding('finding', 'dissent-case', { share: computed(source, 'measure', name, source.last) }, atRound(source.last, name)),
  ];
}
