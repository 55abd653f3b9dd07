// The shape that a run leaves behind: its largest cascade, and who hangs together at the end. Walks the whole record,
// so it is computed when somebody asks and not in every round.
import { EVENT_KINDS, NONE, POST_KINDS, type RunRecord, type RunStructure } from '../contract.ts';
import { cascades, reachOf } from './cascades.ts';
import { coalitions } from './coalitions.ts';

const POSTS: ReadonlySet<number> = new Set(POST_KINDS.map((kind) => EVENT_KINDS.indexOf(kind)));

export function structureOf(record: RunRecord): RunStructure {
  const posts = postsOf(record);
  const found = cascades(Uint32Array.from(posts.parents));
  const largest = found.reduce<(typeof found)[number] | undefined>(
    (best, one) => (best === undefined || one.size > best.size ? one : best),
    undefined,
  );
  const { population, framing } = record;
  const last = record.rounds - 1;
  const { opinion } = record.stateAt(last);
  return {
    cascades: found.filter(({ size }) => size > 1).length,
    largest:
      largest === undefined
        ? undefined
        : {
            event: posts.seqs[largest.root] as number,
            size: largest.size,
            depth: largest.depth,
            breadth: largest.breadth,
            virality: largest.virality,
            reach: reachOf(authorsOf(posts, largest.root), population.ties),
          },
    coalitions: framing.issues.map(({ index }) => ({
      issue: index,
      groups: coalitions(opinion, framing.issues.length, index, population.ties, (agent) => record.isPresent(agent, last)),
    })),
  };
}

interface Posts {
  readonly seqs: number[];
  readonly authors: number[];
  /** Places in these lists. */
  readonly parents: number[];
}

function postsOf(record: RunRecord): Posts {
  const posts: Posts = { seqs: [], authors: [], parents: [] };
  const placeOf = new Map<number, number>();
  for (let round = 0; round < record.rounds; round++) {
    const batch = record.batch(round);
    if (batch === undefined) continue;
    for (let event = 0; event < batch.count; event++) {
      if (!POSTS.has(batch.kind[event] as number)) continue;
      const seq = batch.firstSeq + event;
      placeOf.set(seq, posts.seqs.length);
      posts.seqs.push(seq);
      posts.authors.push(batch.agent[event] as number);
      posts.parents.push(placeOf.get(batch.target[event] as number) ?? NONE);
    }
  }
  return posts;
}

function authorsOf({ authors, parents }: Posts, root: number): ReadonlySet<number> {
  const inside = new Set([root]);
  parents.forEach((parent, post) => {
    if (inside.has(parent)) inside.add(post);
  });
  return new Set([...inside].map((post) => authors[post] as number));
}
