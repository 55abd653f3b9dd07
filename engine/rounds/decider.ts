// Who decides for a range of agents: the crowd's rules, or the dynamics that the scenario names.
import { createDynamicsDecider } from '../policies/dynamics/live.ts';
import { createCrowdDecider, type CrowdDecider } from './decide.ts';
import type { WorldView } from './world.ts';

export type Decider = Pick<CrowdDecider, 'decide'>;

export function createDecider(view: WorldView): Decider {
  return view.dynamics.name === 'crowd' ? createCrowdDecider(view) : createDynamicsDecider(view, view.dynamics);
}
