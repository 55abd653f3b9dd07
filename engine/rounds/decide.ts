// Activate → observe → decide, for a range of agents: a pure function of the frozen view. It writes nothing that
// is shared, so a shard may run anywhere, twice, or late.
import { randomKey, uniform } from '#foundation';
import { NONE, type Look } from '../contract.ts';
import { createActor, type Actor } from '../policies/crowd/act.ts';
import { createMind, type Message } from '../policies/crowd/mind.ts';
import { createSpeaker } from '../policies/crowd/speak.ts';
import { createTrader } from '../policies/crowd/trade.ts';
import { createChatObserver } from '../platforms/groups.ts';
import { createObserver, type Observer } from '../platforms/observe.ts';
import { createFeed, hasPosts, KIND, type Feed } from '../platforms/platform.ts';
import { rhythmWeights } from './clock.ts';
import { createWords, NO_PLATFORM, pushAction, rowWords, type ShardResult, type ShardTask } from './packed.ts';
import type { PlatformView, WorldView } from './world.ts';

export interface CrowdDecider {
  decide(task: ShardTask): ShardResult;
  /** The platform that an active agent opens this round. */
  opens(agent: number): number;
  /** The same with its feed, or with the other feed that it asked for. */
  session(
    agent: number,
    looked?: { readonly look: Look; readonly issue: number },
  ): { readonly platform: number; readonly feed: Feed };
}

/** `onFeed` hears of each feed of a session as it is read; it may not keep it. */
export function createCrowdDecider(view: WorldView, onFeed?: (feed: Feed) => void): CrowdDecider {
  const { behaviour, round, seed, issues, heardWords } = view;
  const activateKey = randomKey(seed, 'activate', round);
  const openKey = randomKey(seed, 'open', round);
  const habitKey = randomKey(seed, 'habit');
  const reachKey = randomKey(seed, 'reach', round);
  const actKey = randomKey(seed, 'act', round);
  const mind = createMind(view);
  const speaker = createSpeaker(view, randomKey(seed, 'speak', round));
  const observers: readonly Observer[] = view.platforms.map((platform) =>
    platform.kind === 'chat' ? createChatObserver(view, platform) : createObserver(view, platform),
  );
  const feed = createFeed(Math.max(...view.platforms.map((platform) => platform.feed.size)));
  const attention = Float64Array.from(
    { length: feed.post.length },
    (_, place) => 1 / (1 + behaviour['attention-decline'] * place),
  );
  const hours = rhythmWeights(view.clock, view.rhythms, round);
  const excitementEffect = behaviour['activation-excitement'];
  const loyalty = behaviour['platform-loyalty'];
  const shiftThreshold = behaviour['shift-threshold'];
  const stride = rowWords(heardWords, issues);
  const actions = createWords();
  const rows = createWords();
  const active = createWords();
  const message: Message = {
    issue: 0,
    stance: 0,
    point: NONE,
    standing: 0,
    tie: 0,
    arousal: 0,
    attention: 1,
    platform: NO_PLATFORM,
    post: NONE,
    news: false,
  };

  const isReached = (agent: number, news: number): boolean => uniform(reachKey, agent, news) < (view.news[news]?.reach as number);

  /** Where news is known by its post: the first platform that has posts. */
  const board = view.platforms.findIndex(({ kind }) => hasPosts(kind));

  /** News shown directly: to everyone reached, whether or not they open a platform. */
  const hearNews = (agent: number): boolean => {
    let reached = false;
    for (let news = 0; news < view.news.length; news++) {
      if (!isReached(agent, news)) continue;
      if (!reached) mind.load(agent);
      reached = true;
      const item = view.news[news] as (typeof view.news)[number];
      message.issue = item.issue;
      message.stance = item.stance;
      message.point = item.point;
      message.tie = 0;
      message.arousal = view.points.arousal[item.point] as number;
      message.attention = 1;
      message.platform = board;
      message.post = item.posts[board] as number;
      message.news = true;
      mind.expose(agent, message);
    }
    return reached;
  };

  /** Each platform's pull is its share when all are alike, mixed with a taste of the agent's own by `platform-loyalty`. */
  const platformOf = (agent: number): number => {
    const count = view.platforms.length;
    if (count === 1) return 0;
    let tastes = 0;
    for (let platform = 0; platform < count; platform++) tastes += uniform(habitKey, agent, platform);
    let aim = uniform(openKey, agent, 0);
    for (let platform = 0; platform < count - 1; platform++) {
      aim -= (1 - loyalty) / count + (loyalty * uniform(habitKey, agent, platform)) / tastes;
      if (aim < 0) return platform;
    }
    return count - 1;
  };

  const read = (agent: number, platform: PlatformView): void => {
    onFeed?.(feed);
    message.platform = platform.index;
    message.news = false;
    for (let slot = 0; slot < feed.count; slot++) {
      const point = feed.point[slot] as number;
      feed.novel[slot] = point !== NONE && !mind.hasHeard(point) ? 1 : 0;
      // What was shown directly has been read already; here it can only be acted on.
      if (feed.round[slot] === round) {
        feed.novel[slot] = 1;
        continue;
      }
      message.issue = feed.issue[slot] as number;
      message.stance = feed.stance[slot] as number;
      message.point = point;
      message.standing = feed.standing[slot] as number;
      message.tie = feed.tie[slot] as number;
      message.arousal = point === NONE ? 0 : (view.points.arousal[point] as number);
      message.attention = attention[slot] as number;
      message.post = feed.post[slot] as number;
      mind.expose(agent, message);
    }
  };

  const actors: readonly Actor[] = view.platforms.map((platform, index) =>
    createActor(view, platform, { mind, speaker, observer: observers[index] as Observer, key: actKey, actions, read }),
  );
  const trader = view.market === undefined ? undefined : createTrader(view, view.market, mind, actions);

  /** Changes of opinion worth a line in the record, and the agent's new row. */
  const close = (agent: number): void => {
    for (let issue = 0; issue < issues; issue++) {
      const change = (mind.opinion[issue] as number) - (mind.before[issue] as number);
      if (Math.abs(change) < shiftThreshold) continue;
      const post = mind.moverPost[issue] as number;
      pushAction(
        actions,
        agent,
        KIND.shift,
        post === NONE ? NO_PLATFORM : (mind.moverPlatform[issue] as number),
        issue,
        post,
        NONE,
        change,
      );
    }
    const at = rows.push(stride);
    const { u32, f32 } = rows;
    u32[at] = agent;
    f32[at + 1] = mind.fatigue;
    for (let word = 0; word < heardWords; word++) u32[at + 2 + word] = mind.heard[word] as number;
    const base = at + 2 + heardWords;
    for (let issue = 0; issue < issues; issue++) {
      f32[base + issue] = mind.opinion[issue] as number;
      f32[base + issues + issue] = mind.certainty[issue] as number;
      f32[base + 2 * issues + issue] = mind.salience[issue] as number;
    }
  };

  const look = (agent: number, platform: number): void =>
    (observers[platform] as Observer).observe(agent, feed, (news) => isReached(agent, news));

  return {
    opens: platformOf,
    session: (agent, looked) => {
      const platform = platformOf(agent);
      look(agent, platform);
      if (looked !== undefined) (observers[platform] as Observer).look(agent, looked.look, looked.issue, feed);
      return { platform, feed };
    },
    decide: ({ shard, low, high }) => {
      for (let agent = low; agent < high; agent++) {
        if (view.gone[agent] === 1) continue;
        const reached = hearNews(agent);
        // A quick no for most: even the most excited agent would not have come.
        const usual = (view.activity[agent] as number) * (hours[view.rhythm[agent] as number] as number);
        const luck = uniform(activateKey, agent, 0);
        const mayCome = luck < usual * (1 + excitementEffect);
        if (!mayCome && !reached) continue;
        if (!reached) mind.load(agent);
        if (mayCome && luck < usual * (1 + excitementEffect * mind.excitement())) {
          const place = active.push(1);
          active.u32[place] = agent;
          const platform = view.platforms[platformOf(agent)] as PlatformView;
          if (platform.kind === 'market') trader?.trade(agent);
          else {
            look(agent, platform.index);
            read(agent, platform);
            (actors[platform.index] as Actor).act(agent, feed, attention);
          }
          mind.settle(agent);
        } else if (!reached) {
          continue;
        }
        close(agent);
      }
      return { shard, active: active.take(), actions: actions.take(), rows: rows.take() };
    },
  };
}
