// Coalitions: which communities and named actors end on which side of the issue behind each answer.
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { actorsOn, communityStands, type Side } from '../numbers/people.ts';
import { communityFigure } from '../charts/community-figure.ts';
import type { Citation } from '../contract.ts';
import { atRound, finding, fromEvent, joined, paragraph, type Finding, type SectionPlan } from './finding.ts';
import { inText, type Lead } from './lead.ts';

const NEAR = 0.05;
const MOST_NAMES = 4;
const WEAK_ECHO = 0.1;

export function coalitionsSection(source: Source, leads: readonly Lead[]): SectionPlan {
  return {
    id: 'coalitions',
    title: 'Coalitions',
    findings: [
      ...leads.flatMap((lead) => [
        ...paragraph(communities(source, lead)),
        ...paragraph(actors(source, lead)),
        ...echo(source, lead),
      ]),
      ...everybody(source),
    ],
    figures: leads.map((lead) => communityFigure(source, lead.issue)),
  };
}

/** Communities too small to speak of are left to the figure. */
function communities(source: Source, { issue }: Lead): readonly Finding[] {
  const floor = Math.max(10, source.record.population.size * 0.03);
  const stands = communityStands(source, issue.index)
    .filter(({ size }) => size >= floor)
    .toSorted((left, right) => right.support - left.support || left.community - right.community);
  const most = stands[0];
  const least = stands.at(-1);
  if (most === undefined || least === undefined || most === least) return [];
  const label = inText(source, issue);
  const citations = atRound(source.last, `support:${issue.index}`, `oppose:${issue.index}`);
  const gap = computed(source, 'community-gap', most.community, least.community, issue.index);
  if (gap.value < NEAR) return [finding('finding', 'community-near', { label, gap }, citations)];
  const numbers = (community: number) => ({
    size: computed(source, 'community-size', community, issue.index),
    support: computed(source, 'community-support', community, issue.index),
    oppose: computed(source, 'community-oppose', community, issue.index),
  });
  return [
    finding('finding', 'community-most', { community: `“${most.label}”`, label, ...numbers(most.community) }, citations),
    finding('finding', 'community-least', { community: `“${least.label}”`, ...numbers(least.community) }, citations),
    finding('finding', 'community-gap', { gap }, citations),
  ];
}

function actors(source: Source, { issue }: Lead): readonly Finding[] {
  if (source.record.population.actors.length === 0) return [];
  const count = (side: Side) => computed(source, 'actors-on', issue.index, side);
  const named = (side: Side) => actorsOn(source, issue.index, side).slice(0, MOST_NAMES);
  const names = (side: Side): string => {
    const shown = named(side).map(({ name }) => name);
    return count(side).value > shown.length ? `${shown.join(', ')} and others` : joined(shown);
  };
  const posts: readonly Citation[] = [...named('for'), ...named('against')].flatMap(({ agent }) =>
    source.record.posts({ agent, issue: issue.index, sort: 'top', limit: 1 }).map((post) => fromEvent(post.seq)),
  );
  return [
    finding(
      'finding',
      'actors-sides',
      {
        actors: computed(source, 'actors'),
        label: inText(source, issue),
        for: count('for'),
        forNames: names('for'),
        against: count('against'),
        againstNames: names('against'),
        undecided: count('undecided'),
      },
      [...atRound(source.last, `support:${issue.index}`), ...posts],
    ),
  ];
}

function echo(source: Source, { issue }: Lead): readonly Finding[] {
  const name = `echo:${issue.index}`;
  const slope = source.measure(name, source.last);
  if (slope === undefined || !Number.isFinite(slope)) return [];
  const form = Math.abs(slope) < WEAK_ECHO ? 'echo-weak' : 'echo-strong';
  return [finding('finding', form, { echo: computed(source, 'measure', name, source.last) }, atRound(source.last, name))];
}

function everybody(source: Source): readonly Finding[] {
  const known = (name: string): boolean => Number.isFinite(source.measure(name, source.last));
  return [
    ...(source.series('replies').some((count) => count > 0)
      ? [finding('finding', 'cross-talk', { share: computed(source, 'cross-talk') }, atRound(source.last, 'cross-talk'))]
      : []),
    ...(known('attention-gini')
      ? [
          finding(
            'finding',
            'attention',
            { gini: computed(source, 'measure', 'attention-gini', source.last) },
            atRound(source.last, 'attention-gini'),
          ),
        ]
      : []),
  ];
}
