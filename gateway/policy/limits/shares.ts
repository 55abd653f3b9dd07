// Limits that several processes of one machine keep together. Each process has a share of a limit and lets in from
// memory what fits into that; alone it has all of it. Invariant, in every committed state and for every limit: the shares
// of all processes together ≤ the limit, and what a process has let in within the last minute (or has under way) ≤ its
// share. So no minute, wherever it begins, holds more than the limit, whoever comes, goes or dies. One exception, as for
// a process alone: a call whose tokens alone are more than a fair share may go where nothing else is counted.
//
// A process that dies is counted for a minute at what it had used, about, when it last said so: so much as it let in within
// the tenth of a second before its death may come on top.
//
// Who is refused for want of a share says so; the others see it within a tenth of a second and give back what is more
// than an equal part, as it leaves their minute, or everything if nobody uses it there.
import type { Clock } from '../../clock.ts';
import { MEASURES } from './share-store.ts';
import type { Measures, ShareStore } from './share-store.ts';

/** A limit of this process's own, whatever counts it. */
export interface SharedLimit {
  /** The same in all processes. */
  readonly name: string;
  /** As it is set; Infinity = not limited. */
  readonly limits: Measures;
  /** Within the last minute, and under way. */
  used(): Measures;
  /** Somebody asked for it since this clock's time. */
  askedSince(sinceMs: number): boolean;
  /** Somebody waits for it here, and is served when `allow` brings more. */
  readonly waiting: boolean;
  /** From now on this much. `fair`: what is due to each process that wants it. */
  allow(mine: Measures, fair: Measures): void;
}

export interface Shares {
  /** Takes a share, the first time or after the limit has changed. */
  claim(limit: SharedLimit): void;
  /** After a refusal: asks for more, if there may be some; says whether there is. */
  more(limit: SharedLimit): boolean;
  drop(limit: SharedLimit): void;
  /** To be called about ten times a second. */
  tend(): void;
  close(): void;
}

interface Held {
  limit: SharedLimit;
  mine: Measures;
  /** As the catalogue has it: more than `mine` while what was let in before still counts. */
  written: Measures;
  /** Of it, what would count should this process die: kept between one and four times what is used. */
  said: Measures;
  wants: boolean;
  askedMs: number;
}

const ASK_MS = 50;
/** A wish that nobody has repeated for so long is no wish any more. */
const WISH_MS = 2000;
const RETIRE_MS = 1000;
/** So much of a limit counts as used from the beginning: for less, nothing has to be written. */
const LEAST_SAID = 1 / 8;
const LOOK_AT_IDLE_MS = 5000;
const NOTHING: Measures = { requests: 0, tokens: 0, places: 0 };

export function createShares(store: ShareStore, clock: Clock): Shares {
  const held = new Map<string, Held>();
  let retiredMs = -Infinity;
  let tendedMs = -Infinity;
  let lookedMs = -Infinity;

  const put = (one: Held, mine: Measures, wants: boolean): void => {
    const used = one.limit.used();
    const written = each((measure) =>
      one.limit.limits[measure] === Infinity ? 0 : Math.max(mine[measure], Math.ceil(used[measure])),
    );
    const said = saying(one, used, written);
    const same = wants === one.wants && isSame(written, one.written) && isSame(said, one.said);
    if (!same) store.write(one.limit.name, written, said, wants);
    one.mine = mine;
    one.written = written;
    one.said = said;
    one.wants = wants;
  };
  /** `refused`: somebody here could not be let in, so what cannot be had now is wanted. */
  const ask = (one: Held, refused: boolean): void => {
    const { limit } = one;
    one.askedMs = clock.now();
    let fair = limit.limits;
    store.transact(() => {
      const others = store.others(limit.name);
      const users = 1 + others.filter(({ alive }) => alive).length;
      fair = each((measure) => Math.ceil(limit.limits[measure] / users));
      const mine = each((measure) => {
        const gone = others.reduce((sum, share) => sum + share[measure], 0);
        return Math.max(0, limit.limits[measure] - gone);
      });
      const short = MEASURES.some((measure) => mine[measure] < limit.limits[measure]);
      put(one, mine, short && (refused || MEASURES.some((measure) => mine[measure] < 1)));
    });
    limit.allow(one.mine, fair);
  };
  const tryAsk = (one: Held, refused: boolean): void => {
    try {
      ask(one, refused);
    } catch {
      // The catalogue is busy or its disk full: there is no more to be had now, and nothing is let in beyond the share.
    }
  };
  const isShort = ({ limit, mine }: Held): boolean => MEASURES.some((measure) => mine[measure] < limit.limits[measure]);

  /** What others want: all that nobody uses here, and what is more than an equal part. */
  const giveBack = (one: Held): void => {
    const { limit } = one;
    const users = 1 + store.others(limit.name).filter(({ alive }) => alive).length;
    const inUse = limit.waiting || limit.askedSince(tendedMs);
    const part = each((measure) => (inUse ? Math.floor(limit.limits[measure] / users) : 0));
    const mine = each((measure) => Math.min(one.mine[measure], part[measure]));
    store.transact(() => put(one, mine, one.wants));
    limit.allow(
      mine,
      each((measure) => Math.ceil(limit.limits[measure] / users)),
    );
  };

  return {
    claim: (limit) => {
      const one = held.get(limit.name) ?? {
        limit,
        mine: NOTHING,
        written: NOTHING,
        said: NOTHING,
        wants: false,
        askedMs: -Infinity,
      };
      held.set(limit.name, one);
      one.limit = limit;
      // Until it is known what others have, nothing is let in.
      limit.allow(NOTHING, limit.limits);
      tryAsk(one, false);
    },
    more: (limit) => {
      const one = held.get(limit.name);
      if (one === undefined || !isShort(one) || clock.now() - one.askedMs < ASK_MS) return false;
      const before = one.mine;
      tryAsk(one, true);
      return MEASURES.some((measure) => one.mine[measure] > before[measure]);
    },
    drop: ({ name }) => {
      held.delete(name);
      store.transact(() => store.remove(name));
    },
    tend: () => {
      const now = clock.now();
      if (now - retiredMs >= RETIRE_MS) {
        store.retire();
        retiredMs = now;
      }
      for (const name of store.wantedByOthers()) {
        const one = held.get(name);
        if (one !== undefined) giveBack(one);
      }
      const all = now - lookedMs >= LOOK_AT_IDLE_MS;
      if (all) lookedMs = now;
      for (const one of held.values()) {
        if ((all || one.limit.askedSince(tendedMs)) && !isSame(one.said, saying(one, one.limit.used(), one.written))) {
          store.transact(() => put(one, one.mine, one.wants));
        }
        if (one.limit.waiting && isShort(one)) tryAsk(one, true);
        else if (one.wants && now - one.askedMs > WISH_MS) store.transact(() => put(one, one.mine, false));
      }
      tendedMs = now;
    },
    close: () => {
      store.transact(() => {
        for (const { limit } of held.values()) store.leave(limit.name, limit.used());
      });
      held.clear();
    },
  };
}

function saying({ limit, said }: Held, used: Measures, written: Measures): Measures {
  return each((measure) => {
    const least = measure === 'places' ? 0 : Math.ceil(limit.limits[measure] * LEAST_SAID);
    const [present, now] = [Math.max(least, said[measure]), used[measure]];
    const next = now > present || now * 4 < present ? Math.max(least, Math.ceil(now * 2)) : present;
    return measure === 'places' ? 0 : Math.min(next, written[measure]);
  });
}

const isSame = (one: Measures, other: Measures): boolean => MEASURES.every((measure) => one[measure] === other[measure]);

function each(of: (measure: keyof Measures) => number): Measures {
  return { requests: of('requests'), tokens: of('tokens'), places: of('places') };
}
