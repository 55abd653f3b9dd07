// What an agent would remember as of a round, read from the events that prove it. Invariant: nothing after `round`,
// nothing that the agent did not do, receive or react to; at most `limit` items, the most present first.
import { EVENT_KINDS, NONE } from '../../contract.ts';
import type { AgentId, EventKind, MemoryItem, RunRecord } from '../../contract.ts';
import { nameOf } from '../../population/index.ts';
import { inQuotes } from '../voice/index.ts';
import { contentWords, overlap, presence } from './score.ts';

/** The parts of a record that remembering reads. */
export type MemorySource = Pick<RunRecord, 'population' | 'batch' | 'post'>;

/** Further back than this many rounds is forgotten. */
const SPAN = 400;
const MAX_TEXT = 240;

interface Trace {
  readonly round: number;
  readonly event: number;
  readonly kind: MemoryItem['kind'];
  readonly action: EventKind;
  readonly target: number;
  readonly point: number;
  readonly issue: number;
  readonly value: number;
  readonly importance: number;
}

export function memoryOf(source: MemorySource, agent: AgentId, round: number, limit: number, query = ''): readonly MemoryItem[] {
  const words = contentWords(query);
  const about = (trace: Trace): string => {
    const { talkingPoints, issues } = source.population;
    return `${talkingPoints[trace.point]?.text ?? ''} ${issues[trace.issue]?.label ?? ''}`;
  };
  const scored = traces(source, agent, round).map((trace) => ({
    trace,
    score: presence(round - trace.round, trace.importance, words.size === 0 ? 0 : overlap(words, about(trace))),
  }));
  return scored
    .toSorted((a, b) => b.score - a.score || b.trace.event - a.trace.event)
    .slice(0, limit)
    .map(({ trace: { event, kind, importance, ...trace } }) => ({
      round: trace.round,
      event,
      kind,
      text: tell(source, { event, kind, importance, ...trace }, round),
      importance,
    }));
}

function traces(source: MemorySource, agent: AgentId, round: number): readonly Trace[] {
  const found: Trace[] = [];
  const own = new Set<number>();
  const injected = new Map<number, Trace>();
  for (let r = Math.max(0, round - SPAN); r <= round; r++) {
    const batch = source.batch(r);
    if (batch === undefined) break;
    for (let i = 0; i < batch.count; i++) {
      const mine = batch.agent[i] === agent;
      const target = batch.target[i] ?? NONE;
      const action = EVENT_KINDS[batch.kind[i] ?? 0] ?? 'post';
      // Most events concern others: look no further at them.
      if (!mine && action !== 'inject' && !own.has(target)) continue;
      const value = batch.value[i] ?? 0;
      const event = batch.firstSeq + i;
      const kind = kindOf(action, mine);
      if (kind === undefined) continue;
      const trace = {
        round: r,
        event,
        kind,
        action,
        target,
        point: batch.point[i] ?? NONE,
        issue: batch.issue[i] ?? 0,
        value,
        importance: importanceOf(action, mine, value),
      };
      if (action === 'inject') injected.set(event, trace);
      else found.push(trace);
      if (mine && kind === 'wrote') own.add(event);
      // News is remembered by those who show that it reached them.
      const news = mine ? injected.get(target) : undefined;
      if (news !== undefined && injected.delete(target)) found.push(news);
    }
  }
  return found;
}

function kindOf(action: EventKind, mine: boolean): MemoryItem['kind'] | undefined {
  if (action === 'inject') return 'news';
  if (!mine) return action === 'reply' || action === 'quote' || action === 'repost' ? 'was answered' : undefined;
  if (action === 'post' || action === 'reply' || action === 'quote' || action === 'message') return 'wrote';
  if (action === 'shift') return 'was moved';
  if (action in TIE_VERBS || action in GROUP_VERBS) return 'followed';
  return action in POST_VERBS || action === 'trade' ? 'reacted' : undefined;
}

/** What is told of one's ties, and of what one did to posts; what only was looked at is not remembered. */
const TIE_VERBS: Partial<Record<EventKind, string>> = {
  follow: 'Began to follow',
  unfollow: 'Ceased to follow',
  mute: 'Muted',
  unmute: 'No longer muted',
};
const POST_VERBS: Partial<Record<EventKind, string>> = {
  like: 'Liked',
  dislike: 'Disliked',
  repost: 'Shared',
  unlike: 'Took back my like of',
  undislike: 'Took back my dislike of',
  report: 'Reported',
};

const GROUP_VERBS: Partial<Record<EventKind, string>> = {
  group: 'Made a group on',
  join: 'Joined a group on',
  leave: 'Left a group on',
};

/** Chosen by hand: what one says and what changes one's mind stays; a like is soon forgotten. */
function importanceOf(action: EventKind, mine: boolean, value: number): number {
  if (action === 'inject') return 0.8;
  if (action === 'shift') return Math.min(1, 0.35 + 2.5 * Math.abs(value));
  if (!mine) return action === 'repost' ? 0.35 : 0.55;
  const byAction: Partial<Record<EventKind, number>> = {
    post: 0.55,
    quote: 0.5,
    reply: 0.5,
    repost: 0.3,
    like: 0.15,
    dislike: 0.25,
    follow: 0.35,
    mute: 0.45,
    message: 0.5,
    report: 0.4,
    unfollow: 0.4,
    group: 0.5,
    trade: 0.4,
  };
  return byAction[action] ?? 0.2;
}

/** One line for a person or a model; the event's number proves it. */
function tell(source: MemorySource, trace: Trace, round: number): string {
  const { population } = source;
  const read = (seq: number): { by: number | undefined; name: string; text: string } | undefined => {
    const post = seq === NONE ? undefined : source.post(seq, round);
    return post === undefined ? undefined : { by: post.agent, name: post.authorName, text: inQuotes(clip(post.text)) };
  };
  const other = read(trace.target);
  const said =
    other === undefined ? 'a post' : `${other.by === undefined ? 'the news' : `a post by ${other.name}`}: ${other.text}`;
  const mine = trace.kind === 'wrote' || trace.kind === 'was answered' || trace.kind === 'news' ? read(trace.event) : undefined;
  if (trace.kind === 'news') return `News: ${mine?.text ?? ''}`;
  if (trace.kind === 'was answered')
    return `${mine?.name ?? 'Somebody'} ${trace.action === 'repost' ? 'shared what I wrote' : `answered me: ${mine?.text ?? ''}`}`;
  if (trace.kind === 'wrote')
    return `${trace.action === 'message' ? 'Wrote to a group' : trace.action === 'post' ? 'Wrote' : `Answered ${other?.name ?? 'somebody'}`}: ${mine?.text ?? ''}`;
  const tie = TIE_VERBS[trace.action];
  if (tie !== undefined) return `${tie} ${trace.target < population.size ? nameOf(population, trace.target) : 'somebody'}`;
  const label = population.issues[trace.issue]?.label ?? '';
  const group = GROUP_VERBS[trace.action];
  if (group !== undefined) return `${group} “${label}”`;
  if (trace.action === 'trade') {
    const cents = `${Math.round(Math.abs(trace.value))}¢`;
    return `${trace.value > 0 ? 'Bought' : 'Sold'} ${trace.point} ${trace.point === 1 ? 'share' : 'shares'} on “${label}” at ${cents}`;
  }
  if (trace.action === 'shift') {
    const way = trace.value > 0 ? 'towards' : 'away from';
    return `Moved ${way} “${label}” by ${Math.abs(trace.value).toFixed(2)}${other === undefined ? '' : ` after ${said}`}`;
  }
  return `${POST_VERBS[trace.action] ?? 'Reacted to'} ${said}`;
}

const clip = (text: string): string =>
  text.length <= MAX_TEXT ? text : `${text.slice(0, text.lastIndexOf(' ', MAX_TEXT - 1))}…`;
