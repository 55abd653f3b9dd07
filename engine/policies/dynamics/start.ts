// What a named dynamic makes of a population's opinions before the first round.
import type { Dynamics } from '#scenarios/contract';
import type { PopulationColumns } from '../../contract.ts';

const NOT_ADOPTED = -1;
const ADOPTED = 1;

/** Rewrites the opinions where the model has states of its own: spreading starts from those most in favour. */
export function startOpinions({ opinion, age }: PopulationColumns, dynamics: Dynamics): void {
  if (dynamics.name === 'bhw') opinion.fill(0);
  if (!('seeds' in dynamics)) return;
  const size = age.length;
  const issues = opinion.length / size;
  for (let issue = 0; issue < issues; issue++) {
    const ranked = Array.from({ length: size }, (_, agent) => agent).toSorted(
      (left, right) => (opinion[right * issues + issue] as number) - (opinion[left * issues + issue] as number) || left - right,
    );
    const first = Math.round(dynamics.seeds * size);
    ranked.forEach((agent, place) => {
      opinion[agent * issues + issue] = place < first ? ADOPTED : NOT_ADOPTED;
    });
  }
}
