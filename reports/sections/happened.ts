// What happened: how much was said, the phases that the series itself falls into, and what changed around the news.
import { ShoalError } from '#foundation';
import type { Source } from '../numbers/source.ts';
import { computed } from '../numbers/compute.ts';
import { effectOf } from '../numbers/effects.ts';
import { segmentsOf, type Segment } from '../numbers/segments.ts';
import { capitalised } from '../questions/clause.ts';
import { activityFigure } from '../charts/activity-figure.ts';
import { atRound, finding, fromEvent, paragraph, quoted, type Finding, type SectionPlan } from './finding.ts';
import { inText, type Lead } from './lead.ts';

/** Less movement than this over a phase reads as none. */
const FLAT = 0.015;
const MOST_NEWS = 5;

export function happenedSection(source: Source, leads: readonly Lead[]): SectionPlan {
  return {
    id: 'happened',
    title: 'What happened',
    findings: [
      ...paragraph(activity(source)),
      ...leads.flatMap((lead) => paragraph(phases(source, lead))),
      ...paragraph(news(source)),
    ],
    figures: [activityFigure(source)],
  };
}

function activity(source: Source): readonly Finding[] {
  const total = (name: string) => computed(source, 'total', name);
  const dislikes = total('dislikes');
  const reposts = total('reposts');
  const peak = computed(source, 'peak-round', 'active');
  return [
    finding(
      'finding',
      'activity',
      {
        rounds: computed(source, 'rounds'),
        hours: computed(source, 'simulated-hours'),
        agents: computed(source, 'agents'),
        posts: total('posts'),
        replies: total('replies'),
        reposts: reposts.value > 0 ? reposts : undefined,
        likes: total('likes'),
        dislikes: dislikes.value > 0 ? dislikes : undefined,
        events: computed(source, 'events'),
      },
      atRound(source.last, 'posts', 'replies', 'reposts', 'likes'),
    ),
    finding('finding', 'busiest', { round: peak, active: computed(source, 'peak', 'active') }, atRound(peak.value, 'active')),
  ];
}

function phases(source: Source, { series, subject }: Lead): readonly Finding[] {
  const segments = segmentsOf(source.series(series));
  const Subject = capitalised(subject);
  const ends = (segment: Segment, index: number) => ({
    start: computed(source, 'phase-start', series, index),
    end: computed(source, 'phase-end', series, index),
    from: computed(source, 'measure', series, segment.from),
    to: computed(source, 'measure', series, segment.to),
  });
  return segments.flatMap((segment, index) => {
    const numbers = ends(segment, index);
    const change = numbers.to.value - numbers.from.value;
    const flat = Math.abs(change) < FLAT || numbers.from.text === numbers.to.text;
    const form =
      segments.length === 1
        ? flat
          ? 'phase-only-flat'
          : 'phase-only'
        : flat
          ? 'phase-flat'
          : change > 0
            ? 'phase-rise'
            : 'phase-fall';
    const { start, end, from, to } = numbers;
    const used = form === 'phase-only' ? { from, to } : form === 'phase-flat' ? { start, end, to } : numbers;
    const cited = [...atRound(segment.from, series), ...atRound(segment.to, series)];
    return [...turn(source, series, segments, index), finding('finding', form, { ...used, subject, Subject }, cited)];
  });
}

/** How a phase begins: by a jump, or by a new direction. News is named only where it came within two rounds before. */
function turn(source: Source, series: string, segments: readonly Segment[], index: number): readonly Finding[] {
  const segment = segments[index];
  const previous = segments[index - 1];
  if (segment === undefined || previous === undefined) return [];
  const near = source.record.interventions().findIndex(({ round }) => round <= segment.from && segment.from - round <= 2);
  const news = near < 0 ? undefined : computed(source, 'intervention-round', near);
  const number = computed(source, 'phase-start', series, index);
  const jump = (source.measure(series, segment.from) ?? 0) - (source.measure(series, previous.to) ?? 0);
  const citations = atRound(segment.from, series);
  if (Math.abs(jump) >= FLAT) {
    const to = computed(source, 'measure', series, segment.from);
    return [finding('finding', jump > 0 ? 'jump-up' : 'jump-down', { turn: number, to, news }, citations)];
  }
  return news === undefined ? [] : [finding('finding', 'turn-after-news', { turn: number, news }, citations)];
}

function news(source: Source): readonly Finding[] {
  const interventions = source.record.interventions();
  if (interventions.length === 0) return [];
  const kept = interventions
    .map((_, index) => index)
    .toSorted((left, right) => sizeOf(source, right) - sizeOf(source, left) || left - right)
    .slice(0, MOST_NEWS)
    .toSorted((left, right) => left - right);
  const told = kept.flatMap((index) => newsItem(source, index));
  return told.some(({ form }) => form === 'effect') ? [...told, finding('caution', 'effect-caution', {})] : told;
}

function sizeOf(source: Source, index: number): number {
  const effect = effectOf(source, index);
  return effect === undefined || effect.window === 0 ? -1 : Math.abs(effect.after - effect.before);
}

function newsItem(source: Source, index: number): readonly Finding[] {
  const effect = effectOf(source, index);
  if (effect === undefined) return [];
  const { intervention, window, before, after } = effect;
  const said = finding(
    'quote',
    'intervention',
    {
      round: computed(source, 'intervention-round', index),
      reach: computed(source, 'intervention-reach', index),
      quote: quoted(intervention.text),
    },
    [fromEvent(eventOf(source, index))],
  );
  const series = `support:${intervention.issue}`;
  if (window === 0) return [said, finding('finding', 'effect-none', {}, atRound(intervention.round, series))];
  const issue = source.record.framing.issues[intervention.issue];
  return [
    said,
    finding(
      'finding',
      'effect',
      {
        label: issue === undefined ? '' : inText(source, issue),
        window: computed(source, 'intervention-window', index),
        before: computed(source, 'intervention-before', index),
        after: computed(source, 'intervention-after', index),
        change: computed(source, 'intervention-change', index),
        direction: after >= before ? 'a rise' : 'a fall',
      },
      [...atRound(intervention.round - 1, series), ...atRound(Math.min(source.last, intervention.round + window - 1), series)],
    ),
  ];
}

/** The injected event that carries the intervention's words. */
function eventOf(source: Source, index: number): number {
  const intervention = source.record.interventions()[index];
  const injected = source.record.events({ kind: 'inject', ...(intervention === undefined ? {} : { round: intervention.round }) });
  const match = injected.find(({ seq }) => source.record.post(seq)?.text === intervention?.text);
  if (match === undefined) {
    throw new ShoalError(
      'record_corrupt',
      `The run's record has no event for the intervention of round ${intervention?.round ?? '?'}.`,
    );
  }
  return match.seq;
}
