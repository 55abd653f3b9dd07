// The room's own skills behind the LanguageModel port.
import { knowledgeGraphSkills } from '#knowledge-graph';
import { embeddedModel as modelOf } from '../embedded-model.ts';

export const embeddedModel = modelOf(knowledgeGraphSkills);
