// What a search finds, among the round's sample: posts on an issue, best match of words first, and the accounts that
// speak on it, most followed first, each by its newest post. Worked out once per round and issue, when first asked for.
import { NONE } from '../contract.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import { dotOf } from './text-vectors.ts';

export interface Search {
  posts(issue: number): readonly number[];
  users(issue: number): readonly number[];
}

export function createSearch(view: WorldView, platform: PlatformView): Search {
  const { posts, sample, latestPost } = platform;
  const on = (issue: number): readonly number[] =>
    [...sample.subarray(0, platform.sampleCount[0])].filter((post) => posts.issue[post] === issue);
  const match = (post: number): number => {
    const issue = posts.issue[post] as number;
    const point = posts.point[post] as number;
    return point === NONE ? 1 : dotOf(view.texts, issue, view.issues + point);
  };
  const sorted = (entries: readonly number[], weigh: (entry: number) => number): readonly number[] => {
    const weights = new Map(entries.map((entry) => [entry, weigh(entry)]));
    return entries.toSorted((left, right) => (weights.get(right) as number) - (weights.get(left) as number) || right - left);
  };
  const foundPosts = new Map<number, readonly number[]>();
  const foundUsers = new Map<number, readonly number[]>();
  const once = (kept: Map<number, readonly number[]>, issue: number, find: () => readonly number[]): readonly number[] => {
    const known = kept.get(issue) ?? find();
    kept.set(issue, known);
    return known;
  };
  return {
    posts: (issue) => once(foundPosts, issue, () => sorted(on(issue), match)),
    users: (issue) =>
      once(foundUsers, issue, () => {
        const authors = new Set(on(issue).map((post) => posts.author[post] as number));
        authors.delete(NONE);
        const entries = [...authors].map((author) => latestPost[author] as number);
        return sorted(entries, (entry) => view.followers[posts.author[entry] as number] as number);
      }),
  };
}
