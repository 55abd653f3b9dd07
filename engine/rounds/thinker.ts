// Deciding by model: which active agents, what they are shown, and how their answers replace the crowd's choice.
// The crowd rules have decided for everyone by then, so an agent whose model failed has a turn to fall back to.
// Invariant: answers are inputs. Given the same answers (live, from a cassette, or from the record) the round is
// the same to the last bit.
import { randomKey, uniform } from '#foundation';
import { LOOKS, NONE, type MemoryItem, type ModelDecision, type ModelTurn } from '../contract.ts';
import { createStanding, type Standing } from '../platforms/standing.ts';
import { createCrowdDecider } from './decide.ts';
import type { ShardResult } from './packed.ts';
import { choicesOf, offersOf, weave, type SeenPost, type Session, type Thoughts } from './weave.ts';
import type { PlatformView, WorldView } from './world.ts';

export interface Thinker {
  think(view: WorldView, shards: readonly ShardResult[], signal?: AbortSignal): Promise<Thoughts>;
}

/** The words behind the numbers, as a feed shows them. */
export interface FeedReader {
  author(agent: number): string;
  text(seq: number): string;
  memory(agent: number, round: number): readonly MemoryItem[];
}

export type AnswerTurns = (turns: readonly ModelTurn[], round: number, signal?: AbortSignal) => Promise<readonly ModelDecision[]>;

/** Lets `share` of each round's active agents decide through `answer`; named actors first, then by lot. */
export function createThinker(share: number, reader: FeedReader, answer: AnswerTurns): Thinker {
  return {
    think: async (view, shards, signal) => {
      const ask = async (sessions: readonly Session[]): Promise<readonly ModelDecision[]> => {
        const turns = sessions.map((session) => turnOf(view, session, reader));
        return turns.length === 0 ? [] : answer(turns, view.round, signal);
      };
      const sessions = [...sessionsOf(view, chooseAgents(view, shards, share))];
      const answers = [...(await ask(sessions))];
      // Who asked for another feed decides once more, with that before it.
      const asking = answers.flatMap((made, index) => {
        const look = made.kind === 'decided' ? LOOKS.find((known) => known === made.action) : undefined;
        return look === undefined || made.kind !== 'decided' ? [] : [{ index, looked: { look, issue: made.issue } }];
      });
      const again = sessionsOf(
        view,
        asking.map(({ index, looked }) => ({ agent: (sessions[index] as Session).agent, looked })),
      );
      const second = await ask(again);
      asking.forEach(({ index, looked }, place) => {
        const made = second[place];
        sessions[index] = again[place] as Session;
        answers[index] = made?.kind === 'decided' ? { ...made, looked } : (made ?? { kind: 'fallback', reason: 'no answer' });
      });
      return weave(view, sessions, (index) => answers[index]);
    },
  };
}

/** Answers from the record: the same agents, the same decisions, no model. */
export function createRememberer(recorded: (round: number) => ReadonlyMap<number, ModelDecision>): Thinker {
  return {
    think: (view) => {
      const decisions = [...recorded(view.round)];
      const sessions = sessionsOf(
        view,
        decisions.map(([agent, made]) => ({ agent, looked: made.kind === 'decided' ? made.looked : undefined })),
      );
      return Promise.resolve(weave(view, sessions, (index) => decisions[index]?.[1]));
    },
  };
}

function chooseAgents(view: WorldView, shards: readonly ShardResult[], share: number): readonly Asked[] {
  const decider = createCrowdDecider(view);
  // Orders are placed by the crowd rules alone.
  const active = shards
    .flatMap((shard) => [...new Uint32Array(shard.active)])
    .filter((agent) => view.platforms[decider.opens(agent)]?.kind !== 'market');
  const key = randomKey(view.seed, 'model', view.round);
  const bids = new Map(active.map((agent) => [agent, uniform(key, agent, 0) + (agent < view.actors ? 0 : 1)]));
  return active
    .toSorted((left, right) => (bids.get(left) as number) - (bids.get(right) as number) || left - right)
    .slice(0, Math.round(share * active.length))
    .toSorted((left, right) => left - right)
    .map((agent) => ({ agent, looked: undefined }));
}

/** An agent that decides, and the other feed that it asked for. */
type Asked = Pick<Session, 'agent' | 'looked'>;

function sessionsOf(view: WorldView, asked: readonly Asked[]): readonly Session[] {
  if (asked.length === 0) return [];
  const decider = createCrowdDecider(view);
  const standings = view.platforms.map((platform) => createStanding(view, platform));
  return asked.map(({ agent, looked }) => {
    const { platform: index, feed } = decider.session(agent, looked);
    const platform = view.platforms[index] as PlatformView;
    const { posts } = platform;
    const seen = new Map<number, SeenPost>();
    for (let slot = 0; slot < feed.count; slot++) {
      const post = feed.post[slot] as number;
      seen.set(posts.seq[post] as number, {
        post,
        entry: feed.entry[slot] as number,
        author: posts.author[post] as number,
        point: posts.point[post] as number,
        stance: posts.stance[post] as number,
        issue: posts.issue[post] as number,
        followed: feed.followed[slot] === 1,
      });
    }
    const row = agent * view.issues;
    const offers = offersOf(view, platform, standings[index] as Standing, agent);
    return { agent, platform, seen, looked, offers, opinion: [...view.state.opinion.subarray(row, row + view.issues)] };
  });
}

function turnOf(view: WorldView, session: Session, reader: FeedReader): ModelTurn {
  const { agent, platform, seen, opinion, offers } = session;
  const row = agent * view.issues;
  return {
    agent,
    platformKind: platform.kind as ModelTurn['platformKind'],
    feed: [...seen].map(([seq, { post, author, stance, issue }]) => ({
      seq,
      author: author === NONE ? 'Announcement' : reader.author(author),
      text: reader.text(seq),
      stance,
      issue,
      likes: platform.posts.likes[post] as number,
    })),
    opinion,
    certainty: [...view.state.certainty.subarray(row, row + view.issues)],
    memory: reader.memory(agent, view.round - 1),
    offers: offers.map(({ action, target, author, seq }) => ({
      action,
      target,
      text: seq === undefined ? reader.author(author) : `${reader.author(author)}: ${reader.text(seq)}`,
    })),
    choices: choicesOf(session),
  };
}
