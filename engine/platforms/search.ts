// What a search finds, among the round's sample: posts on an issue, best match of words first, and the accounts that
// speak on it, most followed first, each by its newest post. Worked out once per round and issue, when first asked for.
import { NONE } from '../contract.ts';
import type { PlatformView, WorldView } from '../rounds/world.ts';
import { dotOf } from './text-vectors.ts';

export interface Search {
  posts(issue: number): readonly number[];
  users(issue: number): readonly number[];
}

/** Entries by falling weight, of equals the newer first. */
function sorted(entries: readonly number[], weigh: (entry: number) => number): readonly number[] {
  const weights = new Map(entries.map((entry) => [entry, weigh(entry)]));
  return entries.toSorted((left, right) => (weights.get(right) as number) - (weights.get(left) as number) || right - left);
}

export function createSearch(view: WorldView, platform: PlatformView): Search {
  const { posts, sample, latestPost } = platform;
  const foundPosts: (readonly number[] | undefined)[] = [];
  const foundUsers: (readonly number[] | undefined)[] = [];
  const on = (issue: number): readonly number[] =>
    [...sample.subarray(0, platform.sampleCount[0])].filter((post) => posts.issue[post] === issue);
  const match = (post: number): number => {
    const point = posts.point[post] as number;
    return point === NONE ? 1 : dotOf(view.texts, posts.issue[post] as number, view.issues + point);
  };
  /** The newest post, on whatever, of each account that speaks on the issue. */
  const newestOn = (issue: number): readonly number[] => {
    const authors = new Set(on(issue).map((post) => posts.author[post] as number));
    authors.delete(NONE);
    return [...authors].map((author) => latestPost[author] as number);
  };
  const fans = (entry: number): number => view.followers[posts.author[entry] as number] as number;
  return {
    posts: (issue) => (foundPosts[issue] ??= sorted(on(issue), match)),
    users: (issue) => (foundUsers[issue] ??= sorted(newestOn(issue), fans)),
  };
}
