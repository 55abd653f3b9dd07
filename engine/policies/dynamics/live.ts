// Lives a named dynamic through the same rounds as the crowd: ranges of agents over the frozen view, packed actions
// and rows back. Only agents whose state changed leave a row.
import { randomKey, uniform } from '#foundation';
import type { Dynamics, DynamicsNamed } from '#scenarios/contract';
import { NONE } from '../../contract.ts';
import { KIND } from '../../platforms/platform.ts';
import { createWords, NO_PLATFORM, pushAction, rowWords, type ShardResult, type ShardTask } from '../../rounds/packed.ts';
import type { WorldView } from '../../rounds/world.ts';
import { bhw } from './bhw.ts';
import { deffuant } from './deffuant.ts';
import { degroot } from './degroot.ts';
import { friedkinJohnsen } from './friedkin-johnsen.ts';
import { hawkes } from './hawkes.ts';
import { hegselmannKrause } from './hegselmann-krause.ts';
import { independentCascade } from './independent-cascade.ts';
import { linearThreshold } from './linear-threshold.ts';
import { sir } from './sir.ts';
import type { Dynamic, Turn } from './turn.ts';
import { voter } from './voter.ts';
import { watts } from './watts.ts';

export type NamedDynamics = Exclude<Dynamics, { name: 'crowd' }>;

/** Everything is posted on the scenario's first platform. */
const PLATFORM = 0;

type Make<Name extends NamedDynamics['name']> = (view: WorldView, dynamics: DynamicsNamed<Name>) => Dynamic;

const DYNAMICS: { readonly [Name in NamedDynamics['name']]: Make<Name> } = {
  degroot,
  'friedkin-johnsen': friedkinJohnsen,
  deffuant,
  'hegselmann-krause': hegselmannKrause,
  voter,
  'independent-cascade': independentCascade,
  'linear-threshold': linearThreshold,
  watts,
  sir,
  hawkes,
  bhw,
};

export function createDynamicsDecider(
  view: WorldView,
  dynamics: NamedDynamics,
): { readonly decide: (task: ShardTask) => ShardResult } {
  const { issues, heardWords, state, round, seed } = view;
  // The table pairs each name with the model that takes its parameters.
  const dynamic = (DYNAMICS[dynamics.name] as Make<NamedDynamics['name']>)(view, dynamics);
  const reachKey = randomKey(seed, 'reach', round);
  const shiftThreshold = view.behaviour['shift-threshold'];
  const stride = rowWords(heardWords, issues);
  const actions = createWords();
  const rows = createWords();
  const active = createWords();
  const turn: Turn = {
    agent: 0,
    opinion: new Float64Array(issues),
    salience: new Float64Array(issues),
    trace: 0,
    mover: new Uint32Array(issues),
    act: (kind, issue, target, point, value) => pushAction(actions, turn.agent, kind, PLATFORM, issue, target, point, value),
  };

  const load = (agent: number): void => {
    turn.agent = agent;
    turn.trace = state.fatigue[agent] as number;
    for (let issue = 0; issue < issues; issue++) {
      turn.opinion[issue] = state.opinion[agent * issues + issue] as number;
      turn.salience[issue] = state.salience[agent * issues + issue] as number;
      turn.mover[issue] = NONE;
    }
  };

  const hear = (agent: number): void => {
    for (const [index, news] of view.news.entries()) {
      if (uniform(reachKey, agent, index) < news.reach) dynamic.hear(turn, news, news.posts[PLATFORM] as number);
    }
  };

  const close = (agent: number): void => {
    const from = agent * issues;
    let changed = turn.trace !== state.fatigue[agent];
    for (let issue = 0; issue < issues; issue++) {
      const held = state.opinion[from + issue] as number;
      const opinion = Math.fround(turn.opinion[issue] as number);
      changed ||= opinion !== held || turn.salience[issue] !== state.salience[from + issue];
      if (Math.abs(opinion - held) < shiftThreshold) continue;
      const post = turn.mover[issue] as number;
      const platform = post === NONE ? NO_PLATFORM : PLATFORM;
      pushAction(actions, agent, KIND.shift, platform, issue, post, NONE, opinion - held);
    }
    if (!changed) return;
    const at = rows.push(stride);
    const { u32, f32 } = rows;
    u32[at] = agent;
    f32[at + 1] = turn.trace;
    for (let word = 0; word < heardWords; word++) u32[at + 2 + word] = state.heard[agent * heardWords + word] as number;
    const base = at + 2 + heardWords;
    for (let issue = 0; issue < issues; issue++) {
      f32[base + issue] = turn.opinion[issue] as number;
      f32[base + issues + issue] = state.certainty[from + issue] as number;
      f32[base + 2 * issues + issue] = turn.salience[issue] as number;
    }
  };

  return {
    decide: ({ shard, low, high }) => {
      for (let agent = low; agent < high; agent++) {
        load(agent);
        if (dynamic.step(turn)) active.u32[active.push(1)] = agent;
        hear(agent);
        close(agent);
      }
      return { shard, active: active.take(), actions: actions.take(), rows: rows.take() };
    },
  };
}
