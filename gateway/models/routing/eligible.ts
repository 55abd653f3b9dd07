// Which members of a route a call may go to at all: those that its key may call, whose price is known, that carry its
// tags and whose conditions it meets; a canary's share goes to the canary and to no other while it works.
import { ShoalError } from '#foundation';
import type { Principal } from '../../policy/principal.ts';
import type { ModelCall } from '../model-call.ts';
import { carries, meets } from './condition.ts';
import { isPriced } from './route.ts';
import type { Member, Route } from './route.ts';
import { shareOf } from './sticky.ts';

export interface EligibleOptions {
  /** Whether the principal may call this model; whether it may ask for a name at all has been decided before. */
  readonly permits: (principal: Principal, modelId: string) => boolean;
  readonly allowUnpriced: boolean;
}

export interface Eligible {
  readonly members: readonly Member[];
  /** The canary whose share the call falls into. */
  readonly preferred: Member | undefined;
}

/** Throws `forbidden`, `model_unpriced`, or `invalid_input` where no target takes such calls. */
export function eligibleFor(call: ModelCall, route: Route, { permits, allowUnpriced }: EligibleOptions): Eligible {
  const { principal } = call;
  const mayCall = ({ target }: Member): boolean => permits(principal, target.info.id);
  const permitted = route.members.every(mayCall) ? route.members : route.members.filter(mayCall);
  if (route.plain && permitted === route.members) return { members: permitted, preferred: undefined };
  if (permitted.length === 0) throw forbidden(principal, route.name);
  const priced = allowUnpriced || principal.allowUnpriced ? permitted : permitted.filter(({ target }) => isPriced(target));
  if (priced.length === 0) throw unpriced(permitted);
  const { tags } = call;
  const fitting = priced.filter(
    ({ tags: carried, when }) =>
      (!route.tagged || tags === undefined || carries(carried, tags)) && (when === undefined || meets(call, when)),
  );
  const preferred = canaryFor(call, route, fitting);
  const members = fitting.filter((member) => member.canary === undefined || member === preferred);
  if (members.length === 0) throw nobodyTakes(call, route);
  return { members, preferred };
}

function canaryFor(call: ModelCall, route: Route, members: readonly Member[]): Member | undefined {
  // Shares are laid side by side, each over its own draw of the same caller: one line per way of sticking.
  const upTo = { user: 0, run: 0, call: 0 };
  for (const member of members) {
    if (member.canary === undefined) continue;
    const { share, by } = member.canary;
    const drawn = shareOf(route.name, by, stickyKey(call, by));
    if (drawn >= upTo[by] && drawn < upTo[by] + share) return member;
    upTo[by] += share;
  }
  return undefined;
}

function stickyKey(call: ModelCall, by: 'user' | 'run' | 'call'): string {
  if (by === 'call') return call.id;
  const { user, keyId } = call.principal;
  return by === 'user' ? (user ?? keyId ?? call.id) : (call.runId ?? call.id);
}

function forbidden(principal: Principal, asked: string): ShoalError {
  return new ShoalError('forbidden', `${principal.name} may not call ${asked}.`, {
    details: { model: asked },
    hint: 'Ask for a model on the key’s list, or have this one added to it.',
  });
}

function unpriced(members: readonly Member[]): ShoalError {
  const names = members.map(({ target }) => target.info.id);
  return new ShoalError('model_unpriced', `No price is known for ${names.join(', ')}, so no budget could hold it.`, {
    details: { models: names },
    hint: 'Add it under `prices` in config.yaml (0 if it is free), or set `allowUnpriced: true` there or on the key.',
  });
}

function nobodyTakes(call: ModelCall, route: Route): ShoalError {
  const tags = call.tags === undefined || call.tags.length === 0 ? '' : ` with the tags ${call.tags.join(', ')}`;
  return new ShoalError('invalid_input', `No target of ${route.name} takes such a call${tags}.`, {
    details: { model: route.name, tags: call.tags ?? [] },
    hint: 'Change the call’s tags, or add a target without conditions to the group.',
  });
}
