// What to simulate: reads, checks and makes scenarios. The four bundled ones lie in the folders beside this file.
export { listScenarios, loadScenario } from './load.ts';
export type { LoadOptions, ScenarioSummary } from './load.ts';
export { scenarioFromFiles, withOverrides } from './make.ts';
export type { ScenarioOverrides } from './make.ts';
export { setValues } from './set-values.ts';
export type { ScenarioValue } from './set-values.ts';
