// What an agent says: an issue it cares about, a talking point that suits it, and a stance near its own.
// Only the recipe is made here; words are rendered from it when somebody reads them.
// Invariant: nobody repeats an announcement that it has not met.
import { uniform, type RandomKey } from '#foundation';
import { NONE } from '../../contract.ts';
import { halved, utilityExp } from '../../rounds/fast-math.ts';
import type { WorldView } from '../../rounds/world.ts';
import type { Mind } from './mind.ts';

export interface Utterance {
  issue: number;
  point: number;
  stance: number;
}

export interface Speaker {
  /** An issue with chance in proportion to its salience. */
  chooseIssue(mind: Mind, agent: number, draw: number): number;
  /** Fills in point and stance for `utterance.issue`. */
  compose(mind: Mind, agent: number, draw: number, utterance: Utterance): void;
}

export function createSpeaker(view: WorldView, key: RandomKey): Speaker {
  const { behaviour, points } = view;
  const byIssue: number[][] = Array.from({ length: view.issues }, () => []);
  const freshness = new Float64Array(view.pointCount);
  for (let point = 0; point < view.pointCount; point++) {
    byIssue[points.issue[point] as number]?.push(point);
    const born = points.born[point] as number;
    const ageHours = ((view.round + 1 - born) * view.clock.minutesPerRound) / 60;
    freshness[point] = born === 0 ? 0 : halved(ageHours / behaviour['salience-half-life']);
  }
  const sums = new Float64Array(view.pointCount);
  const {
    'point-agreement': agreement,
    'point-arousal': arousal,
    'point-novelty': novelty,
    'point-freshness': fresh,
    'own-point': own,
    'point-pull': pull,
    'expression-noise': noise,
  } = behaviour;

  return {
    chooseIssue: ({ salience }, agent, draw) => {
      let total = 0;
      for (let issue = 0; issue < view.issues; issue++) total += salience[issue] as number;
      let rest = uniform(key, agent, draw) * total;
      for (let issue = 0; issue < view.issues - 1; issue++) {
        rest -= salience[issue] as number;
        if (rest < 0) return issue;
      }
      return view.issues - 1;
    },
    compose: (mind, agent, draw, utterance) => {
      const opinion = mind.opinion[utterance.issue] as number;
      const candidates = byIssue[utterance.issue] as number[];
      let total = 0;
      for (let place = 0; place < candidates.length; place++) {
        const point = candidates[place] as number;
        const announced = (points.born[point] as number) > 0;
        const met = mind.hasHeard(point);
        if (!announced || met) {
          const utility =
            agreement * (1 - Math.abs((points.lean[point] as number) - opinion)) +
            arousal * (points.arousal[point] as number) +
            (met ? 0 : novelty) +
            fresh * (freshness[point] as number) +
            (points.speaker[point] === agent ? own : 0);
          total += utilityExp(utility);
        }
        sums[place] = total;
      }
      utterance.point = NONE;
      let stance = opinion;
      if (total > 0) {
        const aim = uniform(key, agent, draw) * total;
        let place = 0;
        while ((sums[place] as number) <= aim && place < candidates.length - 1) place++;
        utterance.point = candidates[place] as number;
        stance += pull * ((points.lean[utterance.point] as number) - opinion);
      }
      stance += noise * (2 * uniform(key, agent, draw + 1) - 1);
      utterance.stance = stance < -1 ? -1 : stance > 1 ? 1 : stance;
    },
  };
}
