// Gathers the facts of a conversation from the record and the documents. Invariant: reads nothing after `round`.
import type { Entity, KnowledgeGraph, SourceSpan } from '#knowledge-graph/contract';
import type { AgentId, ChatTurn, RunRecord, TalkingPoint } from '../../contract.ts';
import { nameOf } from '../../population/index.ts';
import { contentWords, memoryOf, overlap } from '../memory/index.ts';
import type { ChatFacts } from './facts.ts';

export type ChatRecord = Pick<RunRecord, 'population' | 'batch' | 'post' | 'events' | 'persona' | 'stateAt'>;

export interface Conversation {
  readonly record: ChatRecord;
  readonly graph: KnowledgeGraph;
  readonly agent: AgentId;
  readonly round: number;
  readonly history: readonly ChatTurn[];
  readonly message: string;
}

/** Kinds of event that are words of one's own. */
const WRITTEN: ReadonlySet<string> = new Set(['post', 'reply', 'quote', 'message']);
const MEMORIES = 10;
const POSTS = 6;
const SHIFTS = 5;
const REASONS_PER_SIDE = 3;
const PASSAGES = 6;
const TURNS = 10;
const CLIP = 320;

/** The facts, and the spans that their source numbers point at. */
export function gather(talk: Conversation): { readonly facts: ChatFacts; readonly spans: readonly SourceSpan[] } {
  const { record, agent, round, message } = talk;
  const spans: SourceSpan[] = [];
  const cite = (span: SourceSpan | undefined): number | undefined => (span === undefined ? undefined : spans.push(span) - 1);
  const persona = record.persona(agent, round);
  const { population } = record;
  const start = record.stateAt(-1);
  const own = record.events({ agent }).filter((event) => event.round <= round);
  const written = own.filter(({ kind }) => WRITTEN.has(kind)).toReversed();
  const { age } = persona.demographics;
  const facts: ChatFacts = {
    self: {
      agent,
      name: persona.identity.name,
      handle: persona.identity.handle,
      type: persona.actorType,
      bio: persona.identity.bio,
      occupation: persona.demographics.occupation,
      region: persona.demographics.region,
      ...(age === undefined ? {} : { age }),
      community: persona.community,
      goals: [...persona.goals],
      register: persona.voice.register,
      voice: persona.voice.description,
      body: persona.actorType !== 'person',
    },
    round,
    stances: population.issues.map((issue, i) => ({
      issue: i,
      label: issue.label,
      proposition: issue.proposition,
      terms: [...issue.terms],
      opinion: persona.stances[i]?.opinion ?? 0,
      certainty: persona.stances[i]?.certainty ?? 0,
      before: start.opinion[agent * population.issues.length + i] ?? 0,
    })),
    memory: memoryOf(record, agent, round, MEMORIES, message).map(({ event, round: when, kind, text }) => ({
      event,
      round: when,
      kind,
      text,
    })),
    posts: written.slice(0, POSTS).map((event) => ({
      event: event.seq,
      round: event.round,
      issue: event.issue,
      text: record.post(event.seq, round)?.text ?? '',
    })),
    shifts: own
      .filter(({ kind }) => kind === 'shift')
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value) || a.seq - b.seq)
      .slice(0, SHIFTS)
      .map((event) => ({
        event: event.seq,
        round: event.round,
        issue: event.issue,
        change: event.value,
        ...causeOf(record, event.target, round),
      })),
    reasons: reasonsOf(talk, written, cite),
    passages: talk.graph.search(message, PASSAGES).map((hit) => ({ text: clip(hit.text), source: cite(hit.source) ?? 0 })),
    entities: entitiesIn(talk, cite),
    history: talk.history.slice(-TURNS).map((turn) => ({ ...turn })),
    message,
  };
  return { facts, spans };
}

const clip = (text: string): string => {
  const clean = text.replaceAll(/\s+/g, ' ').trim();
  return clean.length <= CLIP ? clean : `${clean.slice(0, clean.lastIndexOf(' ', CLIP - 1))}…`;
};

function causeOf(
  record: ChatRecord,
  target: number | undefined,
  round: number,
): { cause?: { event: number; by: string; text: string } } {
  const post = target === undefined ? undefined : record.post(target, round);
  return post === undefined
    ? {}
    : { cause: { event: post.seq, by: post.agent === undefined ? 'the news' : post.authorName, text: clip(post.text) } };
}

/** For each issue and side: points that the agent has used come first, then those nearest to the message, then the clearest. */
function reasonsOf(
  { record, agent, message }: Conversation,
  written: readonly { readonly seq: number; readonly point: number | undefined }[],
  cite: (span: SourceSpan | undefined) => number | undefined,
): ChatFacts['reasons'] {
  const { population } = record;
  const used = new Map(written.toReversed().flatMap(({ seq, point }) => (point === undefined ? [] : [[point, seq] as const])));
  const words = contentWords(message);
  const weight = (point: TalkingPoint): number =>
    (used.has(point.index) ? 2 : 0) +
    (point.speaker === agent ? 2 : 0) +
    1.5 * overlap(words, point.text) +
    Math.abs(point.lean) +
    (point.origin === 'document' ? 0.5 : 0);
  const reasons: ChatFacts['reasons'] = [];
  for (const issue of population.issues) {
    for (const side of [1, -1]) {
      const best = population.talkingPoints
        .filter((point) => point.issue === issue.index && point.lean * side > 0)
        .toSorted((a, b) => weight(b) - weight(a) || a.index - b.index)
        .slice(0, REASONS_PER_SIDE);
      for (const point of best) {
        const event = used.get(point.index);
        const source = cite(point.source);
        reasons.push({
          issue: issue.index,
          side,
          text: point.text,
          ...(point.speaker === undefined || point.speaker === agent ? {} : { speaker: nameOf(population, point.speaker) }),
          ...(event === undefined ? {} : { event }),
          ...(source === undefined ? {} : { source }),
        });
      }
    }
  }
  return reasons;
}

const MAX_ENTITIES = 3;

/** Entities that the message names in full or by a telling part of their name, the longest names first. */
function entitiesIn(
  { record, graph, agent, message }: Conversation,
  cite: (span: SourceSpan | undefined) => number | undefined,
): ChatFacts['entities'] {
  const text = ` ${message.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const named = (entity: Entity): number => {
    const names = [entity.name, ...entity.aliases].map((name) =>
      name
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim(),
    );
    const whole = names.filter((name) => name.length > 2 && text.includes(` ${name} `)).map((name) => name.length);
    // People are called by their last name too.
    const last = entity.type === 'person' ? (names[0]?.split(' ').at(-1) ?? '') : '';
    return Math.max(0, ...whole, last.length > 3 && text.includes(` ${last} `) ? last.length : 0);
  };
  return graph.entities
    .map((entity) => ({ entity, length: named(entity) }))
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => b.length - a.length || b.entity.salience - a.entity.salience || (a.entity.id < b.entity.id ? -1 : 1))
    .slice(0, MAX_ENTITIES)
    .map(({ entity }) => {
      const issue = record.population.issues.findIndex(({ terms }) =>
        terms.some((term) => term.toLowerCase() === entity.name.toLowerCase()),
      );
      const source = cite(describedAt(graph, entity) ?? entity.sources[0]);
      return {
        name: entity.name,
        type: entity.type,
        ...(entity.description === undefined ? {} : { description: clip(entity.description) }),
        ...(source === undefined ? {} : { source }),
        relation: relationTo(record, agent, entity.id),
        ...(issue < 0 ? {} : { issue }),
      };
    });
}

/** Where the description stands in the documents: better evidence than a bare mention of the name. */
function describedAt(graph: KnowledgeGraph, { description }: Entity): SourceSpan | undefined {
  if (description === undefined) return undefined;
  for (const { id, text } of graph.snapshot.documents) {
    const start = text.indexOf(description);
    if (start >= 0) return { document: id, start, end: start + description.length };
  }
  return undefined;
}

function relationTo(record: ChatRecord, agent: AgentId, entity: string): ChatFacts['entities'][number]['relation'] {
  const { actors, ties } = record.population;
  const other = actors.find((actor) => actor.entity === entity)?.agent;
  if (other === undefined) return 'none';
  if (other === agent) return 'self';
  const follows = (a: AgentId, b: AgentId): boolean =>
    ties.targets.subarray(ties.offsets[a] ?? 0, ties.offsets[a + 1] ?? 0).includes(b);
  const [to, back] = [follows(agent, other), follows(other, agent)];
  return to && back ? 'mutual' : to ? 'follows' : back ? 'followed by' : 'none';
}
