// Every measure of the contract, for one moment of a world. Names and order follow MEASURES.
import type { Framing } from '#scenarios/contract';
import { MEASURES, type EventBatch, type Population } from '../contract.ts';
import { PAYOFF } from '../platforms/market/listing.ts';
import { KIND } from '../platforms/platform.ts';
import type { Market } from '../rounds/world.ts';
import { estebanRay, leadingShares, moments, movedShare, sideShares } from './opinion.ts';
import { mixing } from './mixing.ts';
import { echoSlope, gini } from './ties.ts';

export interface Moment {
  readonly opinion: Float32Array;
  readonly initial: Float32Array;
  readonly size: number;
  readonly issues: number;
  /** Issues of each question. */
  readonly questions: readonly (readonly number[])[];
  readonly ties: { readonly offsets: Uint32Array; readonly targets: Uint32Array };
  /** Reactions received so far, by agent. */
  readonly attention: Uint32Array;
  readonly active: number;
  /** Events of the round. */
  readonly batch: EventBatch | undefined;
  /** Of the round's replies, the share across sides. */
  readonly crossTalk: number;
  /** Share of agents who have written or reacted so far. */
  readonly turnout: number;
  /** Where there is one: what its answers are and cost, in cents. */
  readonly market: Pick<Market, 'answers' | 'columns'> | undefined;
}

export function measure(moment: Moment): Record<string, number> {
  const { opinion: values, initial, size, issues, questions, ties } = moment;
  const found = new Map<string, number>();
  for (let issue = 0; issue < issues; issue++) {
    const column = { values, size, issues, issue };
    const shares = sideShares(column);
    const { mean, variance, bimodality } = moments(column);
    found.set(`support:${issue}`, shares.support);
    found.set(`oppose:${issue}`, shares.oppose);
    found.set(`undecided:${issue}`, shares.undecided);
    found.set(`opinion-mean:${issue}`, mean);
    found.set(`opinion-variance:${issue}`, variance);
    found.set(`bimodality:${issue}`, bimodality);
    found.set(`polarisation:${issue}`, estebanRay(column));
    found.set(`echo:${issue}`, echoSlope(values, issues, issue, ties));
    const { externalInternal, assortativity } = mixing(values, issues, issue, ties);
    found.set(`ei-index:${issue}`, externalInternal);
    found.set(`assortativity:${issue}`, assortativity);
    found.set(`sentiment:${issue}`, sentiment(moment.batch, issue));
    found.set(`moved:${issue}`, movedShare(column, initial));
  }
  for (const question of questions) {
    const shares = leadingShares(values, size, issues, question);
    question.forEach((issue, place) => found.set(`leading:${issue}`, shares[place] as number));
  }
  const kinds = countKinds(moment.batch);
  const count = (kind: keyof typeof KIND): number => kinds[KIND[kind]] as number;
  found.set('active', moment.active);
  found.set('posts', count('post') + count('quote'));
  found.set('replies', count('reply'));
  found.set('reposts', count('repost'));
  found.set('likes', count('like'));
  found.set('dislikes', count('dislike'));
  found.set('follows', count('follow'));
  found.set('attention-gini', gini(moment.attention));
  found.set('turnout', moment.turnout);
  found.set('cross-talk', moment.crossTalk);

  if (moment.market !== undefined) {
    const { answers, columns } = moment.market;
    answers.forEach(({ issue, side }, answer) => {
      if (side > 0) found.set(`price:${issue}`, (columns.price[answer] as number) / PAYOFF);
    });
    found.set('volume', volumeOf(moment.batch));
  }

  const named: Record<string, number> = {};
  for (const { name, perIssue } of MEASURES) {
    const keys = perIssue ? Array.from({ length: issues }, (_, issue) => `${name}:${issue}`) : [name];
    // A world without a market has no prices.
    for (const key of keys) if (found.has(key)) named[key] = found.get(key) as number;
  }
  return named;
}

/** Kinds whose value is a stance that its author put into words. */
const WRITTEN: ReadonlySet<number> = new Set([KIND.post, KIND.reply, KIND.quote]);

/** Mean stance of a round's posts, replies and quotes on an issue; 0 where there are none. */
export function sentiment(batch: EventBatch | undefined, issue: number): number {
  let sum = 0;
  let count = 0;
  for (let event = 0; event < (batch?.count ?? 0); event++) {
    if (!WRITTEN.has(batch?.kind[event] as number) || batch?.issue[event] !== issue) continue;
    sum += batch.value[event] as number;
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

function countKinds(batch: EventBatch | undefined): Uint32Array {
  const counts = new Uint32Array(Object.keys(KIND).length);
  if (batch !== undefined) for (const kind of batch.kind) counts[kind] = (counts[kind] as number) + 1;
  return counts;
}

function volumeOf(batch: EventBatch | undefined): number {
  let shares = 0;
  for (let event = 0; event < (batch?.count ?? 0); event++) {
    if (batch?.kind[event] === KIND.trade) shares += batch.point[event] as number;
  }
  return shares;
}

/** The measures of a population before anything has happened. */
export function initialMeasures(population: Population, framing: Framing): Record<string, number> {
  const { columns, size, issues, ties } = population;
  return measure({
    opinion: columns.opinion,
    initial: columns.opinion,
    size,
    issues: issues.length,
    questions: framing.questions.map((question) => question.issues),
    ties,
    attention: new Uint32Array(size),
    active: 0,
    batch: undefined,
    crossTalk: 0,
    turnout: 0,
    market: undefined,
  });
}
