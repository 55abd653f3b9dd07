// Interventions enter the world here: a talking point that can be picked up, and a post on every platform with posts, to
// be shared and answered. Who is shown it directly is drawn per agent when deciding.
import type { Intervention } from '#scenarios/contract';
import { ShoalError } from '#foundation';
import { NONE, type EventBatch, type TalkingPoint } from '../contract.ts';
import { hasPosts, KIND } from '../platforms/platform.ts';
import { TEXT_DIMENSIONS, writeTextVector } from '../platforms/text-vectors.ts';
import { createBatch } from '../record/codec.ts';
import { EXTRA_POINTS, type News, type World } from './world.ts';

/** The talking point that the n-th intervention of a run adds. */
export const interventionPoint = (intervention: Intervention, index: number, arousal: number): TalkingPoint => ({
  index,
  issue: intervention.issue,
  lean: intervention.stance,
  arousal,
  text: intervention.text,
  source: undefined,
  speaker: undefined,
  origin: 'intervention',
});

export interface Announcement {
  /** `inject` events, applied to the world by the caller. */
  readonly batch: EventBatch;
  readonly news: readonly News[];
  /** What was announced, at the number of its first event. */
  readonly words: readonly { readonly seq: number; readonly text: string }[];
}

/** Registers this round's interventions as talking points; call once per round, in order, on every path. */
export function announce(world: World, interventions: readonly Intervention[]): Announcement {
  const { points, behaviour, platforms } = world.fixed;
  const batch = createBatch(world.round, world.seq, interventions.length * platforms.filter(({ kind }) => hasPosts(kind)).length);
  const news: News[] = [];
  const words: { seq: number; text: string }[] = [];
  let event = 0;
  for (const { issue, stance, reach, text } of interventions) {
    if (world.pointCount === points.issue.length) {
      throw new ShoalError('conflict', `A run takes at most ${EXTRA_POINTS} interventions.`, { hint: 'Start a new run.' });
    }
    const point = world.pointCount++;
    points.issue[point] = issue;
    points.lean[point] = stance;
    points.arousal[point] = behaviour['intervention-arousal'];
    points.speaker[point] = NONE;
    points.born[point] = world.round + 1;
    writeTextVector(text, world.fixed.texts, (world.fixed.issues + point) * TEXT_DIMENSIONS);
    words.push({ seq: world.seq + event, text });
    const posts: number[] = [];
    for (const [platform, { kind }] of platforms.entries()) {
      if (!hasPosts(kind)) {
        posts.push(NONE);
        continue;
      }
      batch.kind[event] = KIND.inject;
      batch.platform[event] = platform;
      batch.agent[event] = NONE;
      batch.target[event] = NONE;
      batch.issue[event] = issue;
      batch.point[event] = point;
      batch.value[event] = stance;
      posts.push((world.posts[platform]?.length ?? 0) + news.length);
      event++;
    }
    news.push({ issue, stance, reach, point, posts });
  }
  return { batch, news, words };
}
