// Puts decisions of a model in the place of what the crowd rules chose for the same agents: their actions, their
// opinion (by at most a step), and the record of both. Pure.
import { NONE, type ModelDecision, type ModelTurn } from '../contract.ts';
import { KIND, rulesOf } from '../platforms/platform.ts';
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
}

export interface Thoughts {
  readonly decisions: readonly { readonly agent: number; readonly decision: ModelDecision }[];
  /** The round's packed actions with the model's in place of the crowd's, and the model's words by action. */
  replace(actions: Uint32Array): { readonly actions: Uint32Array; readonly texts: ReadonlyMap<number, string> };
  /** Writes the model's opinions into the round's changed agents. */
  amend(rows: ArrayBuffer): void;
}

/** Everything that the platform admits, and doing nothing. */
export const choicesOf = (platform: PlatformView): ModelTurn['choices'] => [...rulesOf(platform.kind).actions, 'nothing'];

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
            if (decision.text !== undefined && writes(decision)) texts.set(out.length / ACTION_WORDS, decision.text);
            pushDecision(out, session, decision, opinion);
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

const writes = ({ action }: Decided): boolean => action === 'post' || action === 'reply' || action === 'quote';

const isShiftElsewhere = (code: number, issue: number): boolean => (code & 255) === KIND.shift && code >>> 16 !== issue;

const refuse = (reason: string): ModelDecision => ({ kind: 'fallback', reason });

/** An answer that the platform does not admit counts as no answer. */
function checked(session: Session, decision: ModelDecision | undefined, issues: number): ModelDecision {
  if (decision === undefined) return refuse('no answer');
  if (decision.kind === 'fallback') return decision;
  const { action, target, issue, opinion } = decision;
  if (!choicesOf(session.platform).includes(action)) return refuse(`\`${action}\` is not possible here`);
  if (!Number.isInteger(issue) || issue < 0 || issue >= issues) return refuse(`there is no issue ${issue}`);
  if (!Number.isFinite(opinion)) return refuse('the opinion is not a number');
  if (action === 'post' || action === 'nothing') return decision;
  const seen = target === undefined ? undefined : session.seen.get(target);
  if (seen === undefined) return refuse('the post is not in the feed');
  if ((action === 'follow' || action === 'mute') && seen.author === NONE) return refuse('an announcement has no author');
  if (action === 'follow' && seen.followed) return refuse('the author is followed already');
  return decision;
}

function pushDecision(out: ReturnType<typeof createWords>, session: Session, decision: Decided, opinion: number): void {
  const { action, issue } = decision;
  const { agent } = session;
  const platform = session.platform.index;
  if (action === 'nothing') return;
  if (action === 'post') {
    pushAction(out, agent, KIND.post, platform, issue, NONE, NONE, opinion);
    return;
  }
  const seen = session.seen.get(decision.target as number) as SeenPost;
  if (action === 'reply' || action === 'quote')
    pushAction(out, agent, KIND[action], platform, seen.issue, seen.post, NONE, opinion);
  else if (action === 'repost') pushAction(out, agent, KIND.repost, platform, seen.issue, seen.entry, seen.point, seen.stance);
  else if (action === 'like' || action === 'dislike')
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
