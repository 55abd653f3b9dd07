// Reads the data of `cascade-replay`: a folder with the follow network, the activity and the real curves.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ShoalError } from '#foundation';
import type { Curves } from './cascade-curves.ts';

const NetworkSchema = z.object({
  source: z.string(),
  root_user: z.int(),
  users: z.array(
    z.object({
      user: z.int(),
      following: z.array(z.int()),
      hourly_activity: z.array(z.number().min(0)).length(24),
    }),
  ),
});
const CurveSchema = z.object({ value: z.array(z.number()), minute: z.array(z.number()) });
const CurvesSchema = z.object({ scale: CurveSchema, depth: CurveSchema, max_breadth: CurveSchema });

export interface ReplayData {
  readonly source: string;
  /** Place in `users` of who wrote the first post. */
  readonly root: number;
  readonly users: readonly { readonly following: readonly number[]; readonly hourlyActivity: readonly number[] }[];
  readonly real: Curves;
}

const MINUTES = 150;

/** Throws `invalid_input` where no folder is named, and `not_found` or `invalid_input` where it does not hold the data. */
export function readReplayData(folder: string | undefined): ReplayData {
  if (folder === undefined) {
    throw new ShoalError('invalid_input', 'This suite needs the data of the cascade.', {
      hint: 'Name its folder with --data: it holds false_business_0_network.json and false_business_0_real_curves.json.',
    });
  }
  const network = read(join(folder, 'false_business_0_network.json'), NetworkSchema);
  const curves = read(join(folder, 'false_business_0_real_curves.json'), CurvesSchema);
  const placeOf = new Map(network.users.map(({ user }, place) => [user, place]));
  const root = placeOf.get(network.root_user);
  if (root === undefined) throw notExpected(folder, `its root ${network.root_user} is none of its users`);
  const places = (users: readonly number[]): readonly number[] =>
    users.flatMap((user) => placeOf.get(user) ?? []).toSorted((left, right) => left - right);
  return {
    source: network.source,
    root,
    users: network.users.map(({ following, hourly_activity: hourlyActivity }) => ({
      following: places(following),
      hourlyActivity,
    })),
    real: {
      scale: curves.scale.value.slice(0, MINUTES),
      depth: curves.depth.value.slice(0, MINUTES),
      breadth: curves.max_breadth.value.slice(0, MINUTES),
    },
  };
}

function read<T>(path: string, schema: z.ZodType<T>): T {
  if (!existsSync(path)) {
    throw new ShoalError('not_found', `There is no file ${path}.`, { hint: 'Check the folder given to --data.' });
  }
  const parsed = schema.safeParse(jsonOf(path));
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  throw notExpected(path, `${problem?.path.join('.')}: ${problem?.message}`);
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw notExpected(path, error instanceof Error ? error.message : String(error));
  }
}

const notExpected = (path: string, why: string): ShoalError =>
  new ShoalError('invalid_input', `${path} is not the data expected: ${why}.`, { hint: 'Use the files as published.' });
