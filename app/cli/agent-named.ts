// From what a person calls an agent to its number.
import type { RunRecord } from '#engine/contract';
import { ShoalError } from '#foundation';

/** A number, or a named actor's name or handle, or a part of the name. Throws `not_found`. */
export function agentNamed({ population }: RunRecord, who: string): number {
  if (/^\d+$/.test(who)) return Number(who);
  const wanted = who.toLowerCase().replace(/^@/, '');
  const actor =
    population.actors.find(
      ({ name, handle }) => name.toLowerCase() === wanted || handle.toLowerCase().replace(/^@/, '') === wanted,
    ) ?? population.actors.find(({ name }) => name.toLowerCase().includes(wanted));
  if (actor !== undefined && wanted !== '') return actor.agent;
  const known = population.actors.slice(0, 8).map(({ name }) => name);
  throw new ShoalError('not_found', `No named actor is called “${who}”.`, {
    hint: `Use a number, or a name such as ${known.join(', ')}.`,
  });
}
