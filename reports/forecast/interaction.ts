// What contact between agents does: how far opinions are spread in the ensemble, beside the control in which the same
// people live alone. Above one, talking drove them apart; below one, together.
import type { MemberResult } from '#engine/contract';
import type { Framing } from '#scenarios/contract';
import type { InteractionEffect } from '../contract.ts';
import { finalMeasures } from './votes.ts';

/** One entry per issue; empty where no control was lived. */
export function interactionEffects(
  framing: Framing,
  members: readonly MemberResult[],
  control: MemberResult | undefined,
): readonly InteractionEffect[] {
  if (control === undefined) return [];
  return framing.issues.map(({ index, label }) => {
    const name = `opinion-variance:${index}`;
    const together = members.reduce((sum, member) => sum + (finalMeasures(member)[name] ?? 0), 0) / members.length;
    const alone = finalMeasures(control)[name] ?? 0;
    return { issue: index, label, together, alone, ratio: alone === 0 ? undefined : together / alone };
  });
}
