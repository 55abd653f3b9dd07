// Chat with one agent, and the embedded skills of this part of the house.
import type { EmbeddedSkills } from '#foundation';
import { personaSkill } from '../../population/index.ts';
import { chatSkill } from './skill.ts';

export { chatWithAgent } from './chat.ts';

/** Tasks that the engine's embedded model understands. */
export const populationSkills: EmbeddedSkills = { persona: personaSkill, chat: chatSkill };
