// Where a name leads: a group's targets in order, or the one model that a qualified name means.
import { ShoalError } from '#foundation';
import type { Target, TimeoutOverrides } from '../model-call.ts';
import type { Health, Lane } from './health.ts';
import type { Condition, Fallback, GroupSettings, RoutingSettings, STRATEGIES } from './settings.ts';

export interface Member {
  readonly target: Target;
  readonly weight: number;
  readonly priority: number;
  readonly tags: readonly string[];
  readonly when: Condition | undefined;
  readonly canary: { readonly share: number; readonly by: 'user' | 'run' | 'call' } | undefined;
  /** One per key of its provider, and the keys' weights. */
  readonly lanes: readonly Lane[];
  readonly laneWeights: readonly number[];
}

export interface Route {
  /** The group's name, or the model's. */
  readonly name: string;
  readonly group: boolean;
  readonly strategy: (typeof STRATEGIES)[number];
  readonly members: readonly Member[];
  /** Some member carries tags. */
  readonly tagged: boolean;
  /** Every member takes every call, so nothing has to be looked at. */
  readonly plain: boolean;
  readonly fallback: Fallback;
  readonly hedge: GroupSettings['hedge'];
  readonly timeouts: TimeoutOverrides | undefined;
  /** Round robin's next. */
  cursor: number;
}

export interface RoutesOptions {
  readonly settings: RoutingSettings;
  readonly health: Health;
  /** Throws `model_unknown` or `model_unavailable`. */
  readonly resolve: (model: string) => Target;
  /** The weights of a provider's keys; absent = it has one. */
  readonly keyWeights?: ((provider: string) => readonly number[]) | undefined;
}

/** Routes of names that are in no group come and go; so many are kept. */
const MOST_ROUTES = 4096;
const ONE_KEY = [1];

/** The route of a name. Throws `model_unknown` or `model_unavailable`. */
export function createRoutes({ settings, health, resolve, keyWeights }: RoutesOptions): (name: string) => Route {
  const groups = new Map(Object.entries(settings.groups));
  const aliases = new Map(Object.entries(settings.aliases));
  const known = new Map<string, Route>();

  const memberOf = (target: Target): Pick<Member, 'target' | 'lanes' | 'laneWeights'> => {
    const provider = target.provider.id;
    const weights = keyWeights?.(provider) ?? ONE_KEY;
    const laneWeights = weights.length === 0 ? ONE_KEY : weights;
    return { target, laneWeights, lanes: laneWeights.map((_, keyIndex) => health.lane(target.info.id, provider, keyIndex)) };
  };
  const single = (name: string): Route => {
    const member: Member = { ...memberOf(resolve(name)), ...TAKES_ALL };
    return routeOf(name, false, [member], { strategy: 'priority', fallback: {}, hedge: undefined, timeouts: undefined });
  };
  const grouped = (name: string, group: GroupSettings): Route => {
    const members: Member[] = [];
    let problem: unknown;
    for (const [position, { model, weight, priority = position, tags, when, canary }] of group.targets.entries()) {
      try {
        members.push({ ...memberOf(resolve(model)), weight, priority, tags, when, canary });
      } catch (error) {
        // A target whose key is not set is left out; the group is there as long as one is.
        if (!(error instanceof ShoalError)) throw error;
        problem ??= error;
      }
    }
    if (members.length === 0) throw problem;
    return routeOf(name, true, members, group);
  };

  return (asked) => {
    const cached = known.get(asked);
    if (cached !== undefined) return cached;
    const name = aliases.get(asked) ?? asked;
    const group = groups.get(name);
    const route = known.get(name) ?? (group === undefined ? single(name) : grouped(name, group));
    if (known.size >= MOST_ROUTES) known.clear();
    known.set(name, route);
    known.set(asked, route);
    return route;
  };
}

const TAKES_ALL = { weight: 1, priority: 0, tags: [], when: undefined, canary: undefined };

function routeOf(
  name: string,
  group: boolean,
  members: readonly Member[],
  { strategy, fallback, hedge, timeouts }: Pick<GroupSettings, 'strategy' | 'fallback' | 'hedge' | 'timeouts'>,
): Route {
  const tagged = members.some(({ tags }) => tags.length > 0);
  const plain =
    !tagged && members.every(({ when, canary, target }) => when === undefined && canary === undefined && isPriced(target));
  return { name, group, strategy, members, tagged, plain, fallback, hedge, timeouts, cursor: 0 };
}

export function isPriced({ info }: Target): boolean {
  return info.kind === 'embedded' || info.price !== undefined;
}
