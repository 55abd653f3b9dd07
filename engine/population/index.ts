// Population: personas and ties, made from a graph and kept as columns.
export { createPopulation } from './create.ts';
export { decodePopulation, encodePopulation, hashPopulation } from './encode.ts';
export { networkPopulation } from './network.ts';
export { firstAgents, withNewcomers } from './newcomers.ts';
export { handleOf, nameOf, personaOf } from './persona.ts';
export { personaSkill } from './persona-skill.ts';
export { registerOf } from './register.ts';
export { boundedNormal } from './draws.ts';
export { issueReader, opposes } from './leaning.ts';
export { storePopulation } from './stored.ts';
export { aOrAn, capital, withArticle } from './phrases.ts';
export { NOT_WORK } from './priors.ts';
export { isGeneralRemark } from './proposition.ts';
