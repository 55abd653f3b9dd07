// What the times of a data set are counted from (the root, or the parent) and in (seconds, minutes, hours), found in
// the data. Ids of Twitter's Snowflake form hold the millisecond of posting (id >> 22, from 2010-11-04T01:42:54.657Z),
// so they are a second clock to check every reading against; without them, a reply that is “earlier” than the post it
// answers proves times from the parent, and the unit is the format's own, minutes.
import type { CascadeFile, CascadeLine } from './read-cascade.ts';

const SNOWFLAKE_EPOCH_MS = 1_288_834_974_657;
/** Younger than the first Snowflake ids, older than the year 2100. */
const PLAUSIBLE_MS = [SNOWFLAKE_EPOCH_MS + 86_400_000, 4_102_444_800_000] as const;
const UNITS = { second: 1 / 60, minute: 1, hour: 60 } as const;
const AGREEMENT = 0.99;

export interface TimeReference {
  readonly from: 'root' | 'parent';
  readonly unit: keyof typeof UNITS;
  /** Whether ids tell the time of day at which a cascade began. */
  readonly clock: boolean;
  /** How this was found, for the reader of the result. */
  readonly evidence: string;
}

export const minutesPerUnit = (unit: TimeReference['unit']): number => UNITS[unit];

/** Milliseconds since 1970 in a Snowflake id; undefined for any other id. */
export function snowflakeMs(id: string): number | undefined {
  if (!/^\d{15,20}$/.test(id)) return undefined;
  const ms = Number(BigInt(id) >> 22n) + SNOWFLAKE_EPOCH_MS;
  return ms >= PLAUSIBLE_MS[0] && ms <= PLAUSIBLE_MS[1] ? ms : undefined;
}

interface Timed {
  readonly line: CascadeLine;
  /** Minutes by the ids since the root and since the parent. */
  readonly sinceRoot: number;
  readonly sinceParent: number;
}

export function findTimeReference(files: readonly CascadeFile[]): TimeReference {
  const replies = files.flatMap((file) => file.replies);
  const timed = files.flatMap(timedReplies);
  if (timed.length > 0 && timed.length >= AGREEMENT * replies.length) {
    const best = readings(timed).toSorted((left, right) => right.agreeing - left.agreeing)[0];
    if (best !== undefined && best.agreeing >= AGREEMENT) {
      return {
        from: best.from,
        unit: best.unit,
        clock: true,
        evidence: `Times are ${best.unit}s since the ${best.from}: so read, ${share(best.agreeing)} of ${timed.length} replies agree within ${slackWords(best.unit)} with the moment of posting that their ids hold${best.unit === 'minute' ? '' : ' (the format says minutes; the ids say otherwise)'}.`,
      };
    }
  }
  return byOrder(files);
}

function timedReplies({ root, replies }: CascadeFile): readonly Timed[] {
  const start = snowflakeMs(root.id);
  if (start === undefined) return [];
  return replies.flatMap((line) => {
    const ms = snowflakeMs(line.id);
    const parentMs = snowflakeMs(line.parent);
    if (ms === undefined || parentMs === undefined) return [];
    return [{ line, sinceRoot: (ms - start) / 60_000, sinceParent: (ms - parentMs) / 60_000 }];
  });
}

/** Every reading with the share of replies that it puts where their ids do, to one and a half units. */
function readings(timed: readonly Timed[]): readonly (Pick<TimeReference, 'from' | 'unit'> & { readonly agreeing: number })[] {
  return (['root', 'parent'] as const).flatMap((from) =>
    (Object.keys(UNITS) as (keyof typeof UNITS)[]).map((unit) => {
      const slack = slackMinutes(unit);
      const agrees = ({ line, sinceRoot, sinceParent }: Timed): boolean =>
        Math.abs(line.time * UNITS[unit] - (from === 'root' ? sinceRoot : sinceParent)) <= slack;
      return { from, unit, agreeing: timed.filter(agrees).length / timed.length };
    }),
  );
}

const slackMinutes = (unit: TimeReference['unit']): number => 1.5 * UNITS[unit];
const slackWords = (unit: TimeReference['unit']): string => `1.5 ${unit}s`;
const share = (value: number): string => `${(value * 100).toFixed(value === 1 ? 0 : 1)} %`;

function byOrder(files: readonly CascadeFile[]): TimeReference {
  const nested = files.flatMap(({ root, replies }) => replies.filter((line) => line.parent !== root.id));
  const early = nested.filter((line) => line.time < line.parentTime).length;
  const from = early > 0 ? 'parent' : 'root';
  const found =
    early > 0
      ? `${early} of ${nested.length} replies to replies would stand before the post they answer if counted from the root`
      : `none of ${nested.length} replies to replies stands before the post it answers`;
  return {
    from,
    unit: 'minute',
    clock: false,
    evidence: `Times are read as minutes (the format's unit; the ids hold no time) since the ${from}: ${found}.`,
  };
}
