// The only functions a number of a report may come from. Each is pure over a Source; its name and arguments travel
// with the number, so that anybody can compute it again. A name that is not here cannot stand in a report.
import { MEASURES, EVENT_KINDS } from '#engine/contract';
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { TypedQuestion } from '#scenarios/contract';
import { forecastsOf } from '../forecast/of-source.ts';
import { interactionEffects } from '../forecast/interaction.ts';
import { decidedShare, finalMeasures, supportNames, winnerOf } from '../forecast/votes.ts';
import { coverageOf, spreadOf } from '../forecast/spread.ts';
import { effectOf } from './effects.ts';
import type { Unit } from './format.ts';
import { actorsOn, communityStands, type Side } from './people.ts';
import { segmentsOf } from './segments.ts';
import type { Source } from './source.ts';

export type NumberArgs = readonly (string | number)[];

export interface NumberFunction {
  readonly unit: Unit | ((args: NumberArgs) => Unit);
  /** `undefined` where the record has no such thing. */
  readonly compute: (source: Source, ...args: NumberArgs) => number | undefined;
}

const define = (unit: NumberFunction['unit'], compute: NumberFunction['compute']): NumberFunction => ({ unit, compute });

/** The unit in which a measure is told. */
export function measureUnit(name: string): Unit {
  const spec = MEASURES.find((measure) => measure.name === name.split(':')[0]);
  if (spec?.unit.startsWith('share') === true) return 'share';
  return spec?.unit === 'events' || spec?.unit === 'agents' ? 'count' : 'index';
}

const SERIES: Readonly<Record<string, NumberFunction>> = {
  measure: define(
    ([name]) => measureUnit(String(name)),
    (source, name, round) => source.measure(String(name), Number(round)),
  ),
  /** Everybody who is not in a share. */
  rest: define('share', (source, name, round) => {
    const share = source.measure(String(name), Number(round));
    return share === undefined ? undefined : 1 - share;
  }),
  /** Size of the change of a share between two rounds, in percentage points. */
  change: define('points', (source, name, from, to) =>
    difference(source.measure(String(name), Number(from)), source.measure(String(name), Number(to))),
  ),
  decided: define('share', (source, issue, round) => decidedAt(source, Number(issue), Number(round))),
  'decided-change': define('points', (source, issue, from, to) =>
    difference(decidedAt(source, Number(issue), Number(from)), decidedAt(source, Number(issue), Number(to))),
  ),
  total: define('count', (source, name) =>
    source.series(String(name)).reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0),
  ),
  /** Of all replies of the run, those that answered the other side. */
  'cross-talk': define('share', (source) => {
    const replies = source.series('replies');
    const across = source
      .series('cross-talk')
      .reduce((sum, share, round) => sum + (Number.isFinite(share) ? share * (replies[round] ?? 0) : 0), 0);
    const all = replies.reduce((sum, count) => sum + count, 0);
    return all === 0 ? undefined : across / all;
  }),
  peak: define(
    ([name]) => measureUnit(String(name)),
    (source, name) => Math.max(...source.series(String(name))),
  ),
  'peak-round': define('plain', (source, name) => {
    const series = source.series(String(name));
    return series.indexOf(Math.max(...series));
  }),
  phases: define('plain', (source, name) => segmentsOf(source.series(String(name))).length),
  'phase-start': define('plain', (source, name, index) => segmentsOf(source.series(String(name)))[Number(index)]?.from),
  'phase-end': define('plain', (source, name, index) => segmentsOf(source.series(String(name)))[Number(index)]?.to),
};

const RUN: Readonly<Record<string, NumberFunction>> = {
  agents: define('count', ({ record }) => record.population.size),
  rounds: define('count', ({ record }) => record.rounds),
  'last-round': define('plain', ({ last }) => last),
  'simulated-hours': define('hours', ({ record }) => (record.rounds * record.scenario.clock.minutesPerRound) / 60),
  events: define('count', ({ record }) => record.summaries().reduce((sum, summary) => sum + summary.events, 0)),
  'events-of': define('count', ({ record }, kind) => {
    const code = EVENT_KINDS.findIndex((name) => name === kind);
    let count = 0;
    for (let round = 0; round < record.rounds; round++) {
      const batch = record.batch(round);
      for (const happened of batch?.kind.subarray(0, batch.count) ?? []) if (happened === code) count++;
    }
    return count;
  }),
  issues: define('plain', ({ record }) => record.framing.issues.length),
  'intervention-round': define('plain', ({ record }, index) => record.interventions()[Number(index)]?.round),
  'intervention-reach': define('share', ({ record }, index) => record.interventions()[Number(index)]?.reach),
  'intervention-window': define('plain', (source, index) => effectOf(source, Number(index))?.window),
  'intervention-before': define('share', (source, index) => effectOf(source, Number(index))?.before),
  'intervention-after': define('share', (source, index) => effectOf(source, Number(index))?.after),
  'intervention-change': define('points', (source, index) => {
    const effect = effectOf(source, Number(index));
    return difference(effect?.before, effect?.after);
  }),
};

const ENSEMBLE: Readonly<Record<string, NumberFunction>> = {
  members: define('count', ({ members }) => members.length),
  'members-for': define('count', (source, question, option) => {
    const asked = questionAt(source, question);
    return asked && source.members.filter((member) => winnerOf(asked, finalMeasures(member)) === option).length;
  }),
  'members-not-for': define('count', (source, question, option) => {
    const asked = questionAt(source, question);
    return asked && source.members.filter((member) => winnerOf(asked, finalMeasures(member)) !== option).length;
  }),
  probability: define('share', (source, question, option) => forecastAt(source, question)?.options[Number(option)]?.probability),
  spread: define('share', (source, question, option, which) => spreadPart(optionEnds(source, question, option), which)),
  'decided-spread': define('share', (source, issue, which) =>
    spreadPart(
      source.members.map((member) => decidedShare(Number(issue), finalMeasures(member))),
      which,
    ),
  ),
  'member-seed': define('plain', ({ members }, index) => members[Number(index)]?.seed),
  /** Variance of opinion on an issue at the end: `together`, `alone`, or their `ratio`. */
  interaction: define('index', ({ record, members, control }, issue, which) => {
    const effect = interactionEffects(record.framing, members, control)[Number(issue)];
    return which === 'together' || which === 'alone' || which === 'ratio' ? effect?.[which] : undefined;
  }),
  coverage: define('share', ({ members }) => coverageOf(members.length)),
  threshold: define('share', (source, question) => questionAt(source, question)?.threshold),
  /** Distance of the main run from the other answer. */
  margin: define('points', (source, question) => {
    const asked = questionAt(source, question);
    return asked && marginOf(asked, endOf(source));
  }),
  /** The thinnest margin of any member. */
  'closest-margin': define('points', (source, question) => {
    const asked = questionAt(source, question);
    return asked && Math.min(...source.members.map((member) => marginOf(asked, finalMeasures(member))));
  }),
};

const PEOPLE: Readonly<Record<string, NumberFunction>> = {
  communities: define('count', (source) => communityStands(source, 0).length),
  'community-size': define('count', (source, community, issue) => standOf(source, community, issue)?.size),
  'community-support': define('share', (source, community, issue) => standOf(source, community, issue)?.support),
  'community-oppose': define('share', (source, community, issue) => standOf(source, community, issue)?.oppose),
  'community-gap': define('points', (source, first, second, issue) =>
    difference(standOf(source, first, issue)?.support, standOf(source, second, issue)?.support),
  ),
  actors: define('count', ({ record }) => record.population.actors.length),
  'actors-on': define('count', (source, issue, side) => actorsOn(source, Number(issue), String(side) as Side).length),
};

const POSTS: Readonly<Record<string, NumberFunction>> = {
  reactions: define('count', ({ record }, seq) => {
    const post = record.post(Number(seq));
    return post && post.likes + post.dislikes + post.replies + post.reposts;
  }),
  likes: define('count', ({ record }, seq) => record.post(Number(seq))?.likes),
  cascade: define('count', (source, seq) => source.cascades().get(Number(seq)) ?? 1),
  'post-round': define('plain', ({ record }, seq) => record.post(Number(seq))?.round),
};

const GROUND: Readonly<Record<string, NumberFunction>> = {
  documents: define('count', ({ graph }) => graph.snapshot.documents.length),
  entities: define('count', ({ graph }) => graph.entities.length),
  relations: define('count', ({ graph }) => graph.relations.length),
  claims: define('count', ({ graph }) => graph.claims.length),
  'rejected-files': define('count', ({ rejected }) => rejected.length),
  'documents-not-in': define(
    'count',
    ({ graph }, language) => graph.snapshot.documents.filter((document) => document.language !== language).length,
  ),
  'chunk-fallbacks': define('count', ({ graph }) => graph.snapshot.extractor.fallbacks),
  'document-points': define(
    'count',
    ({ record }) => record.population.talkingPoints.filter((point) => point.origin === 'document').length,
  ),
  'document-points-leaning': define(
    'count',
    ({ record }, issue, side) =>
      record.population.talkingPoints.filter(
        (point) => point.origin === 'document' && point.issue === issue && (side === 'for' ? point.lean > 0 : point.lean < 0),
      ).length,
  ),
  'actors-left-out': define('count', ({ graph, record }) => {
    const kept = new Set(record.population.actors.map((actor) => actor.entity));
    return graph.entities.filter((entity) => (ACTOR_TYPES as readonly string[]).includes(entity.type) && !kept.has(entity.id))
      .length;
  }),
  calls: define('count', ({ costs }, stage) =>
    sumOf(costs.filter((cost) => stage === 'total' || cost.stage === stage).map((cost) => cost.calls)),
  ),
  cost: define('usd', ({ costs }, stage) =>
    sumOf(costs.filter((cost) => stage === 'total' || cost.stage === stage).map((cost) => cost.costNanoUsd)),
  ),
};

export const NUMBERS: Readonly<Record<string, NumberFunction>> = {
  ...SERIES,
  ...RUN,
  ...ENSEMBLE,
  ...PEOPLE,
  ...POSTS,
  ...GROUND,
};

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

const difference = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : Math.abs(to - from);

function decidedAt(source: Source, issue: number, round: number): number | undefined {
  const support = source.measure(`support:${issue}`, round);
  const oppose = source.measure(`oppose:${issue}`, round);
  return support === undefined || oppose === undefined
    ? undefined
    : decidedShare(issue, { [`support:${issue}`]: support, [`oppose:${issue}`]: oppose });
}

const questionAt = (source: Source, question: string | number | undefined): TypedQuestion | undefined =>
  source.record.framing.questions[Number(question)];

const forecastAt = (source: Source, question: string | number | undefined) => forecastsOf(source)[Number(question)];

function optionEnds(
  source: Source,
  question: string | number | undefined,
  option: string | number | undefined,
): readonly number[] {
  const asked = questionAt(source, question);
  const name = asked && supportNames(asked)[Number(option)];
  return name === undefined ? [] : source.members.map((member) => finalMeasures(member)[name] ?? Number.NaN);
}

function spreadPart(values: readonly number[], which: string | number | undefined): number | undefined {
  if (values.length === 0) return undefined;
  const spread = spreadOf(values);
  return which === 'low' || which === 'high' || which === 'median' || which === 'mean' ? spread[which] : undefined;
}

/** Measures of the main run at the end of its last round. */
export const endOf = (source: Source): Readonly<Record<string, number>> =>
  source.record.summaries().at(-1)?.measures ?? source.start;

function marginOf(question: TypedQuestion, measures: Readonly<Record<string, number>>): number {
  if (question.kind === 'binary') return Math.abs(decidedShare(question.issues[0] ?? 0, measures) - question.threshold);
  const shares = supportNames(question)
    .map((name) => measures[name] ?? 0)
    .toSorted((left, right) => right - left);
  return (shares[0] ?? 0) - (shares[1] ?? 0);
}

const standOf = (source: Source, community: string | number | undefined, issue: string | number | undefined) =>
  communityStands(source, Number(issue)).find((stand) => stand.community === community);
