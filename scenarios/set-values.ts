// Single values of a scenario replaced by their paths, as `--set behaviour.rest=2` or `platforms.forum.feed.size=10`
// name them. The result goes through the same validation as a file.
import { ShoalError } from '#foundation';
import type { Scenario } from './contract.ts';
import { invalidScenario } from './problems.ts';
import { validate, type BehaviourRow } from './validate.ts';

export type ScenarioValue = string | number | boolean;

/** Places of a list may be named by number, platforms also by kind. Throws `invalid_scenario` or `invalid_input`. */
export function setValues(
  scenario: Scenario,
  values: Readonly<Record<string, ScenarioValue>>,
  behaviour: readonly BehaviourRow[],
): Scenario {
  const changed = structuredClone(scenario) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(values)) setAt(changed, path, value);
  const validation = validate(changed, behaviour);
  if (validation.kind === 'invalid')
    throw invalidScenario(`The scenario ${scenario.name} with these values`, validation.problems);
  return validation.scenario;
}

function setAt(root: Record<string, unknown>, path: string, value: ScenarioValue): void {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let place: Record<string, unknown> = root;
  for (const step of steps) {
    if (['__proto__', 'constructor', 'prototype'].includes(step)) throw noSuchPlace(path);
    const next = Array.isArray(place)
      ? (place as { kind?: unknown }[]).find((item, index) => String(index) === step || item.kind === step)
      : Object.hasOwn(place, step)
        ? place[step]
        : // Parts with defaults, such as a platform's feed, need not be written; a wrong name is refused below.
          (place[step] = {});
    if (typeof next !== 'object' || next === null) throw noSuchPlace(path);
    place = next as Record<string, unknown>;
  }
  if (last === '' || Array.isArray(place)) throw noSuchPlace(path);
  Object.defineProperty(place, last, { value, enumerable: true, configurable: true, writable: true });
}

const noSuchPlace = (path: string): ShoalError =>
  new ShoalError('invalid_input', `A scenario has no value at “${path}”.`, {
    hint: 'Name it as in scenario.yaml, for example behaviour.confidence-bound, clock.rounds or platforms.forum.feed.size.',
  });
