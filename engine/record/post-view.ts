// A post as a person reads it: words rendered from its recipe (or as a model or an intervention wrote them), its
// author, and its score as of a round.
import { ACTOR_TYPES } from '#knowledge-graph/contract';
import type { Scenario } from '#scenarios/contract';
import { EVENT_KINDS, NONE, type Population, type PostRecipe, type PostView, type TalkingPoint } from '../contract.ts';
import { handleOf, nameOf } from '../population/index.ts';
import { KIND } from '../platforms/platform.ts';
import { behaviourOf } from '../policies/behaviour.ts';
import { renderPost } from '../policies/voice/index.ts';
import { groupName } from './group-view.ts';
import type { Ledger } from './ledger.ts';

export interface PostSource {
  readonly ledger: Ledger;
  readonly scenario: Scenario;
  /** With the interventions so far among its talking points. */
  readonly population: Population;
  /** Words that a model wrote for this event. */
  modelText(seq: number): string | undefined;
}

const orUndefined = (value: number): number | undefined => (value === NONE ? undefined : value);

export function viewPost(source: PostSource, seq: number, round: number): PostView | undefined {
  const { ledger, scenario, population } = source;
  const place = ledger.place(seq);
  if (place === undefined || place.batch.round > round || ledger.postPlace(seq) < 0) return undefined;
  const { batch, row } = place;
  const agent = orUndefined(batch.agent[row] as number);
  const origin = ledger.originOf(seq);
  const words = wordsOf(source, origin);
  const scores = ledger.scoresAt(round);
  const score = ledger.postPlace(origin);
  const isMessage = batch.kind[row] === KIND.message;
  return {
    seq,
    kind: EVENT_KINDS[batch.kind[row] as number] as PostView['kind'],
    round: batch.round,
    platform: (scenario.platforms[batch.platform[row] as number] as Scenario['platforms'][number]).kind,
    agent,
    authorName: agent === undefined ? 'Announcement' : nameOf(population, agent),
    authorHandle: agent === undefined ? 'announcement' : handleOf(population, agent),
    authorType: agent === undefined ? 'intervention' : (ACTOR_TYPES[population.columns.actorType[agent] as number] ?? 'person'),
    text: words.text,
    writtenBy: words.writtenBy,
    issue: batch.issue[row] as number,
    stance: batch.value[row] as number,
    parent: isMessage ? undefined : orUndefined(batch.target[row] as number),
    likes: scores.likes[score] as number,
    dislikes: scores.dislikes[score] as number,
    replies: scores.replies[score] as number,
    reposts: scores.reposts[score] as number,
    warned: (scores.reports[score] as number) >= behaviourOf(scenario)['report-threshold'],
    group: isMessage ? groupOf(source, batch.target[row] as number) : undefined,
    source: words.point?.source,
  };
}

function groupOf({ ledger, population }: PostSource, seq: number): PostView['group'] {
  const { batch, row } = ledger.place(seq) as NonNullable<ReturnType<Ledger['place']>>;
  return { seq, name: groupName(population, batch.issue[row] as number, batch.agent[row] as number) };
}

interface Words {
  readonly text: string;
  readonly writtenBy: PostView['writtenBy'];
  readonly point: TalkingPoint | undefined;
}

function wordsOf(source: PostSource, seq: number): Words {
  const { ledger, scenario, population } = source;
  const { batch, row } = ledger.place(seq) as NonNullable<ReturnType<Ledger['place']>>;
  const pointIndex = orUndefined(batch.point[row] as number);
  const point = pointIndex === undefined ? undefined : population.talkingPoints[pointIndex];
  const agent = orUndefined(batch.agent[row] as number);
  const written = source.modelText(seq);
  if (written !== undefined) return { text: written, writtenBy: 'model', point };
  if (agent === undefined) return { text: point?.text ?? '', writtenBy: 'intervention', point };
  const parentSeq = orUndefined(batch.target[row] as number);
  const parentPlace = parentSeq === undefined ? undefined : ledger.place(parentSeq);
  const recipe: PostRecipe = {
    seq,
    kind: EVENT_KINDS[batch.kind[row] as number] as PostRecipe['kind'],
    round: batch.round,
    // Messages in a group are as short as a microblog's posts.
    platformKind: scenario.platforms[batch.platform[row] as number]?.kind === 'forum' ? 'forum' : 'microblog',
    agent,
    issue: batch.issue[row] as number,
    stance: batch.value[row] as number,
    point: pointIndex,
    parent:
      parentPlace === undefined
        ? undefined
        : {
            agent: orUndefined(parentPlace.batch.agent[parentPlace.row] as number),
            stance: parentPlace.batch.value[parentPlace.row] as number,
            point: orUndefined(parentPlace.batch.point[parentPlace.row] as number),
          },
  };
  return { text: renderPost({ population }, recipe), writtenBy: 'embedded', point };
}
