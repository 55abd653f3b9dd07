// Puts decisions of a model in the place of what the crowd rules chose for the same agents: their actions, their
// opinion (by at most a step), and the record of both. Pure.
import { LOOKS, NONE, type ModelAction, type ModelDecision, type ModelTurn, type OfferedAction } from '../contract.ts';
import { KIND, rulesOf } from '../platforms/platform.ts';
import type { Standing } from '../platforms/standing.ts';
import { ACTION_WORDS, createWords, NO_PLATFORM, pushAction, rowWords } from './packed.ts';
import type { PlatformView, WorldView } from './world.ts';

export interface SeenPost {
  readonly post: number;
  readonly entry: number;
  readonly author: number;
  readonly point: number;
  readonly stance: number;
  readonly issue: number;
  readonly followed: boolean;
}

/** One agent in front of its feed. */
export interface Session {
  readonly agent: number;
  /** Before the round. */
  readonly opinion: readonly number[];
  readonly platform: PlatformView;
  /** What the feed shows, in its order, by event number. */
  readonly seen: ReadonlyMap<number, SeenPost>;
  /** The other feed that it asked for, which is then the one seen. */
  readonly looked: Extract<ModelDecision, { kind: 'decided' }>['looked'];
  readonly offers: readonly Offer[];
}

/** Something that an agent may do beyond its feed. */
export interface Offer {
  readonly action: OfferedAction;
  /** As the agent names it: an event number, or for `unmute` an agent. */
  readonly target: number;
  /** As the world does: a place among posts or groups, or the agent. */
  readonly place: number;
  readonly issue: number;
  readonly author: number;
  /** The post it is about, where it is about one. */
  readonly seq: number | undefined;
}

export function offersOf(view: WorldView, platform: PlatformView, standing: Standing, agent: number): readonly Offer[] {
  const { posts } = platform;
  const { groups } = view;
  standing.look(agent);
  const onPost = (action: OfferedAction, place: number): Offer => {
    const [seq, author, issue] = [posts.seq[place] as number, posts.author[place] as number, posts.issue[place] as number];
    return { action, target: seq, place, issue, author, seq };
  };
  const onGroup = (action: OfferedAction, place: number): Offer => {
    const [target, author, issue] = [groups.seq[place] as number, groups.founder[place] as number, groups.issue[place] as number];
    return { action, target, place, issue, author, seq: undefined };
  };
  const { liked, disliked, muted, group, met } = standing;
  const offers = [
    ...(liked === NONE ? [] : [onPost('unlike', liked)]),
    ...(disliked === NONE ? [] : [onPost('undislike', disliked)]),
    ...(muted === NONE
      ? []
      : [{ action: 'unmute' as const, target: muted, place: muted, issue: 0, author: muted, seq: undefined }]),
    ...(group === NONE ? [] : [onGroup('message', group), onGroup('leave', group)]),
    ...(met === NONE ? [] : [onGroup('join', met)]),
  ];
  return offers.filter(({ action }) => rulesOf(platform.kind).actions.includes(action));
}

export interface Thoughts {
  readonly decisions: readonly { readonly agent: number; readonly decision: ModelDecision }[];
  /** The round's packed actions with the model's in place of the crowd's, and the model's words by action. */
  replace(actions: Uint32Array): { readonly actions: Uint32Array; readonly texts: ReadonlyMap<number, string> };
  /** Writes the model's opinions into the round's changed agents. */
  amend(rows: ArrayBuffer): void;
}

const OFFERED: ReadonlySet<string> = new Set(['unlike', 'undislike', 'unmute', 'message', 'join', 'leave']);
const isLook = (action: ModelAction): boolean => LOOKS.some((look) => look === action);

/** Everything that the platform admits and the agent can do now, and doing nothing; one look in a session. */
export const choicesOf = ({ platform, looked, offers }: Session): ModelTurn['choices'] => {
  const possible = rulesOf(platform.kind).actions.filter((action) =>
    OFFERED.has(action) ? offers.some((offer) => offer.action === action) : looked === undefined || !isLook(action),
  );
  return [...possible, 'nothing'];
};

type Decided = Extract<ModelDecision, { kind: 'decided' }>;

export function weave(
  view: WorldView,
  sessions: readonly Session[],
  answerOf: (index: number) => ModelDecision | undefined,
): Thoughts {
  const limit = view.behaviour['model-opinion-step'];
  const made = sessions.map((session, index) => ({ session, decision: checked(session, answerOf(index), view.issues) }));
  const decidedBy = new Map<number, Decided>();
  for (const { session, decision } of made) if (decision.kind === 'decided') decidedBy.set(session.agent, decision);
  const opinionOf = ({ opinion: held }: Session, { issue, opinion }: Decided): number => {
    const from = held[issue] as number;
    const step = Math.min(limit, Math.max(-limit, opinion - from));
    return Math.fround(Math.min(1, Math.max(-1, from + step)));
  };

  return {
    decisions: made.map(({ session, decision }) => ({ agent: session.agent, decision })),
    replace: (actions) => {
      const out = createWords();
      const texts = new Map<number, string>();
      let next = 0;
      const concludeBelow = (agent: number): void => {
        for (; next < made.length && (made[next] as (typeof made)[number]).session.agent < agent; next++) {
          const { session, decision } = made[next] as (typeof made)[number];
          if (decision.kind === 'decided') {
            const opinion = opinionOf(session, decision);
            pushDecision(out, session, decision, opinion);
            if (decision.text !== undefined && writes(decision)) texts.set(out.length / ACTION_WORDS - 1, decision.text);
            pushShift(out, session, decision, opinion, view.behaviour['shift-threshold']);
          } else {
            pushAction(out, session.agent, KIND.fallback, session.platform.index, 0, NONE, NONE, 1);
          }
        }
      };
      for (let at = 0; at < actions.length; at += ACTION_WORDS) {
        const agent = actions[at] as number;
        concludeBelow(agent);
        const decided = decidedBy.get(agent);
        if (decided !== undefined && !isShiftElsewhere(actions[at + 1] as number, decided.issue)) continue;
        const place = out.push(ACTION_WORDS);
        out.u32.set(actions.subarray(at, at + ACTION_WORDS), place);
      }
      concludeBelow(Infinity);
      return { actions: new Uint32Array(out.take()), texts };
    },
    amend: (rows) => {
      const byAgent = new Map(sessions.map((session) => [session.agent, session]));
      const u32 = new Uint32Array(rows);
      const f32 = new Float32Array(rows);
      const opinions = 2 + view.heardWords;
      for (let at = 0; at < u32.length; at += rowWords(view.heardWords, view.issues)) {
        const decided = decidedBy.get(u32[at] as number);
        const session = byAgent.get(u32[at] as number);
        if (decided !== undefined && session !== undefined) f32[at + opinions + decided.issue] = opinionOf(session, decided);
      }
    },
  };
}

const writes = ({ action }: Decided): boolean =>
  action === 'post' || action === 'reply' || action === 'quote' || action === 'message';

const isShiftElsewhere = (code: number, issue: number): boolean => (code & 255) === KIND.shift && code >>> 16 !== issue;

const refuse = (reason: string): ModelDecision => ({ kind: 'fallback', reason });

/** An answer that the platform does not admit counts as no answer. */
function checked(session: Session, decision: ModelDecision | undefined, issues: number): ModelDecision {
  if (decision === undefined) return refuse('no answer');
  if (decision.kind === 'fallback') return decision;
  const { action, target, issue, opinion } = decision;
  if (!choicesOf(session).includes(action) || isLook(action)) return refuse(`\`${action}\` is not possible here`);
  if (!Number.isInteger(issue) || issue < 0 || issue >= issues) return refuse(`there is no issue ${issue}`);
  if (!Number.isFinite(opinion)) return refuse('the opinion is not a number');
  if (action === 'post' || action === 'group' || action === 'nothing') return decision;
  if (OFFERED.has(action)) {
    const offered = session.offers.some((offer) => offer.action === action && offer.target === target);
    return offered ? decision : refuse(`that target is not offered for \`${action}\``);
  }
  const seen = target === undefined ? undefined : session.seen.get(target);
  if (seen === undefined) return refuse('the post is not in the feed');
  const isTie = action === 'follow' || action === 'unfollow' || action === 'mute';
  if (isTie && seen.author === NONE) return refuse('an announcement has no author');
  if (action === 'unfollow' && !seen.followed) return refuse('the author is not followed');
  if (action === 'follow' && seen.followed) return refuse('the author is followed already');
  return decision;
}

function pushDecision(out: ReturnType<typeof createWords>, session: Session, decision: Decided, opinion: number): void {
  const { action, issue } = decision;
  const { agent } = session;
  const platform = session.platform.index;
  if (session.looked !== undefined) {
    const { look, issue: asked } = session.looked;
    pushAction(out, agent, KIND[look], platform, asked, NONE, NONE, session.seen.size);
  }
  if (action === 'nothing') return;
  if (action === 'post' || action === 'group') {
    pushAction(out, agent, KIND[action], platform, issue, NONE, NONE, opinion);
    return;
  }
  const offer = session.offers.find((one) => one.action === action && one.target === decision.target);
  if (offer !== undefined) {
    pushAction(out, agent, KIND[action], platform, offer.issue, offer.place, NONE, action === 'message' ? opinion : 1);
    return;
  }
  const seen = session.seen.get(decision.target as number) as SeenPost;
  if (action === 'reply' || action === 'quote')
    pushAction(out, agent, KIND[action], platform, seen.issue, seen.post, NONE, opinion);
  else if (action === 'repost') pushAction(out, agent, KIND.repost, platform, seen.issue, seen.entry, seen.point, seen.stance);
  else if (action === 'like' || action === 'dislike' || action === 'report')
    pushAction(out, agent, KIND[action], platform, seen.issue, seen.post, NONE, 1);
  else pushAction(out, agent, KIND[action], platform, seen.issue, seen.author, NONE, 1);
}

function pushShift(
  out: ReturnType<typeof createWords>,
  session: Session,
  decision: Decided,
  opinion: number,
  threshold: number,
): void {
  const change = opinion - (session.opinion[decision.issue] as number);
  if (Math.abs(change) < threshold) return;
  const mover = decision.target === undefined ? undefined : session.seen.get(decision.target);
  const platform = mover === undefined ? NO_PLATFORM : session.platform.index;
  pushAction(out, session.agent, KIND.shift, platform, decision.issue, mover?.post ?? NONE, NONE, change);
}
