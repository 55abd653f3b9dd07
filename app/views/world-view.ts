// Posts, agents and measures of a record as the page shows them.
import type { AgentRow, AgentView, MeasuresView, PostView } from '#api/contract';
import { MEASURES, type PostView as EnginePost, type RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';
import { excerptOf, excerptsOf } from './excerpt.ts';
import { optional } from './optional.ts';

const SHOWN_MEMORIES = 30;
const SHOWN_REASONS = 12;
const SHOWN_POSTS = 20;

/** Simulated time at the start of a round. */
function timeOfRound(record: RunRecord, round: number): string {
  const { start, minutesPerRound } = record.scenario.clock;
  return new Date(Date.parse(start) + round * minutesPerRound * 60_000).toISOString();
}

/** The last committed round where none was asked for; throws `invalid_input` beyond the end. */
export function roundOf(record: RunRecord, asked: number | undefined): number {
  const last = record.rounds - 1;
  const round = asked ?? last;
  if (round <= last) return round;
  throw new ShoalError('invalid_input', `The run has not come to round ${round} yet; its last is ${last}.`, {
    hint: 'Ask for a round up to that one.',
  });
}

/** Who wrote a post; of one that was passed on, whoever wrote it first. */
function authorOf(record: RunRecord, seq: number | undefined): string | undefined {
  let post = seq === undefined ? undefined : record.post(seq);
  while (post?.kind === 'repost' && post.parent !== undefined) post = record.post(post.parent);
  return post?.authorName;
}

export function postView(record: RunRecord, post: EnginePost): PostView {
  return {
    seq: post.seq,
    kind: post.kind,
    round: post.round,
    time: timeOfRound(record, post.round),
    platform: post.platform,
    ...optional('agent', post.agent),
    authorName: post.authorName,
    authorHandle: post.authorHandle,
    authorType: post.authorType,
    text: post.text,
    writtenBy: post.writtenBy,
    issue: post.issue,
    stance: post.stance,
    ...optional('parent', post.parent),
    ...optional('parentAuthor', authorOf(record, post.parent)),
    likes: post.likes,
    dislikes: post.dislikes,
    replies: post.replies,
    reposts: post.reposts,
    warned: post.warned,
    ...optional('group', post.group),
    ...optional('excerpt', post.source === undefined ? undefined : excerptOf(record.graph, post.source)),
  };
}

export function measuresView(record: RunRecord): MeasuresView {
  const summaries = record.summaries();
  const measured = Object.keys(summaries[0]?.measures ?? {});
  const isMeasured = (name: string): boolean =>
    summaries.length === 0 || measured.some((key) => key === name || key.startsWith(`${name}:`));
  return {
    // A world without a market has no prices to show.
    specs: MEASURES.filter(({ name }) => isMeasured(name)).map((spec) => ({ ...spec })),
    rounds: summaries.map(({ round, time, active, events, measures }) => ({
      round,
      time,
      active,
      events,
      measures: { ...measures },
    })),
    interventions: record.interventions().map(({ round, text, issue, stance, reach }) => ({ round, text, issue, stance, reach })),
  };
}

export function agentRow(record: RunRecord, agent: number, round: number): AgentRow {
  const persona = record.persona(agent, round);
  return {
    agent,
    name: persona.identity.name,
    handle: persona.identity.handle,
    kind: persona.kind,
    actorType: persona.actorType,
    occupation: persona.demographics.occupation,
    community: persona.community,
    reach: persona.reach,
    opinions: persona.stances.map((stance) => stance.opinion),
    present: record.isPresent(agent, round),
  };
}

/** Throws `not_found` for a number that no agent has. */
export function checkAgent(record: RunRecord, agent: number): void {
  if (Number.isInteger(agent) && agent >= 0 && agent < record.population.size) return;
  throw new ShoalError('not_found', `There is no agent ${agent}; they are numbered 0 to ${record.population.size - 1}.`, {
    hint: 'Find an agent by name in the list of agents.',
  });
}

function reasonsOf(record: RunRecord, agent: number, round: number): AgentView['reasons'] {
  const shifts = record.events({ agent, kind: 'shift' }).filter((event) => event.round <= round);
  return shifts
    .slice(-SHOWN_REASONS)
    .toReversed()
    .map(({ seq, round: when, issue, value, target }) => {
      const post = target === undefined ? undefined : record.post(target, round);
      return { round: when, event: seq, issue, change: value, ...optional('post', post && postView(record, post)) };
    });
}

export function agentView(record: RunRecord, agent: number, round: number): AgentView {
  checkAgent(record, agent);
  const persona = record.persona(agent, round);
  const before = record.persona(agent, -1);
  const { demographics } = persona;
  return {
    agent,
    round,
    present: record.isPresent(agent, round),
    persona: {
      kind: persona.kind,
      ...optional('entity', persona.entity),
      actorType: persona.actorType,
      ...persona.identity,
      ...optional('age', demographics.age),
      ...optional('gender', demographics.gender),
      ...optional('education', demographics.education),
      occupation: demographics.occupation,
      region: demographics.region,
      traits: { ...persona.traits },
      values: { ...persona.values },
      rhythm: { name: persona.rhythm.name, activity: persona.rhythm.activity, hours: [...persona.rhythm.hours] },
      reach: persona.reach,
      ...record.followCounts(agent, round),
      community: persona.community,
      voice: { ...persona.voice },
      goals: [...persona.goals],
      excerpts: excerptsOf(record.graph, persona.sources, 6),
    },
    stances: persona.stances.map((stance, index) => ({
      ...stance,
      label: record.framing.issues[stance.issue]?.label ?? '',
      before: before.stances[index]?.opinion ?? 0,
    })),
    reasons: reasonsOf(record, agent, round),
    memory: record.memory(agent, round, SHOWN_MEMORIES).map((item) => ({ ...item })),
    posts: record.posts({ round, agent, sort: 'recent', limit: SHOWN_POSTS }).map((post) => postView(record, post)),
  };
}
