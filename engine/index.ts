// The world: make a population, live its rounds, record them, ask about any moment, speak with its agents.
export { createPopulation, decodePopulation, networkPopulation, personaOf, storePopulation } from './population/index.ts';
export { BEHAVIOUR, behaviourOf } from './policies/behaviour.ts';
export { chatWithAgent, populationSkills as engineSkills } from './policies/chat/index.ts';
export { surveyPopulation } from './policies/survey/index.ts';
export { initialMeasures } from './measures/measures.ts';
export { structureOf } from './measures/structure.ts';
export { createRunFile, openRunFile } from './record/run-file.ts';
export { engineHash } from './record/engine-hash.ts';
export { runCascade } from './experiments/cascade.ts';
export { runHerding } from './experiments/herding.ts';
export { forkRun } from './record/fork.ts';
export { scenarioAt } from './record/segments.ts';
export { divergenceOf } from './record/divergence.ts';
export { openRecord } from './record/record.ts';
export { replay, runForkMember, runMember } from './rounds/rehearse.ts';
export { inspectRecord, repairRecord } from './rounds/repair.ts';
export { lookBack } from './rounds/look-back.ts';
export { createWorld, openWorld } from './rounds/run.ts';
